/**
 * Draws the pictures of the README anew: `node e2e/screenshots.ts [FOLDER]`, by default into `docs/images/`.
 * Needs the built script.
 */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startDemo } from '../dev-server/index.ts';
import { launchChromium } from './support/chromium.ts';
import { field, message, say, untilStatus } from './support/elements.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { script: { type: 'string' } },
});
const target = positionals[0]
  ? pathToFileURL(`${resolve(positionals[0])}/`)
  : new URL('../docs/images/', import.meta.url);

const desktop = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };
const half = { width: 620, height: 820 };

await mkdir(target, { recursive: true });
const start = () =>
  startDemo({
    port: 0,
    wsPort: 0,
    plainPort: 0,
    quiet: true,
    outage: 60_000,
    ...(values.script && { script: values.script }),
  });
const light: BrowserContextOptions = { viewport: desktop, colorScheme: 'light' };
const pictures: ((browser: Browser) => Promise<void>)[] = [
  drawTwoWindows,
  (browser) => drawPage(browser, 'light', light),
  (browser) => drawPage(browser, 'dark', { viewport: desktop, colorScheme: 'dark' }),
  (browser) => drawPage(browser, 'narrow', { viewport: phone, colorScheme: 'light' }, { scrollTo: '.chat' }),
  (browser) => drawPage(browser, 'right-to-left', light, { path: '/?dir=rtl&as=ana' }),
  (browser) => drawPage(browser, 'styling', light, { path: '/styling?as=ana' }),
  (browser) => drawPage(browser, 'plain-server', light, { path: '/plain?as=ana' }),
  drawInbox,
  drawReconnecting,
];

let demo: Awaited<ReturnType<typeof start>>;
const browser = await launchChromium();
try {
  for (const draw of pictures) {
    // Of its own: what was said for one picture is kept and would stand in the next.
    demo = await start();
    try {
      await draw(browser);
    } finally {
      await demo.close();
    }
  }
} finally {
  await browser.close();
}

/** Two people in two windows, side by side in one picture. */
async function drawTwoWindows(browser: Browser): Promise<void> {
  const [ana, ben] = await Promise.all([open(browser, '/?as=ana', half), open(browser, '/?as=ben', half)]);
  await converse(ana, ben);
  // At most one typing in three seconds is told, and filling in the lines before counted.
  await ben.waitForTimeout(3100);
  await field(ben).pressSequentially('On it');
  await ana.locator('ws-chat').getByText('Ben is typing').waitFor();
  await ben.getByRole('button', { name: 'Send a notification' }).click();
  await ben.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();
  const windows: string[] = [];
  for (const page of [ana, ben]) {
    await showTop(page, '.chat');
    const picture = await page.screenshot({ animations: 'disabled' });
    windows.push(`data:image/png;base64,${picture.toString('base64')}`);
  }
  await Promise.all([ana, ben].map((page) => page.context().close()));

  const stage = await browser.newPage({ viewport: { width: 2 * half.width + 72, height: half.height + 92 } });
  await stage.setContent(`<style>
    body { margin: 0; padding: 24px; display: flex; gap: 24px; background: #dfe5e1; }
    figure { margin: 0; border-radius: 10px; overflow: hidden; box-shadow: 0 6px 24px #0003; background: #fff; }
    figcaption { height: 44px; padding-inline: 16px; display: flex; align-items: center; gap: 8px;
      font: 14px Lato, sans-serif; color: #4b5653; background: #eef1ee; }
    i { width: 12px; height: 12px; border-radius: 50%; background: #c5cdc9; }
    img { display: block; }
  </style>
  ${windows
    .map(
      (source, index) => `<figure><figcaption><i></i><i></i><i></i>&ensp;${['Ana', 'Ben'][index]}</figcaption>
      <img src="${source}" width="${half.width}" height="${half.height}"></figure>`,
    )
    .join('')}`);
  await save('two-windows', await stage.screenshot());
  await stage.close();
}

async function drawPage(
  browser: Browser,
  name: string,
  options: BrowserContextOptions,
  { path = '/?as=ana', scrollTo: selector = '' } = {},
): Promise<void> {
  const [ana, ben] = await Promise.all([
    open(browser, path, options.viewport ?? desktop, options),
    open(browser, path.replace('ana', 'ben'), half),
  ]);
  if (path.startsWith('/plain')) {
    await say(ana, 'Hello from the element');
    await ana.locator('.plain-client li').waitFor();
    await ana.locator('.plain-client input').fill('Hello from a socket and some JSON');
    await ana.locator('.plain-client button').click();
    await message(ana, 'Hello from a socket').waitFor();
  } else {
    await converse(ana, ben);
  }
  if (selector) await showTop(ana, selector);
  await save(name, await ana.screenshot({ animations: 'disabled' }));
  await Promise.all([ana, ben].map((page) => page.context().close()));
}

/** The inbox open, with a notification of each priority. */
async function drawInbox(browser: Browser): Promise<void> {
  const page = await open(browser, '/?as=ana', { width: 760, height: 640 });
  for (const [index, priority] of ['low', 'normal', 'high'].entries()) {
    await page.getByLabel('Priority').selectOption(priority);
    await page.getByRole('button', { name: 'Send a notification' }).click();
    await page.getByRole('button', { name: `Notifications: ${index + 1} unread` }).waitFor();
  }
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByRole('button', { name: 'Notifications: 3 unread' }).click();
  await page.getByRole('dialog', { name: 'Notifications' }).waitFor();
  await save('inbox', await page.screenshot({ animations: 'disabled' }));
  await page.context().close();
}

/** Cut off, with a message that waits. */
async function drawReconnecting(browser: Browser): Promise<void> {
  const [ana, ben] = await Promise.all([open(browser, '/?as=ana', half), open(browser, '/?as=ben', half)]);
  await converse(ana, ben);
  await ana.getByRole('button', { name: 'Cut the connection' }).click();
  await untilStatus(ana, /Reconnecting in [2-9] s/);
  await say(ana, 'Are you still there?');
  await showTop(ana, '.chat');
  await untilStatus(ana, /Reconnecting in \d+ s/);
  await save('reconnecting', await ana.screenshot({ animations: 'disabled' }));
  await Promise.all([ana, ben].map((page) => page.context().close()));
}

async function open(
  browser: Browser,
  path: string,
  viewport: { width: number; height: number },
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ colorScheme: 'light', ...options, viewport });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(`${demo.httpUrl}${path}`);
  await untilStatus(page, 'Connected');
  return page;
}

async function converse(ana: Page, ben: Page): Promise<void> {
  for (const page of [ana, ben]) await page.locator('ws-chat').first().getByText('2 people').waitFor();
  const lines = [
    [ana, 'Morning! Is #12345 packed already?'],
    [ben, 'Three bags are in the box, only the label is missing.'],
    [ben, 'Shipping answers slowly today.'],
    [ana, 'Give it a minute, I have told them. The courier comes at four.'],
  ] as const;
  for (const [writer, text] of lines) {
    await field(writer).fill(text);
    await field(writer).press('Enter');
    for (const page of [ana, ben]) await message(page, text).waitFor();
  }
}

/** To the top, below the bar that stays there. */
async function showTop(page: Page, selector: string): Promise<void> {
  await page
    .locator(selector)
    .first()
    .evaluate((element) => {
      scrollTo(0, element.getBoundingClientRect().top + scrollY - 68);
    });
}

async function save(name: string, picture: Buffer): Promise<void> {
  const file = new URL(`${name}.png`, target);
  await writeFile(file, picture);
  console.log(`${file.pathname} ${Math.round((await stat(file)).size / 1024)} KB`);
}
