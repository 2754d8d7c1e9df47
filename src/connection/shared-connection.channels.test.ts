import { expect } from '@open-wc/testing';
import type { SharedConnection } from './shared-connection.ts';
import { connectTo } from './testing/connect-to.ts';
import { FakePage } from './testing/fake-page.ts';
import { FakeServer } from './testing/fake-server.ts';
import type { ErrorFrame, Publication, SubscriptionOptions } from './types.ts';

describe("a connection's channels", () => {
  let page: FakePage;
  let server: FakeServer;
  let connection: SharedConnection;

  /** What a subscriber is told, in order. */
  const record = (told: unknown[]): SubscriptionOptions => ({
    onPublication: ({ offset, message, type }) => told.push(`${type} ${offset} ${message ?? ''}`.trim()),
    onSubscribed: ({ position, recovered }) =>
      told.push(
        `at ${position?.epoch}:${position?.offset}${recovered === undefined ? '' : ` recovered ${recovered}`}`,
      ),
    onPresence: (people, change) =>
      told.push(
        [
          people.map(({ userId, clientId }) => userId ?? clientId).join(','),
          change?.event,
          change?.person.userId,
        ]
          .filter(Boolean)
          .join(' '),
      ),
    onTyping: ({ clientId }) => told.push(`typing ${clientId}`),
    onError: ({ code }) => told.push(`error ${code}`),
  });
  const framesOf = (type: string) =>
    server.last.sent.filter((frame) => frame.type === type && frame.channel !== 'broadcast');
  const publication = (offset: number, channel = 'lobby') => ({
    type: 'message',
    channel,
    offset,
    clientId: 'x',
    message: `m${offset}`,
    timestamp: '2024-01-01T12:00:00.000Z',
  });
  const subscribed = (more: object, channel = 'lobby') => {
    const { id } = framesOf('subscribe').at(-1) ?? {};
    server.last.receive({ type: 'subscribed', id, channel, epoch: 'e1', offset: 0, ...more });
  };

  beforeEach(async () => {
    page = new FakePage();
    server = new FakeServer();
    connection = connectTo(server);
    await page.wait();
  });
  afterEach(() => {
    server.restore();
    page.restore();
  });
  /** Takes the answers into the test's own hands. */
  const byHand = () => {
    server.restore();
    server = new FakeServer({ auto: false });
    connection = connectTo(server);
    server.last.open();
    server.last.welcome();
  };
  const reconnect = async () => {
    server.last.close();
    while (server.last.state === 'closed') await page.wait(500);
    server.last.open();
    server.last.welcome();
  };

  describe('held by several', () => {
    it('subscribes once, and unsubscribes with the last', async () => {
      const told: unknown[][] = [[], []];
      const [first, second] = told.map((list) => connection.subscribe('lobby', record(list)));
      await page.wait();
      server.publish('lobby', { type: 'message', message: 'Hi' });
      expect(framesOf('subscribe')).to.have.length(1);
      expect(told).to.deep.equal([
        ['at fake:0', 'message 1 Hi'],
        ['at fake:0', 'message 1 Hi'],
      ]);
      first?.unsubscribe();
      await page.wait();
      server.publish('lobby', { type: 'message', message: 'still' });
      second?.unsubscribe();
      second?.unsubscribe();
      await page.wait();
      server.publish('lobby', { type: 'message', message: 'gone' });
      expect(framesOf('unsubscribe')).to.have.length(1);
      expect(told.map((list) => list.at(-1))).to.deep.equal(['message 1 Hi', 'message 2 still']);
    });

    it('takes the same options twice as two holders', async () => {
      const told: unknown[] = [];
      const options = record(told);
      connection.subscribe('lobby', options).unsubscribe();
      connection.subscribe('lobby', options);
      connection.subscribe('lobby', options);
      await page.wait();
      expect(told).to.deep.equal(['at fake:0', 'at fake:0']);
    });

    it('keeps its place for an element that only moves', async () => {
      const subscription = connection.subscribe('lobby');
      await page.wait();
      subscription.unsubscribe();
      await null;
      connection.subscribe('lobby');
      await page.wait();
      expect([framesOf('subscribe').length, framesOf('unsubscribe').length]).to.deep.equal([1, 0]);
    });

    it('tells a later holder where the channel stands and who is there', async () => {
      connection.subscribe('lobby', { presence: true });
      await page.wait();
      server.publish('lobby', { type: 'message', message: 'Hi' });
      const told: unknown[] = [];
      connection.subscribe('lobby', { ...record(told), presence: true });
      await page.wait();
      expect(told).to.deep.equal(['at fake:1', 'client-1']);
      expect(framesOf('subscribe')).to.have.length(1);
    });

    it('tells a later holder that continues elsewhere that something may be missing', async () => {
      connection.subscribe('lobby');
      await page.wait();
      server.publish('lobby', { type: 'message', message: 'Hi' });
      const told: unknown[][] = [[], []];
      connection.subscribe('lobby', { ...record(told[0] as unknown[]), since: 'fake:0' });
      connection.subscribe('lobby', { ...record(told[1] as unknown[]), since: 'fake:1' });
      await page.wait();
      expect(told).to.deep.equal([['at fake:1 recovered false'], ['at fake:1 recovered true']]);
    });

    it('asks for presence when the first who wants it comes', async () => {
      connection.subscribe('lobby');
      await page.wait();
      const told: unknown[] = [];
      connection.subscribe('lobby', { ...record(told), presence: true });
      await page.wait();
      expect(framesOf('subscribe').map(({ presence }) => presence)).to.deep.equal([undefined, true]);
      expect(told.at(-1)).to.equal('client-1');
    });

    it('tells nothing more after unsubscribe(), not even what was on its way', async () => {
      const told: unknown[] = [];
      connection.subscribe('lobby');
      await page.wait();
      connection.subscribe('lobby', record(told)).unsubscribe();
      server.publish('lobby', { type: 'message', message: 'Hi' });
      await page.wait();
      expect(told).to.deep.equal([]);
    });
  });

  describe('and positions', () => {
    it('continue where the page was rendered', () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', { ...record(told), since: 'e1:4' });
      expect(framesOf('subscribe')[0]?.since).to.equal('e1:4');
      subscribed({ offset: 6, recovered: true });
      server.last.receive(publication(5));
      server.last.receive(publication(6));
      server.last.receive(publication(7));
      expect(told).to.deep.equal(['at e1:4 recovered true', 'message 5 m5', 'message 6 m6', 'message 7 m7']);
    });

    it('stand before the handlers run', async () => {
      const seen: unknown[] = [];
      const subscription = connection.subscribe('lobby', {
        onPublication: () => seen.push(subscription.position),
      });
      await page.wait();
      server.publish('lobby', { type: 'message', message: 'Hi' });
      server.publish('lobby', { type: 'message', message: 'Hi' });
      expect(seen).to.deep.equal([
        { epoch: 'fake', offset: 1 },
        { epoch: 'fake', offset: 2 },
      ]);
    });

    it('ask after a reconnect for what came since', async () => {
      byHand();
      connection.subscribe('lobby');
      subscribed({ offset: 3 });
      server.last.receive(publication(4));
      await reconnect();
      expect(framesOf('subscribe').at(-1)?.since).to.equal('e1:4');
    });

    it('advance with each publication that is recovered, so that a cut in between loses none', async () => {
      byHand();
      connection.subscribe('lobby');
      subscribed({ offset: 3 });
      await reconnect();
      subscribed({ offset: 9, recovered: true });
      server.last.receive(publication(4));
      await reconnect();
      expect(framesOf('subscribe').at(-1)?.since).to.equal('e1:4');
    });

    it('drop what was seen already', () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', record(told));
      connection.on('message', () => told.push('on'));
      subscribed({ offset: 3 });
      for (const offset of [3, 4, 4, 1, 5]) server.last.receive(publication(offset));
      expect(told).to.deep.equal(['at e1:3', 'message 4 m4', 'on', 'message 5 m5', 'on']);
    });

    it('say so where something may be missing, and go on from there', async () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', record(told));
      subscribed({ offset: 3 });
      await reconnect();
      subscribed({ offset: 8, recovered: false });
      server.last.receive(publication(9));
      expect(told.slice(1)).to.deep.equal(['at e1:8 recovered false', 'message 9 m9']);
    });

    it('do not believe a recovery from another epoch', async () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', { ...record(told), since: 'e0:3' });
      subscribed({ epoch: 'e1', offset: 8, recovered: true });
      expect(told).to.deep.equal(['at e1:8 recovered false']);
    });

    it('know that nothing is missing where they stand at the same place, whatever could be recovered', () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', record(told));
      subscribed({ offset: 3 });
      connection.subscribe('lobby', { presence: true });
      server.last.receive(publication(4));
      subscribed({ offset: 4, recovered: false });
      expect(told).to.deep.equal(['at e1:3', 'message 4 m4', 'at e1:4 recovered true']);
    });

    it('begin anew where the server says so under way', () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', record(told));
      subscribed({ offset: 300 });
      server.last.receive({ type: 'subscribed', channel: 'lobby', epoch: 'e2', offset: 0, recovered: false });
      server.last.receive(publication(1));
      expect(told).to.deep.equal(['at e1:300', 'at e2:0 recovered false', 'message 1 m1']);
    });

    it('ask again at a gap, and deliver nothing behind it before it is closed', () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', record(told));
      subscribed({ offset: 3 });
      server.last.receive(publication(6));
      server.last.receive(publication(7));
      expect(told).to.deep.equal(['at e1:3']);
      expect(framesOf('subscribe').map(({ since }) => since)).to.deep.equal([undefined, 'e1:3']);
      subscribed({ offset: 7, recovered: true });
      for (const offset of [4, 5, 6, 7, 8]) server.last.receive(publication(offset));
      expect(told.slice(1)).to.deep.equal([
        'at e1:3 recovered true',
        ...[4, 5, 6, 7, 8].map((offset) => `message ${offset} m${offset}`),
      ]);
    });

    it('tell a gap that cannot be closed', () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', record(told));
      subscribed({ offset: 3 });
      server.last.receive(publication(6));
      subscribed({ offset: 6, recovered: false });
      server.last.receive(publication(7));
      expect(told.slice(1)).to.deep.equal(['at e1:6 recovered false', 'message 7 m7']);
    });

    it('are dropped where the server invalidates the state, and that is a gap', async () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', record(told));
      subscribed({ offset: 3 });
      server.last.close(4003);
      await page.wait(1000);
      server.last.open();
      server.last.welcome();
      expect(framesOf('subscribe').at(-1)?.since).to.equal(undefined);
      subscribed({ offset: 9 });
      expect(told).to.deep.equal(['at e1:3', 'at e1:9 recovered false']);
    });

    it('ignore a since that is none, and an answer to another question', () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', { ...record(told), since: 'nonsense' });
      expect(framesOf('subscribe')[0]?.since).to.equal(undefined);
      server.last.receive({ type: 'subscribed', id: 'other', channel: 'lobby', epoch: 'e9', offset: 1 });
      expect(told).to.deep.equal([]);
    });
  });

  describe('refused', () => {
    it('tell why, and try again on the next socket', async () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', record(told));
      const { id } = framesOf('subscribe')[0] ?? {};
      server.last.receive({ type: 'error', id, channel: 'lobby', code: 'forbidden', message: 'no' });
      expect(told).to.deep.equal(['error forbidden']);
      expect(connection.state).to.equal('connected');
      await page.wait(20_000);
      expect(framesOf('subscribe')).to.have.length(1);
      await reconnect();
      expect(framesOf('subscribe')).to.have.length(1);
    });

    it('tell that the server ended one', () => {
      byHand();
      const errors: ErrorFrame[] = [];
      connection.subscribe('lobby', { onError: (error) => errors.push(error) });
      subscribed({});
      server.last.receive({ type: 'unsubscribed', channel: 'lobby' });
      expect(errors.map(({ type, code, channel }) => [type, code, channel])).to.deep.equal([
        ['error', 'forbidden', 'lobby'],
      ]);
    });

    it('wait where the server says too many', async () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', record(told));
      const { id } = framesOf('subscribe')[0] ?? {};
      server.last.receive({ type: 'error', id, code: 'rate_limited', message: 'wait', retryAfter: 7000 });
      await page.wait(6999);
      expect(framesOf('subscribe')).to.have.length(1);
      await page.wait(1);
      expect(framesOf('subscribe')).to.have.length(2);
      subscribed({ offset: 2 });
      expect(told).to.deep.equal(['at e1:2']);
    });
  });

  describe('and people', () => {
    it('are listed, joined and left, each once', () => {
      byHand();
      const told: unknown[] = [];
      const subscription = connection.subscribe('lobby', { ...record(told), presence: true });
      subscribed({});
      const presence = (event: string, ...users: object[]) =>
        server.last.receive({ type: 'presence', channel: 'lobby', event, users });
      presence('state', { userId: '1' }, { clientId: 'g1' });
      presence('join', { userId: '2', name: 'Bo' });
      presence('join', { userId: '2', name: 'Bob' });
      presence('leave', { userId: '1' });
      presence('leave', { userId: '9' });
      expect(told).to.deep.equal([
        'at e1:0',
        '1,g1',
        '1,g1,2 join 2',
        '1,g1,2 join 2',
        'g1,2 leave 1',
        'g1,2 leave 9',
      ]);
      expect(subscription.people).to.deep.equal([{ clientId: 'g1' }, { userId: '2', name: 'Bob' }]);
    });
  });

  describe('and typing', () => {
    it('is told to holders', () => {
      byHand();
      const told: unknown[] = [];
      connection.subscribe('lobby', record(told));
      server.last.receive({ type: 'typing', channel: 'lobby', clientId: 'c9' });
      expect(told).to.deep.equal(['typing c9']);
    });

    it('is sent at most once in 3 s a channel, and never kept for later', async () => {
      connection.typing('lobby');
      connection.typing('lobby');
      connection.typing('orders');
      await page.wait(3000);
      connection.typing('orders');
      expect(
        server.last.sent.filter(({ type }) => type === 'typing').map(({ channel }) => channel),
      ).to.deep.equal(['lobby', 'orders', 'orders']);
      connection.disconnect();
      connection.typing('lobby');
      connection.connect();
      await page.wait();
      expect(framesOf('typing')).to.deep.equal([]);
    });
  });

  describe('on(type)', () => {
    it('hears every channel that the page follows, broadcast by itself, and no other', async () => {
      const seen: unknown[] = [];
      connection.on('data_update', ({ channel, entity }) => seen.push([channel, entity]));
      connection.subscribe('orders');
      await page.wait();
      server.publish('broadcast', { type: 'data_update', entity: 'a' });
      server.publish('orders', { type: 'data_update', entity: 'b' });
      server.publish('elsewhere', { type: 'data_update', entity: 'c' });
      server.last.receive({ type: 'data_update', entity: 'd', channel: 'unfollowed', offset: 1 });
      expect(seen).to.deep.equal([
        ['broadcast', 'a'],
        ['orders', 'b'],
      ]);
    });

    it('hears what is sent to this client alone', () => {
      const seen: Publication[] = [];
      connection.on('notification', (publication) => seen.push(publication));
      server.last.receive({ type: 'notification', title: 'For you', clientId: 'server' });
      expect(seen.map(({ title }) => title)).to.deep.equal(['For you']);
    });

    it('stops when it is told to, also while it hears', () => {
      const seen: string[] = [];
      const stop = connection.on('price', () => {
        seen.push('first');
        stop();
      });
      connection.on('price', () => seen.push('second'));
      server.last.receive({ type: 'price' });
      server.last.receive({ type: 'price' });
      expect(seen).to.deep.equal(['first', 'second', 'second']);
    });
  });

  describe('ws-message', () => {
    it('tells the document of types that no element knows, with the connection', () => {
      const details: unknown[] = [];
      const listen = (event: Event) => details.push((event as CustomEvent).detail);
      document.addEventListener('ws-message', listen);
      for (const type of [
        'price',
        'message',
        'notification',
        'data_update',
        'status_update',
        'user_activity',
        'pong',
      ]) {
        server.last.receive({ type, amount: 1 });
      }
      document.removeEventListener('ws-message', listen);
      expect(details).to.deep.equal([{ message: { type: 'price', amount: 1 }, connection }]);
    });
  });
});
