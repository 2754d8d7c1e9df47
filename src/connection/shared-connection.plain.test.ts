import { expect } from '@open-wc/testing';
import type { SharedConnection } from './shared-connection.ts';
import { connectTo } from './testing/connect-to.ts';
import { FakePage } from './testing/fake-page.ts';
import { FakeServer } from './testing/fake-server.ts';
import type { Publication, SendError } from './types.ts';

describe('a connection to a plain server', () => {
  let page: FakePage;
  let server: FakeServer;
  let connection: SharedConnection;

  beforeEach(async () => {
    page = new FakePage();
    server = new FakeServer({ plain: true });
    connection = connectTo(server);
    await page.wait();
  });
  afterEach(() => {
    server.restore();
    page.restore();
  });
  const byHand = () => {
    server.restore();
    server = new FakeServer({ plain: true, auto: false });
    connection = connectTo(server);
    server.last.open();
    server.last.welcome();
  };

  it('knows that it is one, and sends nothing that it would not understand', async () => {
    expect([connection.state, connection.plain, connection.limits]).to.deep.equal([
      'connected',
      true,
      undefined,
    ]);
    const subscription = connection.subscribe('lobby', { presence: true });
    connection.typing('lobby');
    page.seen(true);
    page.networked(false);
    subscription.unsubscribe();
    await page.wait(60_000);
    expect(server.last.sent).to.deep.equal([]);
    expect(connection.state).to.equal('connected');
  });

  it("sends the documentation's four fields, and resolves by the echo", async () => {
    const { timestamp } = await connection.send('lobby', 'Hello');
    expect(server.last.sent).to.deep.equal([
      { type: 'message', clientId: 'client-1', message: 'Hello', timestamp: '2024-01-01 12:00:00' },
    ]);
    expect(timestamp).to.equal('2024-01-01T12:00:00.000Z');
  });

  it('tells the lobby of messages and broadcast of everything else, times in ISO', async () => {
    const told: unknown[] = [];
    const tell = (channel: string) =>
      connection.subscribe(channel, {
        onPublication: ({ type, timestamp }: Publication) => told.push([channel, type, timestamp]),
        onSubscribed: (result) => told.push([channel, result]),
      });
    tell('lobby');
    tell('broadcast');
    await page.wait();
    server.last.receive({ type: 'message', clientId: 'x', message: 'Hi', timestamp: '2024-01-01 11:00:00' });
    server.last.receive({ type: 'notification', title: 'New', timestamp: '2024-01-01T11:00:00Z' });
    server.last.receive({ type: 'status_update', system: 's', status: 'online' });
    server.last.receive({ type: 'data_update', entity: 'products', timestamp: 'yesterday' });
    expect(told).to.deep.equal([
      ['lobby', { position: undefined, recovered: undefined }],
      ['broadcast', { position: undefined, recovered: undefined }],
      ['lobby', 'message', '2024-01-01T11:00:00.000Z'],
      ['broadcast', 'notification', '2024-01-01T11:00:00.000Z'],
      ['broadcast', 'status_update', undefined],
      ['broadcast', 'data_update', undefined],
    ]);
  });

  it('has the lobby and broadcast only, and says so', async () => {
    const codes: string[] = [];
    const options = { onError: ({ code }: { code: string }) => codes.push(code) };
    connection.subscribe('orders', options);
    await page.wait();
    connection.subscribe('orders', options);
    await page.wait();
    expect(codes[0]).to.equal('unsupported_type');
    expect(codes).to.have.length(3);
    const error: SendError = await connection.send('orders', 'Hi').catch((error) => error);
    expect(error.code).to.equal('unsupported_type');
  });

  it("does not take another client's words for its own", async () => {
    byHand();
    let done = false;
    connection.send('lobby', 'Hi').then(() => {
      done = true;
    });
    server.last.receive({
      type: 'message',
      clientId: 'other',
      message: 'Hi',
      timestamp: '2024-01-01 12:00:00',
    });
    server.last.receive({
      type: 'message',
      clientId: 'client-1',
      message: 'Ho',
      timestamp: '2024-01-01 12:00:00',
    });
    await page.wait();
    expect(done).to.equal(false);
    server.last.receive({
      type: 'message',
      clientId: 'client-1',
      message: 'Hi',
      timestamp: '2024-01-01 12:00:00',
    });
    await page.wait();
    expect(done).to.equal(true);
  });

  it("rejects with the server's error, which names no message", async () => {
    byHand();
    const sent = connection.send('lobby', 'Hi').catch((error) => error);
    server.last.receive({ type: 'error', message: 'Rate limit exceeded' });
    expect((await sent).message).to.equal('Rate limit exceeded');
  });

  it('keeps what was not sent yet, and tells what may have been lost rather than to say it twice', async () => {
    byHand();
    const first = connection.send('lobby', 'in flight').catch((error: SendError) => error.code);
    const second = connection.send('lobby', 'waiting').then(({ channel }) => channel);
    server.last.close();
    expect(await first).to.equal('closed');
    await page.wait(1000);
    server.last.open();
    server.last.welcome();
    expect(server.last.sent.map(({ message }) => message)).to.deep.equal(['waiting']);
    server.last.receive({ ...server.last.sent[0] });
    expect(await second).to.equal('lobby');
  });

  it('tells a subscriber after every reconnect that something may be missing', async () => {
    const told: unknown[] = [];
    connection.subscribe('lobby', { onSubscribed: ({ recovered }) => told.push(recovered) });
    await page.wait();
    server.last.close();
    await page.wait(1000);
    expect(told).to.deep.equal([undefined, false]);
  });

  it('notices when the server has learnt the protocol, and when it has forgotten it', async () => {
    server.last.close();
    server.options.plain = false;
    await page.wait(2000);
    expect(connection.plain).to.equal(false);
    expect(server.last.channels.has('broadcast')).to.equal(true);
    server.last.close();
    server.options.plain = true;
    await page.wait(4000);
    expect(connection.plain).to.equal(true);
    expect((await connection.send('lobby', 'Hi')).channel).to.equal('lobby');
  });
});
