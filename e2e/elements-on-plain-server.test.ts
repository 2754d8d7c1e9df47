import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type PlainServer, startPlainServer } from './plain-server/plain-server.ts';
import { launchChromium } from './support/chromium.ts';
import { message, say, transcript, untilStatus } from './support/elements.ts';
import { PlainClient } from './support/plain-client.ts';
import { type Site, startSite } from './support/site.ts';
import { type Watch, watch } from './support/watch.ts';

describe('our elements on a plain server', () => {
  let plain: PlainServer;
  let site: Site;
  let browser: Browser;
  let page: Page;
  let watched: Watch;
  before(async () => {
    [plain, site, browser] = await Promise.all([startPlainServer(), startSite(), launchChromium()]);
    const context = await browser.newContext();
    context.setDefaultTimeout(15_000);
    watched = await watch(context);
    page = await context.newPage();
    const head = `<script src="/assets/ws-elements.js" data-url="${plain.url}" defer></script>`;
    const body = `<ws-status-indicator></ws-status-indicator><ws-notifications></ws-notifications>
<ws-chat channel="lobby"></ws-chat>`;
    await page.goto(site.page('/', { head, body }));
    await untilStatus(page, 'Connected');
  });
  after(async () => {
    await browser.close();
    await Promise.all([plain.close(), site.close()]);
  });

  it('chat both ways', async () => {
    const client = await PlainClient.connect(plain.url);
    client.say('From the socket');
    await message(page, 'From the socket').waitFor();
    await say(page, 'From the page');
    await client.until((frame) => frame.message === 'From the page');
    await page.locator('ws-chat').getByRole('img', { name: 'Sent' }).waitFor();
    assert.deepEqual(await transcript(page), ['From the socket', 'From the page']);
    client.close();
  });

  it('show what a back end broadcasts', async () => {
    plain.broadcast({
      type: 'notification',
      title: 'New order',
      message: 'You have received a new order #12345',
      timestamp: new Date().toISOString(),
      priority: 'high',
    });
    await page.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();
  });

  it('come back after a crash, and send what was written meanwhile', async () => {
    plain.cut();
    await untilStatus(page, /Reconnecting|Connecting/);
    await say(page, 'While it was away');
    await untilStatus(page, 'Connected');
    await page.locator('ws-chat').getByRole('img', { name: 'Sent' }).nth(1).waitFor();
    assert.equal(await message(page, 'While it was away').count(), 1);
  });

  it('cause no error, no violation and no request to anyone else', () => {
    assert.deepEqual(watched.problems, []);
  });
});
