import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { ElementStage } from '../support/element-stage.ts';
import { message, say } from '../support/elements.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';

/** What a screen reader is given of each element, in each of its states. */
describe('the accessibility tree', () => {
  let stage: ElementStage;
  before(async () => {
    stage = await ElementStage.start();
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  /** The tree of the page's only element; what depends on the time of the test has a name in its place. */
  const tree = async (page: Page) =>
    (await page.locator('main > :not(h1)').ariaSnapshot())
      .replace(/\d+ s\b/, 'N s')
      .replace(/(?<=listitem: today[\s\S]*)time: .*/g, 'time: NOW');
  const lines = (text: string) => text.replace(/^\n|\n *$/g, '').replace(/^ {6}/gm, '');
  const heard = async (page: Page, expected: string) => assert.equal(await tree(page), lines(expected));

  const unwelcome = (server: ScriptedServer) => {
    server.welcoming = false;
  };
  const lose = (server: ScriptedServer) => {
    server.send({ type: 'reconnect', after: 20_000 });
    server.close(4000);
  };

  describe('of a chat', () => {
    const open = async () => {
      const opened = await stage.open('<ws-chat></ws-chat>');
      await opened.page.getByText('2 people').waitFor();
      return opened;
    };

    it('says while connecting that it can be written in', async () => {
      const { page } = await stage.open('<ws-chat></ws-chat>', unwelcome);
      await page.getByText('Connecting').waitFor();
      await heard(
        page,
        `
      - text: lobby
      - group "lobby":
        - list
      - paragraph: Connecting · What you write is sent later.
      - textbox "Message"
      - button "Send"
      `,
      );
    });

    it('says where nothing was written yet, and who is here once that is opened', async () => {
      const { page } = await open();
      const rest = `
      - group "lobby":
        - list
      - paragraph: No messages yet. Write the first one.
      - textbox "Message"
      - button "Send"
      `;
      await heard(
        page,
        `
      - text: lobby
      - group: 2 people${rest}`,
      );
      await page.getByText('2 people').click();
      await heard(
        page,
        `
      - text: lobby
      - group:
        - text: 2 people
        - list "2 people":
          - listitem: You
          - listitem: Ben${rest}`,
      );
    });

    it('says of each message who, when and what, and what became of one’s own', async () => {
      const { page, server } = await open();
      server.say('Ben', 'Hello');
      server.say('Ben', 'See https://shop.example/1');
      await message(page, 'See').waitFor();
      await say(page, 'Mine');
      await page.getByRole('img', { name: 'Sent' }).waitFor();
      server.verdict = '';
      await say(page, 'Waits');
      await page.getByRole('img', { name: 'Sending' }).waitFor();
      await heard(
        page,
        `
      - text: lobby
      - group: 2 people
      - group "lobby":
        - list:
          - listitem: Monday, January 1, 2024
          - listitem:
            - text: Ben
            - time: 12:00 PM
            - text: Hello
          - listitem:
            - text: Ben
            - time: 12:00 PM
            - text: See
            - link "https://shop.example/1":
              - /url: https://shop.example/1
          - listitem:
            - text: You
            - time: 12:00 PM
            - text: Mine
            - img "Sent"
          - listitem: today
          - listitem:
            - text: You
            - time: NOW
            - text: Waits
            - img "Sending"
      - textbox "Message"
      - button "Send"
      `,
      );
    });

    const failed = `
      - text: lobby
      - group: 2 people
      - group "lobby":
        - list:
          - listitem: today
          - listitem:
            - text: You
            - time: NOW
            - text: Mine
            - paragraph:
              - text: Not sent. You may not write here.
              - button "Retry"
              - button "Discard"`;

    it('says why a message failed and what can be done, and that the connection was lost', async () => {
      const { page, server } = await open();
      server.verdict = 'forbidden';
      await say(page, 'Mine');
      await page.getByRole('button', { name: 'Retry' }).waitFor();
      await heard(
        page,
        `${failed}
      - textbox "Message"
      - button "Send"
      `,
      );
      lose(server);
      await page.getByText('Connection lost').waitFor();
      await heard(
        page,
        `${failed}
          - listitem: Connection lost
      - text: Reconnecting · What you write is sent later.
      - textbox "Message"
      - button "Send"
      `,
      );
    });

    it('says who came, who left and who is typing', async () => {
      const { page, server } = await open();
      const cleo = { userId: 'cleo', name: 'Cleo' };
      const presence = { type: 'presence', channel: 'lobby', users: [cleo] };
      server.send({ ...presence, event: 'join' });
      await page.getByText('Cleo joined').waitFor();
      server.say('Ben', 'Hello');
      server.send({ ...presence, event: 'leave' });
      await page.getByText('Cleo left').waitFor();
      server.send({ type: 'typing', channel: 'lobby', clientId: 'Ben', userId: 'ben', name: 'Ben' });
      await page.getByText('Ben is typing').waitFor();
      await heard(
        page,
        `
      - text: lobby
      - group: 2 people
      - group "lobby":
        - list:
          - listitem: today
          - listitem: Cleo joined
          - listitem: Monday, January 1, 2024
          - listitem:
            - text: Ben
            - time: NOW
            - text: Hello
          - listitem: today
          - listitem: Cleo left
      - text: Ben is typing
      - textbox "Message"
      - button "Send"
      `,
      );
    });

    it('says why nothing can be written where the server refused', async () => {
      const { page, server } = await open();
      server.say('Ben', 'Hello');
      await message(page, 'Hello').waitFor();
      server.close(4500);
      await page.getByText('The server ended').waitFor();
      assert.match(
        await tree(page),
        /listitem: Connection lost\n- text: The server ended the connection\.\n- textbox "Message" \[disabled\]\n- button "Send" \[disabled\]$/,
      );
    });
  });

  describe('of notifications', () => {
    /** That it has these, in this order; the rest is free to change. */
    const has = async (page: Page, ...parts: string[]) => {
      const text = await tree(page);
      let from = 0;
      for (const part of parts) {
        const at = text.indexOf(part, from);
        assert.ok(at >= 0, `no ${part} after character ${from} of\n${text}`);
        from = at + part.length;
      }
    };
    const open = () => stage.open('<ws-notifications></ws-notifications>');
    const openSubscribed = async () => {
      const subscribed = Promise.withResolvers<void>();
      const opened = await stage.open('<ws-notifications></ws-notifications>', (server) => {
        server.onSubscribed = (channel) => channel === 'broadcast' && subscribed.resolve();
      });
      await subscribed.promise;
      return opened;
    };
    const order = { type: 'notification', title: 'New order', message: 'Order 1', priority: 'high' };

    it('is a bell, and opened a dialog that says it is empty', async () => {
      const { page } = await open();
      await page.getByRole('button').waitFor();
      await heard(
        page,
        `
      - button "Notifications"`,
      );
      await page.getByRole('button').click();
      await has(
        page,
        'button "Notifications" [expanded]',
        'dialog "Notifications":',
        'paragraph: Nothing new.',
      );
    });

    it('counts the unread, and says in toast and dialog what came', async () => {
      const { page, server } = await openSubscribed();
      server.publish('broadcast', order);
      await page.getByRole('button', { name: /1 unread/ }).waitFor();
      await has(page, 'button "Notifications: 1 unread"', 'group "Notifications":', 'listitem:', 'New order');
      await has(page, 'New order', 'Order 1', 'High priority', 'time: 12:00 PM', 'Dismiss: New order');
      await page.getByRole('button', { name: /1 unread/ }).click();
      await has(page, 'dialog "Notifications":', 'Mark all as read', 'listitem:', 'Monday, January 1, 2024');
      await has(page, 'New order', 'Order 1', 'High priority', 'time: 12:00 PM', 'Mark as read: New order');
      await page.getByRole('button', { name: 'Mark all as read' }).click();
      await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
      await has(page, 'listitem:', 'New order', 'Mark as unread: New order');
    });

    it('tells the read from the unread, each with its priority and what it offers', async () => {
      const { page, server } = await openSubscribed();
      const actions = [{ label: 'Approve' }, { label: 'Open', link: 'https://shop.example/2' }];
      server.publish('broadcast', { ...order, title: 'Oldest', priority: 'low', read: true });
      server.publish('broadcast', { ...order, title: 'Newest', priority: 'normal', actions });
      await page.getByRole('button', { name: /1 unread/ }).click();
      await page.getByRole('dialog').waitFor();
      await heard(
        page,
        `
      - 'button "Notifications: 1 unread" [expanded]': "1"
      - dialog "Notifications":
        - text: Notifications
        - button "Unread"
        - button "Mark all as read"
        - list:
          - listitem:
            - paragraph: Monday, January 1, 2024
            - button "Newest"
            - paragraph: Order 1
            - paragraph:
              - time: 12:00 PM
            - button "Approve"
            - link "Open":
              - /url: https://shop.example/2
            - 'button "Mark as read: Newest"'
            - 'button "Dismiss: Newest"'
          - listitem:
            - button "Oldest"
            - paragraph: Order 1
            - paragraph:
              - text: Low priority ·
              - time: 12:00 PM
            - 'button "Mark as unread: Oldest"'
            - 'button "Dismiss: Oldest"'
      `,
      );
    });
  });

  describe('of a status indicator', () => {
    const variants = ['', 'show="dot"', 'show="text"', 'controls', 'banner', 'banner controls'];
    const hint = '\n- text: What you see may be out of date. What you write is sent later.';
    /** The words for each state, what its buttons are, and what a banner says beside it. */
    const states = {
      connecting: ['Connecting', 'Connect" [disabled]', 'Disconnect"', hint],
      connected: ['Connected', 'Connect" [disabled]', 'Disconnect"', ''],
      disconnected: ['Disconnected', 'Connect"', 'Disconnect" [disabled]', hint],
      reconnecting: ['Reconnecting in N s', 'Retry now"', 'Disconnect"', hint],
      offline: ['You are offline', 'Retry now"', 'Disconnect"', hint],
      refused: ['The server ended the connection.', 'Connect"', 'Disconnect" [disabled]', ''],
    } as const;

    /** While all goes as it should. */
    const isSilent = (state: string) => /^connect/.test(state);

    const expectedOf = (attributes: string, state: keyof typeof states) => {
      const [words, connect, disconnect, hint] = states[state];
      const isBanner = attributes.includes('banner');
      if (isBanner && isSilent(state)) return '';
      if (attributes.includes('text')) return `- text: ${words}`;
      const buttons = [
        attributes && !attributes.includes('dot') ? `\n- button "${connect}` : '',
        attributes.includes('controls') ? `\n- button "${disconnect}` : '',
      ];
      return `- img "${words}"${isBanner ? hint : ''}${buttons.join('')}`;
    };

    it('says each state once, with buttons that say what they do; as a banner only what is wrong', async () => {
      const body = variants.map((attributes) => `<ws-status-indicator ${attributes}></ws-status-indicator>`);
      const { page, server } = await stage.open(body.join(''), unwelcome);
      const all = page.locator('ws-status-indicator');
      /** A banner waits until a state lasts, and then it says what the others say. */
      const says = async (state: keyof typeof states) => {
        const name = states[state][0].replace(/N s$/, '');
        const [first, banner] = [all.nth(0), all.nth(4)].map((one) => one.getByRole('img', { name }));
        await first?.waitFor();
        if (isSilent(state)) await all.nth(4).locator('svg').waitFor({ state: 'detached' });
        else await banner?.waitFor();
        for (const [index, attributes] of variants.entries()) {
          const text = (await all.nth(index).ariaSnapshot()).replace(/\d+ s\b/, 'N s');
          assert.equal(text, expectedOf(attributes, state), `${state}: ${attributes || 'by default'}`);
        }
      };
      const press = (name: string) => all.nth(3).getByRole('button', { name, exact: true }).click();

      await says('connecting');
      server.welcome();
      await says('connected');
      await press('Disconnect');
      await says('disconnected');
      await press('Connect');
      await says('connected');
      lose(server);
      await says('reconnecting');
      await page.context().setOffline(true);
      await says('offline');
      await page.context().setOffline(false);
      await says('connected');
      server.close(4500);
      await says('refused');
    });
  });
});
