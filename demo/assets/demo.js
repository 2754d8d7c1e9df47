/**
 * What the demo's own page does beside the elements. Everything works without it: forms are sent, pages load.
 */

// Buttons press in place, so that the page with its conversation stays.
for (const form of document.querySelectorAll('form.action')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const output = form.querySelector('output');
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      const response = await fetch(form.action, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams(new FormData(form)),
      });
      if (!response.ok) throw new Error(await response.text());
      output.textContent = (await response.json()).message;
    } catch {
      output.textContent = 'That did not work: the demo does not answer. Is it still running?';
    } finally {
      button.disabled = false;
    }
  });
}

// Any type of publication reaches the page; this is all that a list of systems needs.
const systems = document.querySelector('.systems');
if (systems && globalThis.WsElements) {
  WsElements.connect().on('status_update', ({ system, status, message }) => {
    const row = [...systems.children].find((candidate) => candidate.dataset.system === system);
    if (!row) return;
    row.dataset.status = status;
    row.querySelector('strong').textContent = status.charAt(0).toUpperCase() + status.slice(1);
    row.querySelector('small').textContent = message;
  });
}
