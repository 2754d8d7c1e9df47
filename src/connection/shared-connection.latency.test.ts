import { expect } from '@open-wc/testing';
import { connectTo } from './testing/connect-to.ts';
import { FakePage } from './testing/fake-page.ts';
import { FakeServer } from './testing/fake-server.ts';

describe('latency of a connection', () => {
  let page: FakePage;
  let server: FakeServer;

  beforeEach(() => {
    page = new FakePage();
    server = new FakeServer({ auto: false });
  });
  afterEach(() => {
    server.restore();
    page.restore();
  });

  const connect = (options?: object) => {
    const connection = connectTo(server);
    server.last.open();
    server.last.welcome(options);
    return connection;
  };
  const pings = () => server.last.sent.filter(({ type }) => type === 'ping').length;

  it('is unknown before it was measured', () => {
    expect(connect().latency).to.equal(undefined);
  });

  it('is the time from ping() to the answer', async () => {
    const connection = connect();
    connection.ping();
    expect(pings()).to.equal(1);
    await page.wait(42);
    server.last.receive({ type: 'pong' });
    expect(connection.latency).to.equal(42);
  });

  it('is that of the last answer, also while the next is awaited', async () => {
    const connection = connect();
    for (const ms of [42, 7]) {
      connection.ping();
      await page.wait(ms);
      server.last.receive({ type: 'pong' });
    }
    connection.ping();
    await page.wait(500);
    expect(connection.latency).to.equal(7);
  });

  it('is asked for once, however many ask before the answer', async () => {
    const connection = connect();
    connection.ping();
    await page.wait(100);
    connection.ping();
    expect(pings()).to.equal(1);
    await page.wait(50);
    server.last.receive({ type: 'pong' });
    expect(connection.latency).to.equal(150);
  });

  it('is not asked for before it is connected', () => {
    const connection = connectTo(server);
    connection.ping();
    server.last.open();
    connection.ping();
    server.last.welcome();
    expect(pings()).to.equal(0);
  });

  it('is not asked of a plain server, which has no answer', () => {
    server.restore();
    server = new FakeServer({ auto: false, plain: true });
    connect().ping();
    expect(pings()).to.equal(0);
  });

  it('shows that a connection is dead where nothing answers', async () => {
    const connection = connect();
    connection.ping();
    await page.wait(60_000);
    expect(server.sockets.length).to.be.greaterThan(1);
    expect(connection.state).to.equal('reconnecting');
  });
});
