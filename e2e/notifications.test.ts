import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { untilStatus } from './support/elements.ts';
import { Stage } from './support/stage.ts';

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

  it('is text, whatever is in it', async () => {
    const { page, watch } = await open('ana');
    const title = '<img src=x onerror=alert(1)>';
    await stage.publish({ user: 'ana', data: { type: 'notification', title, message: '<b>bold</b>' } });
    await page.locator('ws-notifications [part~=toasts]').getByText(title, { exact: true }).waitFor();
    assert.deepEqual(watch.problems, []);
  });
});
