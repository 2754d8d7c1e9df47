/** The buttons beside what a back end publishes: they have the pages' own server do it. */
document.addEventListener('click', async ({ target }) => {
  const button = target.closest('[data-publish]');
  if (!button) return;
  const output = button.parentElement.querySelector('output');
  output.textContent = '';
  try {
    const response = await fetch('/publish', { method: 'POST', body: button.dataset.publish });
    output.textContent = response.ok ? 'Published.' : `Not published: ${await response.text()}`;
  } catch {
    output.textContent = 'The server does not answer. Is "npm run docs" running?';
  }
});
