import { expect } from '@open-wc/testing';
import { connectTo, statusesOf } from './testing/connect-to.ts';
import { FakePage } from './testing/fake-page.ts';
import { FakeServer, type FakeServerOptions } from './testing/fake-server.ts';

describe('a connection', () => {
  let page: FakePage;
  let server: FakeServer;
  const serve = (options?: FakeServerOptions) => {
    server?.restore();
    server = new FakeServer(options);
  };

  beforeEach(() => {
    page = new FakePage();
    serve();
  });
  afterEach(() => {
    server.restore();
    page.restore();
  });

  describe('coming to be', () => {
    it('is connecting until the server says welcome', async () => {
      serve({ auto: false, userId: '7', name: 'Ada' });
      const connection = connectTo(server);
      expect(connection.status.state).to.equal('connecting');
      server.last.open();
      expect(connection.state).to.equal('connecting');
      server.last.welcome();
      expect(connection.state).to.equal('connected');
      const { clientId, userId, name, plain, limits } = connection;
      expect({ clientId, userId, name, plain, limit: limits?.message }).to.deep.equal({
        clientId: 'client-1',
        userId: '7',
        name: 'Ada',
        plain: false,
        limit: 1000,
      });
    });

    it('asks for the protocol and says who it is in the query, and nowhere else', () => {
      const connection = connectTo(server, { url: 'ws://fake.test/ws?room=1', token: 'secret', name: 'Ada' });
      expect(Object.fromEntries(server.last.query)).to.deep.equal({
        room: '1',
        protocol: '1',
        token: 'secret',
        name: 'Ada',
      });
      expect(connection.url).to.equal('ws://fake.test/ws');
    });

    it('brings its session where it has no token, the same on every socket', async () => {
      connectTo(server);
      await page.wait();
      const session = server.last.query.get('session');
      expect(session).to.match(/^[0-9a-z]{20}$/);
      server.last.close();
      await page.wait(1000);
      expect(server.sockets).to.have.length(2);
      expect(server.last.query.get('session')).to.equal(session);
    });

    it('speaks only after welcome, then subscribes to broadcast and all else, one behind the other', () => {
      serve({ auto: false });
      const connection = connectTo(server);
      connection.subscribe('orders');
      connection.subscribe('lobby', { since: 'e1:5', presence: true });
      connection.send('lobby', 'Hi').catch(() => {});
      server.last.open();
      expect(server.last.sent).to.deep.equal([]);
      server.last.welcome();
      expect(server.last.sent.map(({ id: _, ...frame }) => frame)).to.deep.equal([
        { type: 'subscribe', channel: 'broadcast' },
        { type: 'subscribe', channel: 'orders' },
        { type: 'subscribe', channel: 'lobby', since: 'e1:5', presence: true },
        { type: 'message', message: 'Hi', channel: 'lobby' },
      ]);
    });

    it('subscribes without waiting where the same URL has answered with the protocol before', async () => {
      serve({ auto: false });
      connectTo(server);
      server.last.open();
      server.last.welcome();
      server.last.close();
      await page.wait(1000);
      server.last.open();
      expect(server.last.sent.map(({ type, channel }) => [type, channel])).to.deep.equal([
        ['subscribe', 'broadcast'],
      ]);
      server.last.welcome();
      expect(server.last.sent).to.have.length(1);
    });

    it('does not mind what the clock says, be it the first second of 1970', async () => {
      page.clock.setSystemTime(0);
      const connection = connectTo(server);
      await page.wait();
      expect(connection.state).to.equal('connected');
      expect((await connection.send('lobby', 'Hi')).offset).to.equal(1);
    });

    it('tries again when nobody says welcome for 15 s', async () => {
      serve({ auto: false });
      const connection = connectTo(server);
      server.last.open();
      await page.wait(14_999);
      expect(connection.state).to.equal('connecting');
      await page.wait(1);
      expect(connection.state).to.equal('reconnecting');
      expect(server.last.state).to.equal('closed');
    });

    it('listens no more to a socket that it gave up', async () => {
      serve({ auto: false });
      const connection = connectTo(server);
      server.last.open();
      await page.wait(15_000);
      server.last.callbacks.message('{"type":"welcome","protocol":1,"clientId":"late"}');
      server.last.callbacks.close(4500, '');
      expect(connection.state).to.equal('reconnecting');
    });
  });

  describe('lost', () => {
    it('comes back by itself, and says when it tries again', async () => {
      const connection = connectTo(server);
      await page.wait();
      const seen = statusesOf(connection);
      server.last.close(1006);
      expect(connection.status).to.deep.include({ state: 'reconnecting', retryAt: Date.now() + 500 });
      await page.wait(499);
      expect(server.sockets).to.have.length(1);
      await page.wait(1);
      expect(server.sockets).to.have.length(2);
      expect(connection.state).to.equal('connected');
      expect(seen).to.deep.equal(['reconnecting', 'reconnecting', 'connected']);
    });

    it('has no time of a next try while one is under way', async () => {
      serve({ auto: false });
      const connection = connectTo(server);
      server.last.close();
      await page.wait(500);
      expect(connection.status.state).to.equal('reconnecting');
      expect(connection.status.retryAt).to.equal(undefined);
    });

    it('waits longer with every failure, at most 18 s, and never gives up', async () => {
      server.accepting = false;
      page.random = 1;
      const connection = connectTo(server);
      const delays: number[] = [];
      connection.onStatusChange(({ retryAt }) => retryAt && delays.push(retryAt - Date.now()));
      await page.wait(120_000);
      expect(delays.slice(0, 7)).to.deep.equal([900, 1700, 3300, 6500, 12_900, 18_100, 18_100]);
      server.accepting = true;
      await page.wait(20_000);
      expect(connection.state).to.equal('connected');
    });

    it('begins anew with its waits only after 10 s connected', async () => {
      page.random = 1;
      const connection = connectTo(server);
      const nextDelay = () => {
        server.last.close();
        return (connection.status.retryAt ?? 0) - Date.now();
      };
      await page.wait();
      expect(nextDelay()).to.equal(900);
      await page.wait(900);
      await page.wait(9999);
      expect(nextDelay()).to.equal(1700);
      await page.wait(1700);
      await page.wait(10_000);
      expect(nextDelay()).to.equal(900);
    });

    it('reconnects after every close that is not final', async () => {
      const connection = connectTo(server);
      for (const code of [
        1000, 1001, 1005, 1006, 1009, 1011, 1012, 3000, 3999, 4000, 4001, 4002, 4003, 4005, 4006, 4499,
      ]) {
        await page.wait(20_000);
        server.last.close(code);
        expect(connection.state, `${code}`).to.equal('reconnecting');
      }
    });

    it('stays away after a final close, with the reason, and comes when it is asked to', async () => {
      const connection = connectTo(server);
      for (const [code, reason] of [
        [1008, 'token'],
        [4004, 'token'],
        [4500, 'ended'],
        [4501, 'origin'],
        [4502, 'protocol'],
        [4999, 'ended'],
      ] as const) {
        await page.wait();
        server.last.close(code);
        expect(connection.status).to.deep.include({ state: 'refused', reason });
        const { length } = server.sockets;
        page.networked(true);
        page.showPage();
        await page.wait(120_000);
        expect(server.sockets).to.have.length(length);
        connection.connect();
        expect(connection.state).to.equal('connecting');
      }
    });

    it('comes back when a planned close told it to, and not in step with the others', async () => {
      const connection = connectTo(server);
      await page.wait();
      server.last.receive({ type: 'reconnect', after: 30_000 });
      expect(connection.state).to.equal('connected');
      server.last.close(4000);
      expect(connection.status.retryAt).to.equal(Date.now() + 30_500);
      await page.wait(30_500);
      expect(connection.state).to.equal('connected');
      server.last.close();
      expect(connection.status.retryAt).to.be.lessThan(Date.now() + 2000);
    });

    it('takes no nonsense for a delay', async () => {
      const connection = connectTo(server);
      await page.wait();
      server.last.receive({ type: 'reconnect', after: 'soon' });
      server.last.close(4000);
      expect(connection.status.retryAt).to.equal(Date.now() + 500);
    });
  });

  describe('asked by its user', () => {
    it('stays away after disconnect() until connect()', async () => {
      const connection = connectTo(server);
      await page.wait();
      connection.disconnect();
      expect(connection.state).to.equal('disconnected');
      expect(server.last.state).to.equal('closed');
      page.networked(false);
      page.networked(true);
      page.seen(true);
      page.showPage();
      await page.wait(120_000);
      expect(server.sockets).to.have.length(1);
      connection.connect();
      expect(connection.state).to.equal('connecting');
      await page.wait();
      expect(connection.state).to.equal('connected');
    });

    it('tries at once with connect() while it waits', async () => {
      server.accepting = false;
      const connection = connectTo(server);
      await page.wait(60_000);
      server.accepting = true;
      connection.connect();
      await page.wait();
      expect(connection.state).to.equal('connected');
    });

    it('does nothing with connect() while it is connected or tries', async () => {
      const connection = connectTo(server);
      connection.connect();
      await page.wait();
      connection.connect();
      expect(server.sockets).to.have.length(1);
    });

    it('forgets what it had planned with disconnect()', async () => {
      const connection = connectTo(server);
      await page.wait();
      server.last.close();
      connection.disconnect();
      await page.wait(60_000);
      expect(server.sockets).to.have.length(1);
      const { state, retryAt } = connection.status;
      expect({ state, retryAt }).to.deep.equal({ state: 'disconnected', retryAt: undefined });
    });

    it('stays away where it is disconnected by who hears that it reconnects', async () => {
      const connection = connectTo(server);
      await page.wait();
      connection.onStatusChange(({ state }) => state === 'reconnecting' && connection.disconnect());
      server.last.close();
      await page.wait(60_000);
      expect([connection.state, server.sockets.length]).to.deep.equal(['disconnected', 1]);
    });

    it('forgets what the server had planned with disconnect()', async () => {
      const connection = connectTo(server);
      await page.wait();
      server.last.receive({ type: 'reconnect', after: 30_000 });
      connection.disconnect();
      server.accepting = false;
      connection.connect();
      await page.wait();
      expect(connection.status.retryAt).to.equal(Date.now() + 500);
    });

    it('tells status changes, the previous too, until it is told to stop', async () => {
      const connection = connectTo(server);
      const seen: string[] = [];
      const stop = connection.onStatusChange((now, before) => seen.push(`${before.state} → ${now.state}`));
      await page.wait();
      stop();
      connection.disconnect();
      expect(seen).to.deep.equal(['connecting → connected']);
    });

    it('keeps going when a listener throws', async () => {
      const reported: unknown[] = [];
      const real = window.reportError;
      window.reportError = (error) => reported.push(error);
      const connection = connectTo(server);
      const seen = statusesOf(connection);
      const stop = connection.onStatusChange(() => {
        throw new Error('the page is broken');
      });
      const after = statusesOf(connection);
      await page.wait();
      window.reportError = real;
      stop();
      expect([seen, after, reported.length]).to.deep.equal([['connected'], ['connected'], 1]);
    });
  });

  describe('in silence', () => {
    it('answers pings', async () => {
      connectTo(server);
      await page.wait();
      server.last.receive({ type: 'ping' });
      expect(server.last.sent.at(-1)).to.deep.equal({ type: 'pong' });
    });

    it('asks a silent server for a sign of life, and stays when there is one', async () => {
      const connection = connectTo(server);
      await page.wait(40_000);
      expect(server.last.sent.filter(({ type }) => type === 'ping')).to.have.length(1);
      await page.wait(120_000);
      expect(connection.state).to.equal('connected');
      expect(server.sockets).to.have.length(1);
    });

    it('reconnects when there is none within 5 s', async () => {
      serve({ auto: false });
      const connection = connectTo(server);
      server.last.open();
      server.last.welcome();
      await page.wait(32_500);
      expect(server.last.sent.at(-1)).to.deep.equal({ type: 'ping' });
      await page.wait(4999);
      expect(connection.state).to.equal('connected');
      await page.wait(1);
      expect(connection.state).to.equal('reconnecting');
    });

    it('takes any frame for a sign of life, whatever it says', async () => {
      serve({ auto: false });
      const connection = connectTo(server);
      server.last.open();
      server.last.welcome();
      for (let turn = 0; turn < 20; turn++) {
        await page.wait(20_000);
        server.last.callbacks.message('nonsense');
      }
      expect(connection.state).to.equal('connected');
      expect(server.last.sent.some(({ type }) => type === 'ping')).to.equal(false);
    });

    it('survives every kind of nonsense', async () => {
      const connection = connectTo(server);
      await page.wait();
      for (const text of [
        '',
        'x',
        'null',
        '1',
        '[]',
        '"a"',
        '{}',
        '{"type":1}',
        '{"type":null}',
        '{"type":"__proto__"}',
        '{"__proto__":{"type":"ping"}}',
        '{"type":"subscribed"}',
        '{"type":"presence","channel":"broadcast"}',
        '{"type":"history"}',
        '{"type":"ack"}',
        '{"type":"error"}',
      ]) {
        server.last.callbacks.message(text);
      }
      expect(connection.state).to.equal('connected');
      expect((await connection.send('lobby', 'Hi')).offset).to.equal(1);
    });
  });

  describe('on a page that sleeps, hides and travels', () => {
    it('asks for a sign of life right after waking, and reconnects when there is none', async () => {
      serve({ auto: false });
      const connection = connectTo(server);
      server.last.open();
      server.last.welcome();
      page.sleep(3_120_000);
      page.seen(true);
      expect(server.last.sent.at(-1)).to.deep.equal({ type: 'ping' });
      await page.wait(5000);
      expect(connection.state).to.equal('reconnecting');
    });

    it('notices a sleep by the clock alone', async () => {
      serve({ auto: false });
      connectTo(server);
      server.last.open();
      server.last.welcome();
      page.sleep(3_120_000);
      await page.wait(2500);
      expect(server.last.sent.at(-1)).to.deep.equal({ type: 'ping' });
    });

    it('is none the worse for waking twice', async () => {
      const connection = connectTo(server);
      await page.wait();
      const before = server.last.sent.length;
      page.seen(true);
      document.dispatchEvent(new Event('resume'));
      page.showPage();
      page.networked(true);
      expect(server.last.sent.slice(before)).to.deep.equal([{ type: 'ping' }]);
      await page.wait(60_000);
      expect(connection.state).to.equal('connected');
      expect(server.sockets).to.have.length(1);
    });

    it('waits until it is shown before connecting anew, then does not wait', async () => {
      const connection = connectTo(server);
      await page.wait();
      page.seen(false);
      server.last.close();
      await page.wait(120_000);
      expect(server.sockets).to.have.length(1);
      expect(connection.state).to.equal('reconnecting');
      page.seen(true);
      await page.wait();
      expect(connection.state).to.equal('connected');
      expect(server.sockets).to.have.length(2);
    });

    it('keeps the wait that is due when it is shown before its end', async () => {
      const connection = connectTo(server);
      await page.wait();
      page.seen(false);
      server.last.receive({ type: 'reconnect', after: 10_000 });
      server.last.close(4000);
      page.seen(true);
      await page.wait(10_000);
      expect(server.sockets).to.have.length(1);
      await page.wait(1000);
      expect(connection.state).to.equal('connected');
    });

    it('does not wait anew where the clock was set back while it was hidden', async () => {
      const connection = connectTo(server);
      await page.wait();
      page.seen(false);
      server.last.close();
      await page.wait(1000);
      page.sleep(-3_600_000);
      page.seen(true);
      await page.wait();
      expect(connection.state).to.equal('connected');
    });

    it('connects for the first time on a hidden page too', async () => {
      page.seen(false);
      const connection = connectTo(server);
      await page.wait();
      expect(connection.state).to.equal('connected');
    });

    it('tries at once when the network is back', async () => {
      server.accepting = false;
      const connection = connectTo(server);
      await page.wait(60_000);
      server.accepting = true;
      page.networked(true);
      await page.wait();
      expect(connection.state).to.equal('connected');
    });

    it('does not trust a browser that says offline, but asks the server', async () => {
      const connection = connectTo(server);
      await page.wait();
      page.networked(false);
      expect(server.last.sent.at(-1)).to.deep.equal({ type: 'ping' });
      expect(connection.status).to.deep.include({ state: 'connected', offline: true });
      await page.wait(60_000);
      expect(connection.state).to.equal('connected');
      page.networked(true);
      expect(connection.status.offline).to.equal(undefined);
    });

    it('leaves the socket before the page goes into the back/forward cache, and is back with it', async () => {
      const connection = connectTo(server);
      await page.wait();
      page.hidePage();
      expect(server.last.state).to.equal('closed');
      expect(connection.state).to.equal('reconnecting');
      page.showPage();
      await page.wait();
      expect(connection.state).to.equal('connected');
      expect(server.sockets).to.have.length(2);
    });

    it('starts nothing while the page is in there', async () => {
      connectTo(server);
      await page.wait();
      page.seen(false);
      page.hidePage();
      await page.wait(60_000);
      expect(server.sockets).to.have.length(1);
    });
  });
});
