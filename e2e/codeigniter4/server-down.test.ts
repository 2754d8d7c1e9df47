/** What people notice of a server that is not there, or hangs: as little as can be. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { message, say, untilStatus } from '../support/elements.ts';
import type { Running } from './support/application.ts';
import { bell, makeShop, order, signIn } from './support/shop.ts';

const { application: shop, skip } = await makeShop();

describe('a shop whose server is down', { skip }, () => {
  if (!shop) return;
  let browser: Browser;
  let sockets: Running;
  before(async () => {
    await shop.run('composer require codeigniter4/queue');
    await shop.run('php spark migrate --all');
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await shop.close();
  });
  beforeEach(async () => {
    sockets = await shop.serveSockets();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await shop.stop();
  });

  const enterBoth = async () => {
    const [ana, ben] = [await signIn(browser, shop, 'ana'), await signIn(browser, shop, 'ben')];
    for (const { page } of [ana, ben]) await page.locator('ws-chat').getByText('2 people').waitFor();
    return { ana: ana.page, ben: ben.page, watches: [ana.watch, ben.watch] };
  };

  it('shows its pages, takes its forms, and catches up when the server is back', async () => {
    await shop.servePages();
    const { ana, ben, watches } = await enterBoth();
    await sockets.stop();
    await untilStatus(ana, 'Reconnecting');

    await say(ana, 'Written while it was away');
    await order(ana, 'Stored while it was away');
    await ben.reload();
    await bell(ben, 1).waitFor();
    const html = await (await ben.request.get(`${shop.url}/shop`)).text();
    assert.match(html, /<a href="\/shop">Stored while it was away<\/a>/);

    sockets = await shop.serveSockets();
    for (const page of [ana, ben]) await untilStatus(page, 'Connected');
    await message(ben, 'Written while it was away').waitFor();
    await ben.reload();
    await untilStatus(ben, 'Connected');
    await bell(ben, 1).waitFor();

    // That a socket could not be opened is said by the browser itself.
    for (const watch of watches) {
      watch.forget(/console error: WebSocket connection to .* failed/);
      assert.deepEqual(watch.problems, []);
    }
  });

  it('brings notifications to open pages when the server is back, where a queue publishes', async () => {
    shop.env.websocket_driver = 'queue';
    await shop.servePages();
    await shop.start('php spark queue:work websocket -sleep 1 -retry-after 1', `${shop.url}/favicon.ico`);
    const { ana, ben } = await enterBoth();
    await sockets.stop();
    await untilStatus(ben, 'Reconnecting');
    await order(ana, 'Queued while it was away');

    sockets = await shop.serveSockets();
    await ben.locator('ws-notifications [part~=toasts]').getByText('Queued while it was away').waitFor();
    delete shop.env.websocket_driver;
  });

  it('asks a server that hangs once, and not again while the circuit is open', async () => {
    await sockets.stop();
    // What the tests before have found out.
    await shop.run('rm -rf writable/cache/ws-elements-*');
    const hanging = await Hanging.listen(shop.wsPort);
    await shop.servePages();
    try {
      const { page } = await signIn(browser, shop, 'ana');
      const asked = hanging.requests;
      assert.equal(asked, 1, 'by the first page');
      await order(page, 'One');
      await order(page, 'Two');
      await page.reload();
      assert.equal(hanging.requests, asked);
    } finally {
      await hanging.close();
    }
  });
});

/** Takes every connection, and never answers. */
class Hanging {
  /** Of PHP; a page's socket asks for none of the API. */
  requests = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('data', (data) => {
        if (/^(GET|POST) \/api\//.test(String(data))) this.requests++;
      });
    });
  }

  static async listen(port: number): Promise<Hanging> {
    const hanging = new Hanging();
    await once(hanging.#server.listen(port, '127.0.0.1'), 'listening');
    return hanging;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
