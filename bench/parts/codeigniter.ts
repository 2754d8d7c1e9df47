/**
 * A real CodeIgniter application on PHP's own server: from a publish in a controller to the DOM of a page, and what a
 * publish costs the request when the server is not there.
 */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Application } from '../../e2e/codeigniter4/support/application.ts';
import { launchChromium } from '../../e2e/support/chromium.ts';
import type { PartResult } from '../report.ts';
import { percentile } from '../statistics.ts';

const PUBLICATIONS = 300;
/** Of those before, code is compiled and files are cached. */
const EARLIER = 20;
const FIRSTS = 20;
/** Each takes as long as it is let. */
const SILENT_FIRSTS = 5;
/** ms: what somebody calls at once. */
const AT_ONCE = 100;
/** ms, of the first request that meets a dead server. */
const FIRST = 600;
/** ms, of one that is connected and never answered, as by a process that hangs: two seconds, and what is around them. */
const SILENT = 2100;
/** ms, while the circuit is open. */
const NOTHING = 1;

interface Answer {
  spent: number;
  ok: boolean;
}

export async function codeigniter(): Promise<PartResult> {
  const application = await Application.make();
  try {
    await application.run('composer require ws-elements/codeigniter4');
    await application.run('php spark ws:install');
    application.overlay(new URL('../codeigniter/', import.meta.url));
    application.edit('app/Config/Routes.php', [
      "$routes->get('/', 'Home::index');",
      "$routes->get('/', 'Home::index');\n$routes->get('publish', 'Bench::publish');",
    ]);
    application.edit(
      'app/Views/welcome_message.php',
      ['</head>', '<?= ws_script() ?></head>'],
      ['</body>', '<ws-chat channel="lobby"></ws-chat></body>'],
    );
    await application.servePages();
    const { toPage, request } = await measureUp(application);
    const refused = await measureFirsts(application, FIRSTS);
    const silent = await withSilentServer(application.wsPort, () =>
      measureFirsts(application, SILENT_FIRSTS),
    );
    const measured = {
      toPage,
      request,
      refused: refused.first,
      silent: silent.first,
      open: [...refused.open, ...silent.open],
    };
    const row = (label: string, values: readonly number[]) => [
      label,
      ...[50, 95, 100].map((percent) => percentile(values, percent).toFixed(2)),
    ];
    return {
      name: 'codeigniter',
      table: [
        ['ms', 'p50', 'p95', 'slowest'],
        row('from a publish in a controller to the DOM', toPage),
        row('the request, server there', request),
        row('the request, refused, first', refused.first),
        row('the request, silent server, first', silent.first),
        row('the request, while the circuit is open', measured.open),
      ],
      bars: [
        { what: 'controller to DOM, p95', value: percentile(toPage, 95), unit: ' ms', atMost: AT_ONCE },
        { what: 'refused, first, p95', value: percentile(refused.first, 95), unit: ' ms', atMost: FIRST },
        { what: 'silent, first, p95', value: percentile(silent.first, 95), unit: ' ms', atMost: SILENT },
        { what: 'circuit open, p95', value: percentile(measured.open, 95), unit: ' ms', atMost: NOTHING },
      ],
      measured,
    };
  } finally {
    await application.close();
  }
}

/** One publication after the other, each seen in the page before the next. */
async function measureUp(application: Application): Promise<{ toPage: number[]; request: number[] }> {
  const [sockets, browser] = await Promise.all([application.serveSockets(), launchChromium()]);
  try {
    const page = await browser.newPage();
    await page.goto(`${application.url}/`);
    await page.locator('ws-chat').getByText('1 person').waitFor();
    await page.evaluate(() => {
      const chat = document.querySelector('ws-chat')?.shadowRoot;
      if (!chat) throw new Error('no chat');
      const seen: number[] = [];
      Object.assign(globalThis, { seen });
      const known = new Set<string>();
      // Before the next paint, once the element has rendered.
      new MutationObserver(() => {
        const now = performance.timeOrigin + performance.now();
        for (const bubble of chat.querySelectorAll('[part~=bubble]')) {
          const [, sent = ''] = /sent at ([\d.]+)/.exec(bubble.textContent ?? '') ?? [];
          if (!sent || known.has(sent)) continue;
          known.add(sent);
          seen.push(now - Number(sent));
        }
      }).observe(chat, { childList: true, subtree: true, characterData: true });
    });
    const request: number[] = [];
    for (let count = 1; count <= EARLIER + PUBLICATIONS; count++) {
      request.push((await publish(application)).spent);
      await page.waitForFunction(
        (wanted) => (globalThis as unknown as { seen: number[] }).seen.length >= wanted,
        count,
      );
    }
    const toPage = await page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen);
    return { toPage: toPage.slice(EARLIER), request: request.slice(EARLIER) };
  } finally {
    await browser.close();
    await sockets.stop();
  }
}

/** Requests that meet a dead server knowing nothing of it, each with one that has heard. */
async function measureFirsts(
  application: Application,
  times: number,
): Promise<{ first: number[]; open: number[] }> {
  const first: number[] = [];
  const open: number[] = [];
  for (let count = 0; count < times; count++) {
    await application.run('rm -rf writable/cache/ws-elements-*');
    first.push((await publish(application)).spent);
    for (let again = 0; again < 5; again++) open.push((await publish(application)).spent);
  }
  return { first, open };
}

async function publish(application: Application): Promise<Answer> {
  const answer = await fetch(`${application.url}/publish`);
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Connections are taken, and nothing is ever said. */
async function withSilentServer<T>(port: number, measure: () => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  try {
    return await measure();
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}
