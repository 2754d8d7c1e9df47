/**
 * A second project, by the documentation's "Deployment to Another CI4 Project": its controller with its routes and its
 * client of a few lines, as they are written there, beside elements that talk with them.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { message, say } from '../support/elements.ts';
import { type Watch, watch } from '../support/watch.ts';
import { makeOrSkip } from './support/application.ts';

const { application, skip } = await makeOrSkip({
  database_default_DBDriver: 'SQLite3',
  database_default_database: 'app.sqlite',
});

describe('the documentation’s own controller, routes and client in another project', { skip }, () => {
  if (!application) return;
  let browser: Browser;
  before(async () => {
    // 1 and 2: files and dependencies. What the server needs comes with the package.
    application.overlay(new URL('documentation/', import.meta.url));
    await application.run('composer require ws-elements/codeigniter4');
    await application.run('php spark ws:install --migrate');
    // 3: routes, in the overlay. 4: the base URL, by the environment. 5: the client's address.
    application.edit('public/websocket-client.html', [
      'ws://localhost:8081',
      application.env.websocket_url as string,
    ]);
    application.edit(
      'app/Views/welcome_message.php',
      ['</head>', '<?= ws_script() ?></head>'],
      ['</body>', `<?= view_cell('NotificationsCell') ?><ws-chat channel="lobby"></ws-chat></body>`],
    );
    // 6: both servers.
    await Promise.all([application.serveSockets(), application.servePages()]);
    browser = await launchChromium();
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  after(async () => {
    await browser.close();
    await application.close();
  });

  it('talks with elements on another page', async () => {
    const [client, elements] = [await open('/websocket'), await open('/')];
    await client.page.getByRole('button', { name: 'Connect', exact: true }).click();
    await client.page.getByText('Connected', { exact: true }).waitFor();
    await elements.page.locator('ws-chat').getByText('2 people').waitFor();

    await client.page.getByLabel('Message').fill('Hello from the documentation');
    await client.page.getByLabel('Message').press('Enter');
    await message(elements.page, 'Hello from the documentation').waitFor();
    await say(elements.page, 'Hello from an element');
    await client.page.getByRole('listitem').filter({ hasText: 'Hello from an element' }).waitFor();
    assert.deepEqual([...client.watch.problems, ...elements.watch.problems], []);
  });

  it('is reached at both of the documentation’s addresses, before the package’s own page', async () => {
    const { page } = await open('/websocket/client');
    await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
    assert.equal(await page.locator('ws-chat').count(), 0);
  });

  it('stores and pushes a notification by the documentation’s model, with nothing to add', async () => {
    const { page, watch } = await open('/');
    await page.locator('ws-chat').getByText('1 person').waitFor();
    const { token } = await (await page.request.get(`${application.url}/websocket/token`)).json();
    const { sub } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
    const form = { user_id: sub, title: 'New order', message: 'You have received a new order #12345' };
    const answer = await page.request.post(`${application.url}/websocket/notify`, { form });
    assert.deepEqual(await answer.json(), { status: 'success' });
    await page.locator('ws-notifications [part~=toasts]').getByText('New order', { exact: true }).waitFor();
    assert.deepEqual(watch.problems, []);
  });

  async function open(path: string): Promise<{ page: Page; watch: Watch }> {
    const context = await browser.newContext();
    context.setDefaultTimeout(20_000);
    const watched = await watch(context);
    const page = await context.newPage();
    await page.goto(`${application?.url}${path}`);
    return { page, watch: watched };
  }
});
