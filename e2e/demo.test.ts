import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type Demo, startDemo } from '../dev-server/index.ts';
import { axeFindings } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import { field, message, say, untilStatus } from './support/elements.ts';
import { type Watch, watch } from './support/watch.ts';

describe('the demo', () => {
  let demo: Demo;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  before(async () => {
    [demo, browser] = await Promise.all([
      startDemo({ port: 0, wsPort: 0, plainPort: 0, quiet: true, outage: 500 }),
      launchChromium(),
    ]);
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });

  const visitor = async (options: BrowserContextOptions = {}): Promise<{ page: Page; watch: Watch }> => {
    const context = await browser.newContext(options);
    contexts.push(context);
    context.setDefaultTimeout(15_000);
    return { page: await context.newPage(), watch: await watch(context) };
  };

  it('is two people’s in two windows of one browser', async () => {
    const { page, watch } = await visitor();
    await page.goto(`${demo.httpUrl}/`);
    await untilStatus(page, 'Connected');
    const [second] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Open a second window as Ben' }).click(),
    ]);
    await second.getByText('2 people').waitFor();
    await say(page, 'Can you pack #12345?');
    await message(second, 'Can you pack #12345?').waitFor();
    await say(second, 'On my way.');
    await message(page, 'On my way.').waitFor();
    await page.locator('ws-chat [part~=name]', { hasText: 'Ben' }).waitFor();
    assert.deepEqual(watch.problems, []);
  });

  it('is one person’s in two windows without a name in the address', async () => {
    const { page } = await visitor();
    await page.goto(`${demo.httpUrl}/`);
    const second = await page.context().newPage();
    await second.goto(`${demo.httpUrl}/`);
    const name = await page.locator('.visitor strong').textContent();
    assert.equal(await second.locator('.visitor strong').textContent(), name);
    await untilStatus(second, 'Connected');
    await second.getByText('1 person').waitFor();
    assert.equal(await page.getByText('2 people').count(), 0);
  });

  it('sends a notification and a status by its own back end, and heals when it is cut', async () => {
    const { page, watch } = await visitor();
    await page.goto(`${demo.httpUrl}/?as=ana`);
    await untilStatus(page, 'Connected');
    await page.getByText('1 person').waitFor();

    await page.getByRole('button', { name: 'Send a notification' }).click();
    await page.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();

    await page.locator('select[name=system]').selectOption('shipping');
    await page.locator('select[name=status]').selectOption('offline');
    await page.getByRole('button', { name: 'Publish a status' }).click();
    const row = page.locator('[data-system=shipping]');
    await row.filter({ hasText: 'Offline' }).filter({ hasText: 'does not answer' }).waitFor();

    await page.getByRole('button', { name: 'Cut the connection' }).click();
    await untilStatus(page, /Reconnecting|Connecting/);
    await say(page, 'Written while the cable was out');
    await untilStatus(page, 'Connected');
    await page.locator('ws-chat').getByRole('img', { name: 'Sent' }).waitFor();
    // Chromium itself says that it could not connect; no page can keep it from that.
    watch.forget(/^console error: WebSocket connection to /);
    assert.deepEqual(watch.problems, []);
  });

  it('shows the same elements on a plain server, beside the documentation’s own client', async () => {
    const { page, watch } = await visitor();
    await page.goto(`${demo.httpUrl}/plain`);
    await untilStatus(page, 'Connected');
    const client = page.locator('.plain-client');
    await client.getByText('Connected').waitFor();
    await say(page, 'From the element');
    await client.locator('li', { hasText: 'From the element' }).waitFor();
    await client.getByLabel('Message', { exact: true }).fill('From the client');
    await client.getByRole('button', { name: 'Send' }).click();
    await message(page, 'From the client').waitFor();
    assert.deepEqual(watch.problems, []);
  });

  it('can be used by keyboard alone', async () => {
    const { page } = await visitor();
    await page.goto(`${demo.httpUrl}/?as=kim`);
    await untilStatus(page, 'Connected');
    await page.getByText('1 person').waitFor();
    await page.getByRole('button', { name: 'Send a notification' }).press('Enter');
    await page.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();
    await page.reload();
    await untilStatus(page, 'Connected');

    await tabTo(page, page.getByRole('button', { name: 'Notifications' }));
    await page.keyboard.press('Enter');
    const inbox = page.getByRole('dialog', { name: 'Notifications' });
    await inbox.waitFor();
    await page.keyboard.press('Escape');
    await inbox.waitFor({ state: 'hidden' });
    assert.equal(await isFocused(page.getByRole('button', { name: 'Notifications' })), true);

    await tabTo(page, field(page));
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('alone');
    await page.keyboard.press('Enter');
    await message(page, 'By keyboard\nalone').waitFor();
    await page.keyboard.type('Again');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await message(page, 'Again').waitFor();
  });

  it('is useful without any script', async () => {
    const { page } = await visitor({ javaScriptEnabled: false });
    await page.goto(`${demo.httpUrl}/?as=ana`);
    assert.equal(await page.getByRole('row').count(), 8);
    await page.locator('noscript p').first().waitFor();
    await page.locator('select[name=status]').selectOption('degraded');
    await page.getByRole('button', { name: 'Publish a status' }).click();
    await page.locator('[data-system=payment_gateway]', { hasText: 'Degraded' }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('as'), 'ana');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const path of ['/', '/styling', '/plain', '/?dir=rtl']) {
      it(`has nothing that axe finds: ${path}, ${colorScheme}`, async () => {
        const { page, watch } = await visitor({ colorScheme, reducedMotion: 'reduce' });
        await page.goto(`${demo.httpUrl}${path}`);
        await untilStatus(page, 'Connected');
        await say(page, 'Hello');
        await page.locator('ws-chat').first().getByRole('img', { name: 'Sent' }).waitFor();
        assert.deepEqual(await axeFindings(page), []);
        assert.deepEqual(watch.problems, []);
      });
    }
  }

  it('has nothing that axe finds with notifications, toasts and an open inbox', async () => {
    const { page, watch } = await visitor({ reducedMotion: 'reduce' });
    await page.goto(`${demo.httpUrl}/`);
    await untilStatus(page, 'Connected');
    await page.getByText('1 person').waitFor();
    for (const [i, priority] of ['low', 'normal', 'high', 'high'].entries()) {
      await page.locator('select[name=priority]').selectOption(priority);
      await page.getByRole('button', { name: 'Send a notification' }).click();
      await page.getByRole('button', { name: `Notifications: ${i + 1} unread` }).waitFor();
    }
    assert.deepEqual(await axeFindings(page), []);
    await page.getByRole('button', { name: 'Notifications: 4 unread' }).press('Enter');
    await page.getByRole('dialog', { name: 'Notifications' }).waitFor();
    assert.deepEqual(await axeFindings(page), []);
    assert.deepEqual(watch.problems, []);
  });

  it('fits 360 px', async () => {
    for (const path of ['/', '/styling', '/plain', '/?dir=rtl']) {
      const { page } = await visitor({ viewport: { width: 360, height: 740 } });
      await page.goto(`${demo.httpUrl}${path}`);
      await untilStatus(page, 'Connected');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, path);
    }
  });
});

/** Presses Tab until it is there; a keyboard user has no other way. */
async function tabTo(page: Page, target: ReturnType<Page['locator']>): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if (await isFocused(target)) return;
  }
  assert.fail(`${target} cannot be reached by Tab`);
}

function isFocused(target: ReturnType<Page['locator']>): Promise<boolean> {
  return target.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element);
}
