import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { ElementStage } from '../support/element-stage.ts';
import { message, say } from '../support/elements.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';

const BEFORE = '<button>Before</button>';
const AFTER = '<button>After</button>';

/** Every element in every state by keyboard alone, with real keys. */
describe('by keyboard', () => {
  let stage: ElementStage;
  before(async () => {
    stage = await ElementStage.start();
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  /** Between two buttons of the page. */
  const open = (element: string) => stage.open(`${BEFORE}${element}${AFTER}`);

  /** What has the focus, in whatever shadow tree: its part or else its tag, and what it says. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (!active || active === document.body) return 'nothing';
      const name = active.part[0] ?? active.localName;
      const bubble = active.querySelector('[part~=bubble]');
      const words = active.ariaLabel || (bubble ?? active).textContent || '';
      return `${name}: ${words.replace(/\s+/g, ' ').trim()}`.replace(/: $/, '');
    });

  /** Presses keys one after the other; what has the focus after each. */
  const press = async (page: Page, ...keys: string[]) => {
    const seen: string[] = [];
    for (const key of keys) {
      await page.keyboard.press(key);
      seen.push(await focused(page));
    }
    return seen;
  };

  /** From the button before the element by Tab to the one after it, and back. */
  const walks = async (page: Page, ...stops: string[]) => {
    const tabs = (key: string) => Array<string>(stops.length + 1).fill(key);
    await page.getByRole('button', { name: 'Before', exact: true }).focus();
    assert.deepEqual(await press(page, ...tabs('Tab')), [...stops, 'button: After']);
    assert.deepEqual(await press(page, ...tabs('Shift+Tab')), [...stops.toReversed(), 'button: Before']);
  };

  const until = async (page: Page, expected: string) => {
    const deadline = Date.now() + 5_000;
    while ((await focused(page)) !== expected && Date.now() < deadline) await page.waitForTimeout(20);
    assert.equal(await focused(page), expected);
  };

  const lose = (server: ScriptedServer) => {
    server.send({ type: 'reconnect', after: 20_000 });
    server.close(4000);
  };

  describe('a chat', () => {
    const openChat = async (count = 0) => {
      const opened = await open('<ws-chat></ws-chat>');
      await opened.page.getByText('2 people').waitFor();
      for (let n = 1; n <= count; n++) opened.server.say('Ben', `Message ${n}.`);
      if (count) await message(opened.page, `Message ${count}.`).waitFor();
      return opened;
    };
    const field = 'input: Message';
    const messages = 'messages: lobby';
    const composer = [field, 'send: Send'];

    it('is walked from who is here over the messages to the field and its button', async () => {
      const { page } = await openChat(2);
      await walks(page, 'summary: 2 people', messages, ...composer);
    });

    it('stops at links, and at the names once they are shown', async () => {
      const { page, server } = await openChat();
      server.say('Ben', 'See https://shop.example/1 and https://shop.example/2');
      await message(page, 'See').waitFor();
      await page.getByText('2 people').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('list', { name: '2 people' }).waitFor();
      const links = ['link: https://shop.example/1', 'link: https://shop.example/2'];
      await walks(page, 'summary: 2 people', 'ul: 2 people', messages, ...links, ...composer);
    });

    it('goes from the empty field up to the last message, from one to the other, and back by Escape', async () => {
      const { page } = await openChat(25);
      await page.locator('textarea').focus();
      const at = (n: number) => `message: Message ${n}.`;
      assert.deepEqual(
        await press(page, 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown'),
        [25, 24, 25, 25].map(at),
      );
      assert.deepEqual(await press(page, 'PageUp', 'Home', 'PageDown', 'End'), [15, 1, 11, 25].map(at));
      assert.deepEqual(await press(page, 'Escape'), [field]);
      await page.keyboard.type('Draft');
      assert.deepEqual(await press(page, 'ArrowUp'), [field], 'the cursor moves in what is written');
    });

    it('goes on from the list as a whole and from a link in a message', async () => {
      const { page, server } = await openChat(2);
      server.say('Ben', 'See https://shop.example/1');
      await message(page, 'See').waitFor();
      await page.getByRole('group', { name: 'lobby' }).focus();
      assert.deepEqual(await press(page, 'Home', 'End', 'Tab', 'ArrowUp', 'Escape'), [
        'message: Message 1.',
        'message: See https://shop.example/1',
        'link: https://shop.example/1',
        'message: Message 2.',
        field,
      ]);
    });

    it('keeps the focus in the field as Enter sends, and takes it there from the button', async () => {
      const { page } = await openChat();
      await page.locator('textarea').focus();
      await page.keyboard.type('One');
      assert.deepEqual(await press(page, 'Enter'), [field]);
      await page.keyboard.type('Two');
      assert.deepEqual(await press(page, 'Tab', 'Enter'), ['send: Send', field]);
      await message(page, 'Two').waitFor();
    });

    for (const button of ['Retry', 'Discard']) {
      it(`reaches ${button} of what was not sent, and leaves the focus in the list`, async () => {
        const { page, server } = await openChat(1);
        server.verdict = 'forbidden';
        await say(page, 'Mine');
        await page.getByRole('button', { name: 'Retry' }).waitFor();
        await walks(page, 'summary: 2 people', messages, 'retry: Retry', 'discard: Discard', ...composer);
        server.verdict = 'ack';
        await page.getByRole('button', { name: button }).focus();
        assert.deepEqual(await press(page, 'Enter'), [messages]);
        await page.getByRole('button', { name: 'Retry' }).waitFor({ state: 'detached' });
        assert.equal(await message(page, 'Mine').count(), button === 'Retry' ? 1 : 0);
        assert.deepEqual(await press(page, 'Tab'), [field]);
      });
    }

    it('jumps to what came below, and leaves the focus in the list', async () => {
      const { page, server } = await openChat(40);
      await page.locator('textarea').focus();
      await press(page, 'ArrowUp', 'Home');
      await page.waitForFunction(
        () =>
          document.querySelector('ws-chat')?.shadowRoot?.querySelector('[part=messages]')?.scrollTop === 0,
      );
      server.say('Ben', 'Below');
      await page.getByRole('button', { name: '1 new message' }).waitFor();
      assert.deepEqual(await press(page, 'Tab', 'Enter'), ['jump: 1 new message', messages]);
      await page.getByRole('button', { name: '1 new message' }).waitFor({ state: 'detached' });
      assert.deepEqual(await press(page, 'ArrowUp'), ['message: Below']);
    });

    it('can still be read where the server refused, and Escape does no harm', async () => {
      const { page, server } = await openChat(2);
      const errors: Error[] = [];
      page.on('pageerror', (error) => errors.push(error));
      await page.locator('textarea').focus();
      server.close(4500);
      await page.getByText('The server ended').waitFor();
      // The field that had the focus is disabled: Tab goes on from where it was.
      assert.deepEqual(await press(page, 'Tab'), ['button: After']);
      assert.deepEqual(await press(page, 'Shift+Tab', 'End', 'Escape', 'ArrowUp'), [
        messages,
        'message: Message 2.',
        'message: Message 2.',
        'message: Message 1.',
      ]);
      assert.deepEqual(errors, []);
    });
  });

  describe('notifications', () => {
    const bell = 'bell: Notifications';
    const inbox = 'inbox: Notifications';
    const orders = ['Order 1', 'Order 2', 'Order 3'];
    const order = (title: string, more: object = {}) => ({
      type: 'notification',
      title,
      message: 'New.',
      ...more,
    });

    const openBell = async (attributes = '') => {
      let subscribe = () => {};
      const subscribed = new Promise<void>((resolve) => {
        subscribe = resolve;
      });
      const { page, server } = await stage.open(
        `${BEFORE}<ws-notifications ${attributes}></ws-notifications>${AFTER}`,
        (server) => {
          server.onSubscribed = (channel) => channel === 'user:ana' && subscribe();
        },
      );
      await subscribed;
      return { page, server };
    };
    /** The oldest has an action, the newest is first. */
    const openInbox = async () => {
      const { page, server } = await openBell('no-toasts');
      server.publish('broadcast', order('Order 3', { actions: [{ label: 'Approve' }] }));
      server.publish('broadcast', order('Order 2', { link: 'https://shop.example/2' }));
      server.publish('broadcast', order('Order 1'));
      await page.getByRole('button', { name: '3 unread' }).focus();
      await page.keyboard.press('Enter');
      await until(page, inbox);
      return page;
    };
    const titles = orders.map((title) => `title: ${title}`);

    it('open from the bell with the focus in the inbox, and Escape gives it back', async () => {
      const { page } = await openBell();
      await walks(page, bell);
      await page.getByRole('button', { name: 'Notifications' }).focus();
      for (const key of ['Enter', 'Space']) {
        await page.keyboard.press(key);
        await until(page, inbox);
        assert.deepEqual(await press(page, 'Escape'), [bell]);
      }
    });

    it('lead by arrows from title to title', async () => {
      const page = await openInbox();
      const [first, second, last] = titles;
      assert.deepEqual(
        await press(page, 'ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'ArrowDown', 'Home', 'PageDown'),
        [first, second, first, last, last, first, last],
      );
    });

    it('lead by Tab to everything that can be done', async () => {
      const page = await openInbox();
      const row = (title: string, ...actions: string[]) => [
        `title: ${title}`,
        ...actions,
        `read: Mark as read: ${title}`,
        `dismiss: Dismiss: ${title}`,
      ];
      const stops = [
        'filter: Unread',
        'read-all: Mark all as read',
        ...row('Order 1'),
        ...row('Order 2'),
        ...row('Order 3', 'action: Approve'),
        'button: After',
      ];
      assert.deepEqual(await press(page, ...stops.map(() => 'Tab')), stops);
    });

    it('keep the focus where the button stays, and in the inbox where it goes', async () => {
      const page = await openInbox();
      assert.deepEqual(await press(page, 'Tab', 'Enter', 'Enter'), Array(3).fill('filter: Unread'));
      assert.deepEqual(await press(page, 'Home', 'Tab', 'Enter', 'Enter'), [
        titles[0],
        'read: Mark as read: Order 1',
        'read: Mark as unread: Order 1',
        'read: Mark as read: Order 1',
      ]);
      assert.deepEqual(await press(page, 'Home', 'Enter'), [titles[0], titles[0]]);
      assert.deepEqual(await press(page, 'End', 'Tab', 'Enter'), [
        titles[2],
        'action: Approve',
        'action: Approve',
      ]);
      await page.getByRole('button', { name: 'Mark all as read' }).focus();
      assert.deepEqual(await press(page, 'Enter', 'Escape'), [inbox, bell]);
    });

    it('hand the focus on to the next as one is dismissed, to the inbox from the last, and then to the bell', async () => {
      const page = await openInbox();
      const dismiss = (title: string) => `dismiss: Dismiss: ${title}`;
      await page.getByRole('button', { name: dismiss('Order 2').slice(9) }).focus();
      assert.deepEqual(await press(page, 'Enter', 'Enter', 'Enter', 'Escape'), [
        dismiss('Order 3'),
        dismiss('Order 1'),
        inbox,
        bell,
      ]);
    });

    it('take the focus into what came while the inbox was read', async () => {
      const { page, server } = await openBell('no-toasts');
      server.publish('broadcast', order('Order 1'));
      await page.getByRole('button', { name: '1 unread' }).focus();
      await page.keyboard.press('Enter');
      await until(page, inbox);
      server.publish('broadcast', order('Order 2'));
      await page.getByRole('button', { name: '1 new notification' }).focus();
      assert.deepEqual(await press(page, 'Enter', 'End'), [inbox, titles[0]]);
    });

    it('are reached as toasts, which hand the focus on as they are dismissed', async () => {
      const { page, server } = await openBell();
      for (const title of [...orders, 'Order 4'])
        server.publish('broadcast', order(title, { priority: 'high' }));
      await page.getByRole('button', { name: '1 more' }).waitFor();
      const toasts = orders.flatMap((title) => [`title: ${title}`, `dismiss: Dismiss: ${title}`]);
      await walks(page, `${bell}: 4 unread`, ...toasts, 'more: 1 more');
      await page.getByRole('button', { name: 'Dismiss: Order 2' }).focus();
      assert.deepEqual(await press(page, 'Enter', 'Enter', 'Enter', 'Enter'), [
        'dismiss: Dismiss: Order 3',
        'dismiss: Dismiss: Order 4',
        'dismiss: Dismiss: Order 1',
        `${bell}: 4 unread`,
      ]);
    });

    it('lead from the toasts that found no room into the inbox', async () => {
      const { page, server } = await openBell();
      for (const title of [...orders, 'Order 4'])
        server.publish('broadcast', order(title, { priority: 'high' }));
      await page.getByRole('button', { name: '1 more' }).focus();
      await page.keyboard.press('Enter');
      await until(page, inbox);
      assert.deepEqual(await press(page, 'Escape'), [`${bell}: 4 unread`]);
    });

    it('are walked without a bell too', async () => {
      const { page, server } = await openBell('inline');
      server.publish('broadcast', order('Order 1'));
      await page.getByText('Order 1').waitFor();
      await walks(
        page,
        'filter: Unread',
        'read-all: Mark all as read',
        'title: Order 1',
        'read: Mark as read: Order 1',
        'dismiss: Dismiss: Order 1',
      );
      await page.getByRole('button', { name: 'Dismiss: Order 1' }).focus();
      assert.deepEqual(await press(page, 'Enter'), [inbox]);
    });
  });

  describe('a status indicator', () => {
    const connect = 'connect: Connect';
    const retry = 'connect: Retry now';
    const disconnect = 'disconnect: Disconnect';
    const openStatus = async (attributes = '') => {
      const opened = await open(`<ws-status-indicator ${attributes}></ws-status-indicator>`);
      await opened.server.opened;
      return opened;
    };

    it('is no stop by itself', async () => {
      const { page } = await openStatus();
      await page.getByRole('img', { name: 'Connected' }).waitFor();
      await walks(page);
    });

    it('hands the focus on to the other button where the one that was pressed does nothing more', async () => {
      const { page } = await openStatus('controls');
      await page.getByRole('img', { name: 'Connected' }).waitFor();
      await walks(page, disconnect);
      await page.getByRole('button', { name: 'Disconnect' }).focus();
      await page.keyboard.press('Enter');
      await until(page, connect);
      await walks(page, connect);
      await page.getByRole('button', { name: 'Connect', exact: true }).focus();
      await page.keyboard.press('Enter');
      await until(page, disconnect);
      await page.getByRole('img', { name: 'Connected' }).waitFor();
      await walks(page, disconnect);
    });

    it('offers to try at once while it reconnects, and to connect once it is refused', async () => {
      const { page, server } = await openStatus('controls');
      await page.getByRole('img', { name: 'Connected' }).waitFor();
      lose(server);
      await page.getByRole('button', { name: 'Retry now' }).waitFor();
      await walks(page, retry, disconnect);
      await page.getByRole('button', { name: 'Retry now' }).focus();
      await page.keyboard.press('Enter');
      await until(page, disconnect);
      await page.getByRole('img', { name: 'Connected' }).waitFor();
      server.close(4500);
      await until(page, connect);
      await walks(page, connect);
    });

    it('lets Tab go on from where its banner was', async () => {
      const { page, server } = await openStatus('banner');
      await walks(page);
      lose(server);
      await page.getByRole('button', { name: 'Retry now' }).waitFor();
      await walks(page, retry);
      await page.getByRole('button', { name: 'Retry now' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Retry now' }).waitFor({ state: 'detached' });
      assert.deepEqual(await press(page, 'Tab'), ['button: After']);
    });
  });
});
