import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { MAX_MESSAGES } from './outbox.ts';
import type { SharedConnection } from './shared-connection.ts';
import { connectTo } from './testing/connect-to.ts';
import { FakePage } from './testing/fake-page.ts';
import { FakeServer } from './testing/fake-server.ts';
import type { Acknowledgement, SendError } from './types.ts';

describe('send()', () => {
  let page: FakePage;
  let server: FakeServer;
  let connection: SharedConnection;

  const messages = (socket = server.last) => socket.sent.filter(({ id, type }) => id && type !== 'subscribe');
  const acknowledge = (offset = 1, { id, channel } = messages().at(-1) ?? { type: '' }) =>
    server.last.receive({
      type: 'ack',
      id,
      channel,
      epoch: 'e1',
      offset,
      timestamp: '2024-01-01T12:00:00.000Z',
    });
  const fail = (code: string, more: object = {}) =>
    server.last.receive({ type: 'error', code, message: `was ${code}`, id: messages().at(-1)?.id, ...more });
  /** What became of it, as far as it has. */
  const follow = (promise: Promise<Acknowledgement>) => {
    const fate: { acknowledgement?: Acknowledgement; error?: SendError } = {};
    promise.then(
      (acknowledgement) => {
        fate.acknowledgement = acknowledgement;
      },
      (error) => {
        fate.error = error;
      },
    );
    return fate;
  };
  const reconnect = async (code?: number) => {
    server.last.close(code);
    while (server.last.state === 'closed') await page.wait(2000);
    server.last.open();
    server.last.welcome();
  };

  beforeEach(() => {
    page = new FakePage();
    server = new FakeServer({ auto: false });
    connection = connectTo(server);
    server.last.open();
    server.last.welcome();
  });
  afterEach(() => {
    server.restore();
    page.restore();
  });

  it('resolves with where the message stands once the server has it', async () => {
    const fate = follow(connection.send('lobby', 'Hi', { id: 'a1' }));
    expect(messages()).to.deep.equal([{ type: 'message', id: 'a1', channel: 'lobby', message: 'Hi' }]);
    expect(connection.pending).to.deep.equal(['a1']);
    acknowledge(7);
    await page.wait();
    expect(fate.acknowledgement).to.deep.equal({
      id: 'a1',
      channel: 'lobby',
      epoch: 'e1',
      offset: 7,
      timestamp: '2024-01-01T12:00:00.000Z',
    });
    expect(connection.pending).to.deep.equal([]);
  });

  it('sends messages of other types as they are, with an id of its own', () => {
    follow(connection.send('board', { type: 'move', from: 'e2', to: 'e4', id: 'mine', channel: 'other' }));
    const [{ id, ...frame }] = messages() as unknown as [Record<string, unknown>];
    expect(frame).to.deep.equal({ type: 'move', from: 'e2', to: 'e4', channel: 'board' });
    expect(id).to.match(/^[0-9a-z]{20}$/);
  });

  it('keeps what the page changes afterwards out of what it sends', () => {
    const move = { type: 'move', to: 'e4' };
    connection.disconnect();
    follow(connection.send('board', move));
    move.to = 'e5';
    connection.connect();
    server.last.open();
    server.last.welcome();
    expect(messages()[0]?.to).to.equal('e4');
  });

  it('keeps order: the next goes when the one before has its answer', async () => {
    for (const text of ['a', 'b', 'c']) follow(connection.send('lobby', text));
    expect(messages().map(({ message }) => message)).to.deep.equal(['a']);
    acknowledge(1);
    acknowledge(2);
    expect(messages().map(({ message }) => message)).to.deep.equal(['a', 'b', 'c']);
  });

  it('waits while there is no connection', async () => {
    connection.disconnect();
    const fate = follow(connection.send('lobby', 'later'));
    await page.wait(60_000);
    expect(connection.pending).to.have.length(1);
    connection.connect();
    server.last.open();
    server.last.welcome();
    acknowledge(1);
    await page.wait();
    expect(fate.acknowledgement?.offset).to.equal(1);
  });

  it('sends again after a reconnect with the same id, until it is acknowledged', async () => {
    const fate = follow(connection.send('lobby', 'Hi'));
    follow(connection.send('lobby', 'next'));
    const [{ id }] = messages() as unknown as [{ id: string }];
    for (let turn = 0; turn < 5; turn++) {
      await reconnect();
      expect(messages()).to.deep.equal([{ type: 'message', id, channel: 'lobby', message: 'Hi' }]);
    }
    acknowledge(1);
    await page.wait();
    expect(fate.acknowledgement?.id).to.equal(id);
  });

  it('counts its own publication as well as an ack, and survives both', async () => {
    connection.subscribe('lobby');
    const { id: request } = server.last.sent.at(-1) ?? {};
    server.last.receive({ type: 'subscribed', id: request, channel: 'lobby', epoch: 'e1', offset: 4 });
    const fate = follow(connection.send('lobby', 'Hi', { id: 'a1' }));
    follow(connection.send('lobby', 'next'));
    server.last.receive({
      ...messages()[0],
      offset: 5,
      clientId: 'client-1',
      timestamp: '2024-01-01T12:00:00.000Z',
    });
    acknowledge(5, { id: 'a1', channel: 'lobby', type: 'message' });
    await page.wait();
    expect(fate.acknowledgement).to.deep.include({ id: 'a1', epoch: 'e1', offset: 5 });
    expect(connection.pending).to.have.length(1);
  });

  it('counts its own publication that is recovered after a cut, and that was seen before', async () => {
    connection.subscribe('lobby', { since: 'e1:4' });
    const fate = follow(connection.send('lobby', 'Hi', { id: 'a1' }));
    server.last.receive({
      ...messages()[0],
      offset: 4,
      clientId: 'client-1',
      timestamp: '2024-01-01T12:00:00.000Z',
    });
    await page.wait();
    expect(fate.acknowledgement?.offset).to.equal(4);
  });

  it('rejects with the reason of the server, and goes on', async () => {
    const fate = follow(connection.send('lobby', 'x'.repeat(1001), { id: 'a1' }));
    const next = follow(connection.send('lobby', 'next'));
    fail('message_too_long');
    acknowledge(1);
    await page.wait();
    expect(fate.error).to.be.instanceOf(Error);
    expect({ ...fate.error, message: fate.error?.message }).to.deep.equal({
      name: 'SendError',
      code: 'message_too_long',
      message: 'was message_too_long',
      id: 'a1',
    });
    expect(next.acknowledgement?.offset).to.equal(1);
  });

  it('blames the message in flight where a frame was too large to be read', async () => {
    const fate = follow(connection.send('lobby', 'x'));
    fail('frame_too_large', { id: undefined });
    await page.wait();
    expect(fate.error?.code).to.equal('frame_too_large');
  });

  it('does not blame it for what was said of something else', async () => {
    const fate = follow(connection.send('lobby', 'x'));
    fail('forbidden', { id: undefined, channel: 'elsewhere' });
    fail('forbidden', { id: 'another' });
    acknowledge(1);
    await page.wait();
    expect(fate.acknowledgement?.offset).to.equal(1);
  });

  it('waits as long as a rate limit says, then sends again, in order', async () => {
    const fates = ['a', 'b'].map((text) => follow(connection.send('lobby', text)));
    fail('rate_limited', { retryAfter: 30_000 });
    follow(connection.send('lobby', 'c'));
    await page.wait(29_999);
    expect(messages()).to.have.length(1);
    await page.wait(1);
    expect(messages().map(({ message }) => message)).to.deep.equal(['a', 'a']);
    acknowledge(1);
    acknowledge(2);
    await page.wait();
    expect(messages().map(({ message }) => message)).to.deep.equal(['a', 'a', 'b', 'c']);
    expect(fates.every(({ acknowledgement }) => acknowledgement)).to.equal(true);
  });

  it('fails with the second close that blames a frame, and not before', async () => {
    for (const code of [1002, 1003, 1007, 1009]) {
      const fate = follow(connection.send('lobby', `${code}`));
      const next = follow(connection.send('lobby', 'next'));
      await reconnect(code);
      expect(fate.error).to.equal(undefined);
      await reconnect(1006);
      expect(fate.error).to.equal(undefined);
      await reconnect(code);
      expect(fate.error?.code).to.equal('closed');
      acknowledge(1);
      await page.wait();
      expect(next.acknowledgement?.offset, `${code}`).to.equal(1);
    }
  });

  it('takes a server that does not answer within 15 s for dead', async () => {
    const fate = follow(connection.send('lobby', 'Hi'));
    for (let turn = 0; turn < 3; turn++) {
      await page.wait(4000);
      server.last.receive({ type: 'ping' });
    }
    expect(connection.state).to.equal('connected');
    await page.wait(3000);
    expect(connection.state).to.equal('reconnecting');
    expect(fate.error).to.equal(undefined);
  });

  it('rejects what is refused for good, and everything after', async () => {
    const fate = follow(connection.send('lobby', 'Hi'));
    server.last.close(4501);
    const after = follow(connection.send('lobby', 'Hi'));
    await page.wait();
    expect([fate.error?.code, after.error?.code]).to.deep.equal(['refused', 'refused']);
    expect(connection.pending).to.deep.equal([]);
  });

  it('rejects what a closed connection never sent', async () => {
    connection.disconnect();
    const fate = follow(connection.send('lobby', 'Hi'));
    connection.release();
    await page.wait(1000);
    const after = follow(connection.send('lobby', 'Hi'));
    await page.wait();
    expect([fate.error?.code, after.error?.code]).to.deep.equal(['closed', 'closed']);
  });

  it('rejects what has no room', async () => {
    connection.disconnect();
    for (let count = 0; count < MAX_MESSAGES; count++) follow(connection.send('lobby', 'x'));
    const fate = follow(connection.send('lobby', 'x'));
    await page.wait();
    expect(fate.error?.code).to.equal('outbox_full');
    expect(connection.pending).to.have.length(MAX_MESSAGES);
  });

  it("rejects the protocol's own types", async () => {
    const fate = follow(connection.send('lobby', { type: 'unsubscribe' }));
    await page.wait();
    expect(fate.error?.code).to.equal('unsupported_type');
    expect(messages()).to.deep.equal([]);
  });

  it('rejects what is no JSON rather than to throw', async () => {
    const circular: { type: string; self?: unknown } = { type: 'x' };
    circular.self = circular;
    const fate = follow(connection.send('lobby', circular));
    await page.wait();
    expect(fate.error).to.be.instanceOf(TypeError);
  });

  it('delivers all, once and in order, whatever happens on the way', async function () {
    this.timeout(30_000);
    const act = fc.constantFrom('send', 'send', 'answer', 'answer', 'limit', 'cut', 'cut after', 'blame');
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        server.restore();
        server = new FakeServer({ auto: false });
        connection = connectTo(server);
        server.last.open();
        server.last.welcome();
        const given: string[] = [];
        const kept: string[] = [];
        const fates: ReturnType<typeof follow>[] = [];
        const seen = new Map<unknown, number>();
        /** The server's side: takes a message unless it has its id already. */
        const take = () => {
          const { id, message } = messages().at(-1) ?? { type: '' };
          if (id && !seen.has(id)) kept.push(`${message}`);
          if (id) seen.set(id, seen.get(id) ?? kept.length);
          return seen.get(id) ?? 0;
        };
        for (const one of [...acts, ...acts.filter((act) => act === 'send').map(() => 'answer')]) {
          const inFlight = messages().length > 0 && connection.pending[0] === messages().at(-1)?.id;
          if (one === 'send') {
            given.push(`${given.length}`);
            fates.push(follow(connection.send('lobby', `${given.length - 1}`)));
          } else if (one === 'limit' && inFlight) {
            fail('rate_limited', { retryAfter: 100 });
            await page.wait(100);
          } else if (one === 'answer' && inFlight) {
            acknowledge(take());
          } else if (one.startsWith('cut')) {
            if (one === 'cut after') take();
            await reconnect();
          } else if (one === 'blame' && !inFlight) {
            await reconnect(1009);
          }
        }
        await page.wait();
        expect(kept).to.deep.equal(given);
        expect(fates.map(({ acknowledgement }) => acknowledgement?.offset)).to.deep.equal(
          given.map((_, index) => index + 1),
        );
      }),
      { seed: 7, numRuns: 25 },
    );
  });
});
