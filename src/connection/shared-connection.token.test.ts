import { expect } from '@open-wc/testing';
import { connectTo, statusesOf } from './testing/connect-to.ts';
import { FakePage, tokenAnswer } from './testing/fake-page.ts';
import { FakeServer } from './testing/fake-server.ts';

describe('a token', () => {
  let page: FakePage;
  let server: FakeServer;
  const tokens = () => server.sockets.map(({ query }) => query.get('token'));
  const authTokens = () => server.last.sent.filter(({ type }) => type === 'auth').map(({ token }) => token);
  const byHand = () => {
    server.restore();
    server = new FakeServer({ auto: false });
  };
  const welcome = (tokenExpiresIn?: number) => {
    server.last.open();
    server.last.welcome({ tokenExpiresIn });
  };

  beforeEach(() => {
    page = new FakePage();
    server = new FakeServer();
  });
  afterEach(() => {
    server.restore();
    page.restore();
  });

  describe('that was given', () => {
    it('goes with every socket, and makes a session superfluous', async () => {
      connectTo(server, { token: 'given' });
      await page.wait();
      server.last.close();
      await page.wait(1000);
      expect(tokens()).to.deep.equal(['given', 'given']);
      expect(server.last.query.has('session')).to.equal(false);
    });

    it('that the server does not take is final', async () => {
      const connection = connectTo(server, { token: 'given' });
      server.last.close(1008, 'Invalid authentication');
      expect(connection.status).to.deep.include({ state: 'refused', reason: 'token' });
    });

    it('is what there is to come back with where the state was invalidated', async () => {
      connectTo(server, { token: 'given' });
      await page.wait();
      server.last.close(4003);
      await page.wait(1000);
      expect(tokens()).to.deep.equal(['given', 'given']);
    });
  });

  describe('from a token-url', () => {
    it('is fetched before the first socket, which waits for it', async () => {
      page.answers = [tokenAnswer('t1')];
      const connection = connectTo(server, { tokenUrl: '/token' });
      expect(server.sockets).to.have.length(0);
      await page.wait();
      expect(tokens()).to.deep.equal(['t1']);
      expect(connection.state).to.equal('connected');
    });

    it('is used again while it lasts', async () => {
      page.answers = [tokenAnswer('t1')];
      connectTo(server, { tokenUrl: '/token' });
      await page.wait();
      server.last.close();
      await page.wait(1000);
      expect(tokens()).to.deep.equal(['t1', 't1']);
      expect(page.fetched).to.have.length(1);
    });

    it('is fetched when the one that was given is used up', async () => {
      page.answers = [tokenAnswer('fresh')];
      connectTo(server, { token: 'stale', tokenUrl: '/token' });
      await page.wait();
      server.last.close(1008);
      await page.wait(1000);
      expect(tokens()).to.deep.equal(['stale', 'fresh']);
    });

    it('is final at 401 and 403', async () => {
      for (const status of [401, 403]) {
        page.answers = [async () => new Response('', { status })];
        const connection = connectTo(server, { tokenUrl: `/token?${status}` });
        await page.wait(120_000);
        expect(connection.status).to.deep.include({ state: 'refused', reason: 'token' });
        expect(server.sockets).to.have.length(0);
      }
      expect(page.fetched).to.have.length(2);
    });

    it('is asked for again by backoff after everything else', async () => {
      page.answers = [
        () => Promise.reject(new TypeError('Failed to fetch')),
        async () => new Response('<title>Sign in</title>'),
        async () => new Response('', { status: 503 }),
        tokenAnswer('t1'),
      ];
      const connection = connectTo(server, { tokenUrl: '/token' });
      const seen = statusesOf(connection);
      await page.wait(20_000);
      expect(tokens()).to.deep.equal(['t1']);
      expect(seen).to.include('reconnecting');
      expect(connection.state).to.equal('connected');
    });

    it('is given up after 15 s without an answer, and its late one does no harm', async () => {
      let answer: (response: Response) => void = () => {};
      page.answers = [() => new Promise((resolve) => (answer = resolve)), tokenAnswer('t2')];
      const connection = connectTo(server, { tokenUrl: '/token' });
      await page.wait(20_000);
      expect(tokens()).to.deep.equal(['t2']);
      answer(new Response('', { status: 401 }));
      await page.wait();
      expect(connection.state).to.equal('connected');
    });

    it('is not fetched for a connection that was ended meanwhile', async () => {
      let answer: (response: Response) => void = () => {};
      page.answers = [() => new Promise((resolve) => (answer = resolve))];
      const connection = connectTo(server, { tokenUrl: '/token' });
      connection.disconnect();
      answer(Response.json({ token: 't1' }));
      await page.wait();
      expect(server.sockets).to.have.length(0);
      expect(connection.state).to.equal('disconnected');
    });

    it('answers 1008 with a fresh one once, then it is final', async () => {
      page.answers = [tokenAnswer('t1'), tokenAnswer('t2'), tokenAnswer('t3')];
      byHand();
      const connection = connectTo(server, { tokenUrl: '/token' });
      await page.wait();
      server.last.open();
      server.last.close(1008, 'Invalid authentication');
      expect(connection.state).to.equal('reconnecting');
      await page.wait(1000);
      expect(tokens()).to.deep.equal(['t1', 't2']);
      welcome();
      server.last.close(1008, 'Invalid authentication');
      expect(connection.status).to.deep.include({ state: 'refused', reason: 'token' });
    });

    it('may answer 1008 again after a time that was good', async () => {
      page.answers = [tokenAnswer('t1'), tokenAnswer('t2'), tokenAnswer('t3')];
      const connection = connectTo(server, { tokenUrl: '/token' });
      for (let turn = 0; turn < 2; turn++) {
        await page.wait(1000);
        await page.wait(10_000);
        server.last.close(1008);
        expect(connection.state).to.equal('reconnecting');
      }
      await page.wait(1000);
      expect(tokens()).to.deep.equal(['t1', 't2', 't3']);
    });

    it('is fetched afresh by connect() after it was refused', async () => {
      page.answers = [tokenAnswer('t1'), tokenAnswer('t2'), tokenAnswer('t3')];
      const connection = connectTo(server, { tokenUrl: '/token' });
      await page.wait();
      server.last.close(1008);
      await page.wait(1000);
      server.last.close(1008);
      connection.connect();
      await page.wait();
      expect(tokens()).to.deep.equal(['t1', 't2', 't3']);
      expect(connection.state).to.equal('connected');
    });

    it('is fetched afresh when the server says it expired, or that the state is invalid', async () => {
      page.answers = [tokenAnswer('t1'), tokenAnswer('t2'), tokenAnswer('t3')];
      connectTo(server, { tokenUrl: '/token' });
      await page.wait();
      server.last.close(4004);
      await page.wait(1000);
      server.last.close(4003);
      await page.wait(2000);
      expect(tokens()).to.deep.equal(['t1', 't2', 't3']);
    });

    it('is fetched before a reconnect where it has expired since', async () => {
      page.answers = [tokenAnswer('t1'), tokenAnswer('t2')];
      byHand();
      connectTo(server, { tokenUrl: '/token' });
      await page.wait();
      welcome(60_000);
      page.seen(false);
      server.last.close();
      page.sleep(3_600_000);
      page.seen(true);
      await page.wait();
      expect(tokens()).to.deep.equal(['t1', 't2']);
    });
  });

  describe('in its time', () => {
    it('is renewed on the same socket when four fifths are over, again and again', async () => {
      page.answers = [tokenAnswer('t1'), tokenAnswer('t2'), tokenAnswer('t3')];
      byHand();
      const connection = connectTo(server, { tokenUrl: '/token' });
      await page.wait();
      welcome(60_000);
      const alive = setInterval(() => server.last.receive({ type: 'ping' }), 10_000);
      await page.wait(47_999);
      expect(page.fetched).to.have.length(1);
      await page.wait(1);
      expect(authTokens()).to.deep.equal(['t2']);
      server.last.receive({ type: 'ack', id: server.last.sent.at(-1)?.id, tokenExpiresIn: 60_000 });
      await page.wait(48_000);
      expect(authTokens()).to.deep.equal(['t2', 't3']);
      clearInterval(alive);
      expect(connection.state).to.equal('connected');
      expect(server.sockets).to.have.length(1);
    });

    it('is asked for again while it lasts where the first try fails', async () => {
      page.answers = [tokenAnswer('t1'), async () => new Response('', { status: 500 }), tokenAnswer('t2')];
      byHand();
      connectTo(server, { tokenUrl: '/token' });
      await page.wait();
      welcome(60_000);
      const alive = setInterval(() => server.last.receive({ type: 'ping' }), 10_000);
      await page.wait(48_000);
      expect([page.fetched.length, authTokens()]).to.deep.equal([2, []]);
      await page.wait(11_000);
      clearInterval(alive);
      expect(authTokens()).to.deep.equal(['t2']);
    });

    it("ends with the page's session: 401 is final at once", async () => {
      page.answers = [tokenAnswer('t1'), async () => new Response('', { status: 401 })];
      byHand();
      const connection = connectTo(server, { tokenUrl: '/token' });
      await page.wait();
      welcome(30_000);
      await page.wait(24_000);
      expect(connection.status).to.deep.include({ state: 'refused', reason: 'token' });
      expect(server.last.state).to.equal('closed');
    });

    it('may be longer than timers can tell', async () => {
      page.answers = [tokenAnswer('t1')];
      byHand();
      connectTo(server, { tokenUrl: '/token' });
      await page.wait();
      welcome(1e12);
      await page.wait(20_000);
      expect(page.fetched).to.have.length(1);
    });

    it('is nonsense sometimes, and then not renewed', async () => {
      page.answers = [tokenAnswer('t1')];
      byHand();
      connectTo(server, { tokenUrl: '/token' });
      await page.wait();
      server.last.open();
      server.last.welcome({ tokenExpiresIn: 'soon' });
      await page.wait(20_000);
      expect(page.fetched).to.have.length(1);
    });

    it('may open channels that the one before did not', async () => {
      page.answers = [tokenAnswer('t1'), tokenAnswer('t2')];
      byHand();
      const connection = connectTo(server, { tokenUrl: '/token' });
      await page.wait();
      welcome(10_000);
      connection.subscribe('orders');
      const { id } = server.last.sent.at(-1) ?? {};
      server.last.receive({ type: 'error', id, channel: 'orders', code: 'forbidden', message: 'no' });
      await page.wait(8000);
      server.last.receive({ type: 'ack', id: server.last.sent.at(-1)?.id, tokenExpiresIn: 60_000 });
      expect(server.last.sent.at(-1)).to.deep.include({ type: 'subscribe', channel: 'orders' });
    });
  });

  it('is in no log, event, error or property', async () => {
    localStorage['ws-elements:debug'] = '1';
    const said: string[] = [];
    const real = { debug: console.debug, warn: console.warn };
    console.debug = console.warn = (...values: unknown[]) => said.push(values.join(' '));
    page.answers = [tokenAnswer('SECRET1'), tokenAnswer('SECRET2')];
    byHand();
    // A URL other than any before, so that debug looks anew.
    const { resolveConfiguration } = await import('./configuration.ts');
    resolveConfiguration();
    const connection = connectTo(server, { tokenUrl: '/token', url: 'ws://fake.test/ws?token=SECRET0' });
    const statuses: unknown[] = [];
    connection.onStatusChange((...both) => statuses.push(...both));
    await page.wait();
    welcome(10_000);
    await page.wait(8000);
    const error = await Promise.race([
      connection.send('lobby', 'x').catch((error) => error),
      server.last.close(4500),
    ]);
    delete localStorage['ws-elements:debug'];
    resolveConfiguration();
    Object.assign(console, real);
    expect(authTokens()).to.deep.equal(['SECRET2']);
    expect(said.some((line) => line.includes('auth'))).to.equal(true);
    expect(JSON.stringify([said, statuses, connection, error])).not.to.include('SECRET');
  });
});
