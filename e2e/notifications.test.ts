import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { untilStatus } from './support/elements.ts';
import { script } from './support/site.ts';
import { Stage } from './support/stage.ts';
import type { Watch } from './support/watch.ts';

const body = '<ws-status-indicator></ws-status-indicator><ws-notifications></ws-notifications>';

describe('a notification that a back end publishes', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.start();
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  const open = async (user: string) => {
    const opened = await stage.open(body, user);
    await untilStatus(opened.page, 'Connected');
    await following(`user:${user}`);
    return opened;
  };

  /** Waits until somebody follows a channel: the server has it then. */
  const following = async (channel: string) => {
    for (;;) {
      const response = await fetch(`${stage.server.httpUrl}/api/channels`, {
        headers: { authorization: `Bearer ${stage.apiKey}` },
      });
      if ((await response.text()).includes(`"${channel}"`)) return;
    }
  };

  it('arrives as a toast, in the badge and in the inbox of its user alone', async () => {
    const [ana, ben] = await Promise.all([open('ana'), open('ben')]);
    const response = await stage.publish({
      user: 'ana',
      data: {
        type: 'notification',
        title: 'New order',
        message: 'You have received a new order #12345',
        timestamp: '2024-01-01T12:00:00.000Z',
        priority: 'high',
      },
    });
    assert.equal(response.status, 200);

    const toast = ana.page.locator('ws-notifications [part~=toasts] [part~=item]');
    await toast.filter({ hasText: 'You have received a new order #12345' }).waitFor();
    const bell = ana.page.getByRole('button', { name: 'Notifications: 1 unread' });
    await bell.click();
    const inbox = ana.page.getByRole('dialog', { name: 'Notifications' });
    await inbox.getByText('New order', { exact: true }).waitFor();
    await inbox.getByText('High priority').waitFor();

    await inbox.getByRole('button', { name: 'Mark all as read' }).click();
    await ana.page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();

    // What comes after it on the same connection has come: so nothing else did.
    await stage.publish({ broadcast: true, data: { type: 'notification', title: 'We close at six' } });
    await ben.page.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();
    assert.equal(await ben.page.getByText('New order').count(), 0);
    assert.deepEqual([...ana.watch.problems, ...ben.watch.problems], []);
  });

  describe('on each of its user’s devices', () => {
    const devices: { page: Page; watch: Watch }[] = [];
    const pages = () => devices.map(({ page }) => page);
    const add = async () => {
      const device = await open('ana');
      devices.push(device);
      return device.page;
    };
    const bell = (page: Page) => page.getByRole('button', { name: /^Notifications/ });
    /** Opens the inbox anew and says what it has, the newest first, and of it what is unread. */
    const read = async (page: Page, count: number) => {
      await page.keyboard.press('Escape');
      await bell(page).click();
      const items = page.getByRole('dialog').locator('[part~=item]');
      await items.nth(count - 1).waitFor();
      return items.evaluateAll((rows) =>
        rows.map((row) => {
          const title = row.querySelector('[part=title]')?.textContent;
          return row.matches('[part~=unread]') ? `${title} (unread)` : title;
        }),
      );
    };
    /** It is so on every device at once, also after it was loaded anew, and on one that comes later. */
    const isSo = async (expected: string[]) => {
      const unread = expected.filter((each) => each.endsWith('(unread)')).length;
      const name = unread ? `Notifications: ${unread} unread` : 'Notifications';
      const shows = async (page: Page) => {
        await page.getByRole('button', { name, exact: true }).waitFor();
        assert.deepEqual(await read(page, expected.length), expected);
      };
      for (const page of pages()) await shows(page);
      for (const page of pages()) {
        await page.reload();
        await shows(page);
      }
      await shows(await add());
    };
    const button = (page: Page, name: string) =>
      page.getByRole('dialog').getByRole('button', { name, exact: true });

    beforeEach(async () => {
      devices.length = 0;
      for (const n of [1, 2, 3])
        await stage.publish({ user: 'ana', data: { type: 'notification', title: `Order ${n}` } });
      for (const page of [await add(), await add()]) await read(page, 3);
    });
    afterEach(() => {
      assert.deepEqual(
        devices.flatMap(({ watch }) => watch.problems),
        [],
      );
    });

    it('is read once, wherever it was read, and unread again', async () => {
      const [one, two] = pages() as [Page, Page];
      await button(one, 'Mark as read: Order 2').click();
      await isSo(['Order 3 (unread)', 'Order 2', 'Order 1 (unread)']);
      await button(two, 'Mark as unread: Order 2').click();
      await isSo(['Order 3 (unread)', 'Order 2 (unread)', 'Order 1 (unread)']);
    });

    it('is dismissed once, wherever it was dismissed', async () => {
      const [one] = pages() as [Page];
      await button(one, 'Dismiss: Order 2').click();
      await isSo(['Order 3 (unread)', 'Order 1 (unread)']);
    });

    it('is read with all others, and what comes then is not', async () => {
      const [one] = pages() as [Page];
      await button(one, 'Mark all as read').click();
      await isSo(['Order 3', 'Order 2', 'Order 1']);
      await stage.publish({ user: 'ana', data: { type: 'notification', title: 'Order 4' } });
      await isSo(['Order 4 (unread)', 'Order 3', 'Order 2', 'Order 1']);
    });

    it('is done once the connection is back, where it was done without', async () => {
      const [one] = pages() as [Page, Page];
      stage.wire.cut('ana', 1_000);
      await button(one, 'Mark as read: Order 3').click();
      await button(one, 'Dismiss: Order 2').click();
      await isSo(['Order 3', 'Order 1 (unread)']);
      for (const { watch } of devices) watch.forget(/^console error: WebSocket connection/);
    });
  });

  it('stays in the page where the file for what is outside is missing, which is said', async () => {
    const file = await readFile(script, 'utf8');
    stage.site.file('bare/ws-elements.js', file);
    const { context, watch } = await stage.visitor();
    const page = await context.newPage();
    const head = stage.tag('ana').replace('/assets/', '/files/bare/');
    const bell = '<ws-notifications desktop title-badge></ws-notifications>';
    await page.goto(stage.site.page('/bare', { head, body: bell }));
    await following('user:ana');
    await stage.publish({ user: 'ana', data: { type: 'notification', title: 'New order' } });
    await page.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();
    assert.equal(await page.title(), 'Test');
    watch.forget(/^console error: Failed to load resource/);
    assert.match(watch.problems.join('\n'), /^console warning: ws-elements: extras\/outside-page\.js: .*$/);
  });

  it('is text, whatever is in it', async () => {
    const { page, watch } = await open('ana');
    const title = '<img src=x onerror=alert(1)>';
    await stage.publish({ user: 'ana', data: { type: 'notification', title, message: '<b>bold</b>' } });
    await page.locator('ws-notifications [part~=toasts]').getByText(title, { exact: true }).waitFor();
    assert.deepEqual(watch.problems, []);
  });
});
