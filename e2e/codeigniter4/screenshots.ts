/**
 * Draws the pictures of the package for CodeIgniter anew: `node e2e/codeigniter4/screenshots.ts [FOLDER]`, by default
 * into `docs/images/`. Needs what its tests need.
 */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { message, say } from '../support/elements.ts';
import { Application } from './support/application.ts';

const target = process.argv[2]
  ? pathToFileURL(`${resolve(process.argv[2])}/`)
  : new URL('../../docs/images/', import.meta.url);

const size = { width: 1180, height: 860 };

await mkdir(target, { recursive: true });
const application = await Application.make();
const browser = await launchChromium();
try {
  await application.run('composer require ws-elements/codeigniter4');
  await application.run('php spark ws:install');
  await application.serveSockets();
  await drawWelcome(browser);
  await drawToolbar(browser);
} finally {
  await browser.close();
  await application.close();
}

/** The page that a new application has, with a bell in its menu and a chat. Then the package's own page. */
async function drawWelcome(browser: Browser): Promise<void> {
  application.edit(
    'app/Views/welcome_message.php',
    ['</head>', '<?= ws_script() ?>\n</head>'],
    // Its own style is for light pages; what it says in colours is said here for dark ones too.
    [
      '</style>',
      `
        :root { color-scheme: light dark; }
        body { color: light-dark(rgba(33, 37, 41, 1), #e8eaef); }
        header { background-color: light-dark(rgba(247, 248, 249, 1), #191c22); }
        @media (prefers-color-scheme: dark) { header li a, .heroe h1, .heroe h2 { color: inherit; } header ul { border-color: #2b303a; } }
        header ws-notifications { float: right; margin: 0.95rem 1rem; }
        ws-chat { max-inline-size: 1100px; margin: 1.5rem auto; block-size: 25rem; }
</style>`,
    ],
    ['<div class="menu">', '<?= view_cell("NotificationsCell") ?>\n<div class="menu">'],
    ['</header>', '</header>\n<ws-chat channel="lobby"></ws-chat>'],
  );
  const pages = await application.servePages();
  const light = await open(browser, '/', { colorScheme: 'light' });
  const dark = await open(browser, '/', { colorScheme: 'dark' });
  for (const page of [light, dark]) await page.locator('ws-chat').getByText('2 people').waitFor();
  const lines: [Page, string][] = [
    [light, 'Morning! Is #12345 packed already?'],
    [dark, 'Three bags are in the box, only the label is missing.'],
    [light, 'I have told shipping. The courier comes at four.'],
  ];
  for (const [writer, text] of lines) {
    await say(writer, text);
    for (const page of [light, dark]) await message(page, text).waitFor();
  }
  await application.run(
    `php spark ws:publish --broadcast --type notification --data '{"title":"New order","message":"You have received a new order #12345","priority":"high"}'`,
  );
  for (const page of [light, dark]) {
    await page.locator('ws-notifications [part~=toasts]').getByText('New order', { exact: true }).waitFor();
  }
  // That page paints whatever has the focus.
  await light.locator('ws-chat').evaluate(() => (document.activeElement as HTMLElement).blur());
  await dark.locator('ws-chat').evaluate(() => (document.activeElement as HTMLElement).blur());
  await save('codeigniter4-welcome', light);
  await save('codeigniter4-welcome-dark', dark);
  const own = await open(browser, '/websocket', { colorScheme: 'light' });
  await message(own, lines[2]?.[1] as string).waitFor();
  await save('codeigniter4-websocket', own);
  await close(browser);
  await pages.stop();
}

/** What a request published, in the framework's debug toolbar. */
async function drawToolbar(browser: Browser): Promise<void> {
  application.env.CI_ENVIRONMENT = 'development';
  application.edit('app/Controllers/Home.php', [
    'return view(',
    `service('websocket')->user(42)->notify('New order', 'Order #12345', ['priority' => 'high', 'link' => '/orders/12345']);
        service('websocket')->channel('products')->update('products', ['id' => 123, 'price' => 99.99]);
        service('websocket')->status('payment_gateway', 'online', 'Operational');

        return view(`,
  ]);
  await application.servePages();
  const page = await open(browser, '/', { colorScheme: 'light' });
  await page.locator('#debug-icon-link').click();
  await page.locator('#debug-bar [data-tab=ci-websocket]').click();
  const panel = page.locator('#ci-websocket');
  await panel.waitFor();
  await page.setViewportSize({ width: size.width, height: 420 });
  await save('codeigniter4-toolbar', page);
  await close(browser);
}

async function open(browser: Browser, path: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ ...options, viewport: size });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(`${application.url}${path}`);
  await page
    .locator('ws-chat')
    .getByText(/\d (person|people)/)
    .waitFor();
  return page;
}

async function close(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}

async function save(name: string, page: Page): Promise<void> {
  const file = new URL(`${name}.png`, target);
  await writeFile(file, await page.screenshot({ animations: 'disabled' }));
  console.log(`${file.pathname} ${Math.round((await stat(file)).size / 1024)} KB`);
}
