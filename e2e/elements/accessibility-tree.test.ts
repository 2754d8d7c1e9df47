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
      const { page, server } = await open();
      const subscribed = new Promise<void>((resolve) => {
        server.onSubscribed = (channel) => channel === 'broadcast' && resolve();
      });
      await page.reload();
      await subscribed;
      server.publish('broadcast', order);
      const unread = 'button "Notifications: 1 unread"';
      await page.getByRole('button', { name: /1 unread/ }).waitFor();
      await has(
        page,
        unread,
        'group "Notifications":',
        'listitem:',
        'New order',
        'Order 1',
        'Dismiss: New order',
      );
      await page.getByRole('button', { name: /1 unread/ }).click();
      await has(page, 'dialog "Notifications":', 'Mark all as read', 'listitem:', 'New order', 'Order 1');
      await has(page, 'High priority', 'time: Jan 1, 2024, 12:00 PM', 'Mark as read: New order');
      await page.getByRole('button', { name: 'Mark all as read' }).click();
      await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
      await has(page, 'listitem:', 'New order', 'Mark as unread: New order');
    });
  });

  describe('of a status indicator', () => {
    const states = async (attributes: string) => {
      const element = `<ws-status-indicator ${attributes}></ws-status-indicator>`;
      const { page, server } = await stage.open(element, unwelcome);
      const seen: Record<string, string> = {};
      const note = async (state: string, text: string) => {
        const indicator = page.locator('ws-status-indicator');
        if (!attributes.includes('banner') || /reconnecting|refused/.test(state)) {
          await (attributes.includes('text')
            ? indicator.getByText(text).waitFor()
            : indicator.getByRole('img', { name: text }).waitFor());
        }
        seen[state] = await tree(page);
      };
      await note('connecting', 'Connecting');
      server.welcoming = true;
      const connected = new Promise<void>((resolve) => {
        server.onSubscribed = () => resolve();
      });
      await page.reload();
      await connected;
      await note('connected', 'Connected');
      lose(server);
      await note('reconnecting', 'Reconnecting in');
      server.onSubscribed = () => server.close(4500);
      await page.reload();
      await note('refused', 'The server ended');
      return seen;
    };
    const words = {
      connecting: 'Connecting',
      connected: 'Connected',
      reconnecting: 'Reconnecting in N s',
      refused: 'The server ended the connection.',
    };

    for (const attributes of ['', 'show="dot"', 'show="text"']) {
      it(`says each state once: ${attributes || 'by default'}`, async () => {
        const line = (text: string) => (attributes.includes('text') ? `- text: ${text}` : `- img "${text}"`);
        const expected = Object.entries(words).map(([state, text]) => [state, line(text)]);
        assert.deepEqual(await states(attributes), Object.fromEntries(expected));
      });
    }

    it('has buttons that say what they do, with controls', async () => {
      assert.deepEqual(await states('controls'), {
        connecting: '- img "Connecting"\n- button "Connect" [disabled]\n- button "Disconnect"',
        connected: '- img "Connected"\n- button "Connect" [disabled]\n- button "Disconnect"',
        reconnecting: '- img "Reconnecting in N s"\n- button "Retry now"\n- button "Disconnect"',
        refused:
          '- img "The server ended the connection."\n- button "Connect"\n- button "Disconnect" [disabled]',
      });
    });

    it('is nothing as a banner while all is well, and says what still works when it is not', async () => {
      assert.deepEqual(await states('banner'), {
        connecting: '',
        connected: '',
        reconnecting: `- img "Reconnecting in N s"
- text: What you see may be out of date. What you write is sent later.
- button "Retry now"`,
        refused: '- img "The server ended the connection."\n- button "Connect"',
      });
    });
  });
});
