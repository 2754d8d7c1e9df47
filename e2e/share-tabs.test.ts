import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import packageFile from '../package.json' with { type: 'json' };
import { script } from './support/site.ts';
import { Stage } from './support/stage.ts';

const { version } = packageFile;

/** On a page: what came on `lobby`, and what it is told of its connection. */
const recorder = `
const connection = WsElements.connect();
const seen = (globalThis.seen = { log: [], states: [connection.state], follows: false });
connection.onStatusChange(({ state }) => seen.states.push(state));
connection.subscribe('lobby', {
  onPublication: ({ message }) => seen.log.push(message),
  onSubscribed: ({ recovered }) => {
    seen.follows = true;
    if (recovered === false) seen.log.push('gap');
  },
});
globalThis.connection = connection;
globalThis.beSeen = (isSeen) => {
  Object.defineProperty(document, 'hidden', { configurable: true, value: !isSeen });
  document.dispatchEvent(new Event('visibilitychange'));
};
`;

interface Recorded {
  log: string[];
  states: string[];
  /** The server has let it follow the channel. */
  follows: boolean;
}

declare const seen: Recorded;
declare const beSeen: (isSeen: boolean) => void;
declare const connection: import('../src/connection/types.ts').Connection;

/** A tab, and whether it has the socket. */
class Tab {
  readonly page: Page;
  readonly devTools: CDPSession;
  /** Sockets of the page's that are open. */
  sockets = 0;
  /** Addresses of all that it ever opened. */
  readonly addresses: string[] = [];

  private constructor(page: Page, devTools: CDPSession) {
    this.page = page;
    this.devTools = devTools;
    page.on('websocket', (socket) => {
      this.sockets += 1;
      this.addresses.push(socket.url());
      socket.on('close', () => {
        this.sockets -= 1;
      });
    });
  }

  static async open(context: BrowserContext, address: string): Promise<Tab> {
    const page = await context.newPage();
    const tab = new Tab(page, await context.newCDPSession(page));
    await page.goto(address);
    await tab.connected();
    return tab;
  }

  connected() {
    return this.page.waitForFunction(() => connection.state === 'connected' && seen.follows);
  }

  seen(): Promise<Recorded> {
    return this.page.evaluate(() => seen);
  }

  /** As with a tab that the user goes to, or leaves: headless Chromium shows every page. */
  show(isSeen: boolean): Promise<void> {
    return this.page.evaluate((seen) => beSeen(seen), isSeen);
  }

  /** No line of it runs any more, while its socket and its locks stay as they are. */
  async hang(): Promise<void> {
    await this.devTools.send('Debugger.enable');
    await this.devTools.send('Debugger.pause');
  }

  async goOn(): Promise<void> {
    await this.devTools.send('Debugger.disable');
  }

  /** As a browser does with a page that nobody looks at; headless Chromium freezes none. */
  async freeze(): Promise<void> {
    await this.show(false);
    await this.page.evaluate(() => document.dispatchEvent(new Event('freeze')));
    await this.hang();
  }

  async thaw(): Promise<void> {
    await this.goOn();
    await this.page.evaluate(() => document.dispatchEvent(new Event('resume')));
    await this.show(true);
  }

  /** Waits until a publication has come. */
  async got(message: string): Promise<void> {
    await this.page.waitForFunction((wanted) => seen.log.includes(wanted), message);
  }
}

describe('tabs that share a connection', { timeout: 240_000 }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.start({ anonymous: true }, { backForwardCache: true });
    stage.site.file('recorder.js', recorder);
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  /** A page whose script is that of a folder. */
  const address = (user?: string, folder = '/assets') => {
    const tag = stage.tag(user).replace(' defer', ' data-share-tabs defer').replace('/assets', folder);
    return stage.site.page(`${folder}/shared-${user ?? 'guest'}`, {
      head: `${tag}<script src="/files/recorder.js" defer></script>`,
    });
  };

  /** Tabs of one browser, one for each address. */
  const openAll = async (context: BrowserContext, addresses: string[]) => {
    const tabs: Tab[] = [];
    for (const each of addresses) tabs.push(await Tab.open(context, each));
    return tabs;
  };

  const open = async (count: number, user?: string) => {
    const { context, watch } = await stage.visitor();
    const addresses = Array.from({ length: count }, () => address(user));
    const tabs = await openAll(context, addresses);
    return { tabs, watch };
  };

  const clients = async (): Promise<{ clientId: string }[]> => {
    const response = await fetch(`${stage.server.httpUrl}/api/clients`, {
      headers: { authorization: `Bearer ${stage.apiKey}` },
    });
    return (await response.json()).clients;
  };

  /** Waits for another client than before, and notes how long it took: a figure to read, no bar to fail by. */
  const takenOver = async (act: () => unknown, t: { diagnostic(text: string): void }) => {
    const before = (await clients()).map(({ clientId }) => clientId);
    const from = performance.now();
    await act();
    while ((await clients()).every(({ clientId }) => before.includes(clientId)));
    t.diagnostic(`taken over after ${Math.round(performance.now() - from)} ms`);
  };

  let said = 0;
  /** Publishes, each with a number of its own. */
  const say = async (count: number): Promise<string[]> => {
    const messages = Array.from({ length: count }, () => `${++said}`);
    for (const message of messages) {
      const { status } = await stage.publish({ channel: 'lobby', data: { type: 'message', message } });
      assert.equal(status, 200);
    }
    return messages;
  };

  /** The one with the socket, and the others. */
  const sides = (tabs: Tab[]) => {
    const [leader, ...more] = tabs.filter(({ sockets }) => sockets > 0);
    assert.ok(leader, 'nobody has the socket');
    assert.equal(more.length, 0);
    return { leader, followers: tabs.filter((tab) => tab !== leader) };
  };

  /** What ended may take the server a moment to notice. */
  const untilOne = async () => {
    while ((await clients()).length !== 1);
  };

  /** Every tab has everything, once and in order, and never knew of it. */
  const allGot = async (tabs: Tab[], messages: string[]) => {
    for (const tab of tabs) {
      await tab.got(messages.at(-1) as string);
      const { log, states } = await tab.seen();
      assert.deepEqual(log, messages);
      assert.deepEqual(states.slice(states.indexOf('connected')), ['connected']);
    }
  };

  it('are one to the server, and each gets each message', async () => {
    const { tabs, watch } = await open(5, 'ana');
    const messages = await say(20);
    await allGot(tabs, messages);
    assert.equal((await clients()).length, 1);
    sides(tabs);
    assert.deepEqual(watch.problems, []);
  });

  it('send, each its own, once', async () => {
    const { tabs } = await open(3, 'ana');
    const sent = await Promise.all(
      tabs.map(({ page }, n) => page.evaluate((text) => connection.send('lobby', text), `from ${n}`)),
    );
    assert.deepEqual(sent.map(({ offset }) => offset).sort(), [1, 2, 3]);
    await say(1);
    for (const tab of tabs) {
      await tab.got(`${said}`);
      assert.deepEqual((await tab.seen()).log.slice(0, 3).sort(), ['from 0', 'from 1', 'from 2']);
    }
  });

  it('lose nothing when the leader is closed', async (t) => {
    const { tabs, watch } = await open(5, 'ana');
    const { leader, followers } = sides(tabs);
    const messages = await say(10);
    const [, more] = await Promise.all([takenOver(() => leader.page.close(), t), say(30)]);
    messages.push(...more, ...(await say(1)));
    await allGot(followers, messages);
    await untilOne();
    assert.deepEqual(watch.problems, []);
  });

  it('lose nothing when the leader crashes', async (t) => {
    const { tabs } = await open(5, 'ana');
    const { leader, followers } = sides(tabs);
    const messages = await say(10);
    const crash = () => {
      leader.devTools.send('Page.crash').catch(() => {});
      return leader.page.waitForEvent('crash');
    };
    const [, more] = await Promise.all([takenOver(crash, t), say(30)]);
    messages.push(...more, ...(await say(1)));
    await allGot(followers, messages);
    await untilOne();
  });

  it('lose nothing when the leader is frozen by the browser, which comes back as one of them', async (t) => {
    const { tabs } = await open(5, 'ana');
    const { leader, followers } = sides(tabs);
    const messages = await say(10);
    const [, more] = await Promise.all([takenOver(() => leader.freeze(), t), say(30)]);
    messages.push(...more, ...(await say(1)));
    await allGot(followers, messages);
    await untilOne();
    await leader.thaw();
    messages.push(...(await say(1)));
    await allGot(tabs, messages);
    await untilOne();
  });

  it('lose nothing when the leader hangs, which comes back as one of them', async (t) => {
    const { tabs } = await open(3, 'ana');
    const { leader, followers } = sides(tabs);
    const messages = await say(10);
    const [, more] = await Promise.all([takenOver(() => leader.hang(), t), say(30)]);
    messages.push(...more, ...(await say(1)));
    await allGot(followers, messages);
    await leader.goOn();
    messages.push(...(await say(1)));
    await allGot(tabs, messages);
    await untilOne();
  });

  it('lose nothing when all are hidden, the leader hangs, and one is seen again', async (t) => {
    const { tabs } = await open(3, 'ana');
    const { leader, followers } = sides(tabs);
    for (const tab of tabs) await tab.show(false);
    await leader.hang();
    const messages = await say(10);
    await takenOver(() => followers[1]?.show(true), t);
    await allGot(followers, messages);
    await leader.goOn();
    messages.push(...(await say(1)));
    await allGot(tabs, messages);
    await untilOne();
  });

  it('send once what was on its way when the leader crashed, as guests too', async () => {
    const { tabs } = await open(4);
    const { leader, followers } = sides(tabs);
    await Promise.all(
      followers.map(({ page }, n) =>
        page.evaluate((name) => {
          const numbers = Array.from({ length: 10 }, (_, number) => number);
          const all = numbers.map((number) => connection.send('lobby', `${name}-${number}`));
          Object.assign(globalThis, { sent: Promise.all(all) });
        }, `tab ${n}`),
      ),
    );
    leader.devTools.send('Page.crash').catch(() => {});
    for (const { page } of followers) {
      const ids = await page.evaluate(() => (globalThis as unknown as { sent: Promise<unknown[]> }).sent);
      assert.equal(ids.length, 10);
    }
    const messages = await say(1);
    for (const tab of followers) {
      await tab.got(messages[0] as string);
      const { log } = await tab.seen();
      assert.equal(log.length, 31);
      assert.equal(new Set(log).size, 31);
      for (const n of followers.keys()) {
        const own = log.filter((text) => text.startsWith(`tab ${n}-`));
        assert.deepEqual(
          own,
          Array.from({ length: 10 }, (_, number) => `tab ${n}-${number}`),
        );
      }
    }
    // The server knows a guest's messages again by the session.
    const sessions = tabs.flatMap(({ addresses }) =>
      addresses.map((each) => new URL(each).searchParams.get('session')),
    );
    assert.ok(sessions.length > 1);
    assert.equal(new Set(sessions).size, 1);
  });

  it('keep apart for another user, a guest and another version of the script', async () => {
    for (const name of ['ws-elements.js', 'extras/share-tabs.js']) {
      const code = await readFile(new URL(name, script), 'utf8');
      stage.site.file(`old/${name}`, code.replaceAll(version, `${version}-old`));
    }
    const { context } = await stage.visitor();
    const addresses = [address('ana'), address('ben'), address(), address('ana', '/files/old')];
    const tabs = await openAll(context, addresses);
    assert.deepEqual(
      tabs.map(({ sockets }) => sockets),
      [1, 1, 1, 1],
    );
    assert.equal((await clients()).length, 4);
  });

  it('are kept by the back/forward cache', async () => {
    const { tabs } = await open(3, 'ana');
    const { leader, followers } = sides(tabs);
    const messages = await say(1);
    await allGot(tabs, messages);
    await leader.page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => {
        document.body.dataset.restored = String(persisted);
      });
    });
    await leader.page.goto(stage.site.page('/elsewhere', { body: '<p>Elsewhere</p>' }));
    messages.push(...(await say(3)));
    await allGot(followers, messages);
    await leader.page.evaluate(() => history.back());
    await leader.page.locator('body[data-restored="true"]').waitFor();
    await leader.connected();
    messages.push(...(await say(1)));
    await leader.got(messages.at(-1) as string);
    assert.deepEqual((await leader.seen()).log, messages);
    await allGot(followers, messages);
    await untilOne();
  });

  it('are told when the server stops, and are one again when it is back', async () => {
    const { tabs } = await open(3, 'ana');
    await stage.stopServer();
    for (const { page } of tabs) await page.waitForFunction(() => connection.state === 'reconnecting');
    await stage.startServerAgain();
    for (const tab of tabs) await tab.connected();
    const [message] = await say(1);
    for (const tab of tabs) await tab.got(message as string);
    await untilOne();
  });

  it('have one among them that draws attention', async () => {
    const { tabs } = await open(3, 'ana');
    const primaries = () =>
      Promise.all(
        tabs.map(({ page }) =>
          page.evaluate(async () => {
            // One turn for what is on its way.
            await new Promise((resolve) => setTimeout(resolve));
            return connection.isPrimary;
          }),
        ),
      );
    await say(1);
    await allGot(tabs, [`${said}`]);
    const [primary, ...more] = [...(await primaries()).entries()].filter(([, is]) => is).map(([n]) => n);
    assert.deepEqual(more, []);
    const [gone] = tabs.splice(primary as number, 1);
    await gone?.page.close();
    while ((await primaries()).filter(Boolean).length !== 1);
  });

  it('have each its own socket where the browser has no locks', async () => {
    const { context, watch } = await stage.visitor();
    await context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
    const tabs = await openAll(context, [address('ana'), address('ana')]);
    assert.equal((await clients()).length, 2);
    await allGot(tabs, await say(1));
    assert.deepEqual(watch.problems, []);
  });

  it('have each its own socket where the file beside the script is missing, which is said', async () => {
    stage.site.file('bare/ws-elements.js', await readFile(script, 'utf8'));
    const { context, watch } = await stage.visitor();
    const tabs = await openAll(context, [address('ana', '/files/bare'), address('ana', '/files/bare')]);
    assert.equal((await clients()).length, 2);
    await allGot(tabs, await say(1));
    assert.equal(
      watch.problems.filter((problem) => /warning: ws-elements: extras\/share-tabs\.js: /.test(problem))
        .length,
      2,
    );
  });
});
