import { expect } from '@open-wc/testing';
import { MAX_AGE, MAX_LENGTH } from './outbox.ts';
import { closeAll } from './registry.ts';
import { forgetServers } from './shared-connection.ts';
import { connectTo } from './testing/connect-to.ts';
import { FakePage, tokenAnswer } from './testing/fake-page.ts';
import { FakeServer, type FakeServerOptions, type FakeSocket } from './testing/fake-server.ts';

/** As far as a client reads it. */
const tokenOf = (sub: string) => `x.${btoa(JSON.stringify({ sub }))}.x`;

const STORED = 'ws-elements:outbox';

describe('what a page leaves to the next one in its tab', () => {
  let page: FakePage;
  let server: FakeServer;
  const serve = (options: FakeServerOptions = {}) => {
    server?.restore();
    server = new FakeServer({ auto: false, userId: 'ana', ...options });
  };
  const open = () => {
    server.last.open();
    server.last.welcome();
  };
  const messagesOf = (socket?: FakeSocket) => (socket?.sent ?? []).filter(({ type }) => type === 'message');
  const messages = () => messagesOf(server.last);
  /** How many the user was told of, each time. */
  const listenToDropped = () => {
    const told: number[] = [];
    const hear = (event: Event) => told.push((event as CustomEvent).detail.dropped);
    document.addEventListener('ws-outbox-dropped', hear);
    return () => {
      document.removeEventListener('ws-outbox-dropped', hear);
      return told;
    };
  };
  const acknowledge = (id?: string) =>
    server.last.receive({
      type: 'ack',
      id,
      channel: 'lobby',
      epoch: 'e',
      offset: 1,
      timestamp: '2024-01-01T12:00:00.000Z',
    });
  /** The page goes; another one comes, perhaps another user's. With a token nobody has welcomed it yet. */
  const reload = (options: FakeServerOptions = {}, token?: string) => {
    page.hidePage();
    const stored = sessionStorage[STORED];
    closeAll();
    if (stored) sessionStorage[STORED] = stored;
    else delete sessionStorage[STORED];
    forgetServers();
    serve(options);
    const connection = connectTo(server, { token });
    if (!token) open();
    return connection;
  };

  beforeEach(() => {
    page = new FakePage();
    serve();
  });
  afterEach(() => {
    server.restore();
    page.restore();
    delete sessionStorage[STORED];
  });

  it('is sent again under its ids, in order, before anything new', async () => {
    const first = connectTo(server);
    open();
    for (const text of ['1', '2']) first.send('lobby', text, { id: `m${text}` }).catch(() => {});
    server.last.close();
    first.send('lobby', '3', { id: 'm3' }).catch(() => {});
    const second = reload();
    second.send('lobby', '4', { id: 'm4' }).catch(() => {});
    expect(second.pending).to.deep.equal(['m1', 'm2', 'm3', 'm4']);
    expect(second.unsent('lobby').map(({ message }) => message.message)).to.deep.equal(['1', '2', '3', '4']);
    for (const id of ['m1', 'm2', 'm3', 'm4']) {
      expect(messages().at(-1)?.id).to.equal(id);
      acknowledge(id);
    }
    expect(second.pending).to.deep.equal([]);
    expect(sessionStorage[STORED]).to.equal('[]');
  });

  it('tells who waits for it what became of it', async () => {
    connectTo(server);
    open();
    connectTo(server)
      .send('lobby', '1', { id: 'm1' })
      .catch(() => {});
    const [unsent] = reload().unsent('lobby');
    acknowledge('m1');
    expect((await unsent?.sent)?.offset).to.equal(1);
  });

  it('is kept before there ever was a connection, where a token says whose it is', async () => {
    const first = connectTo(server, { token: tokenOf('ana') });
    first.send('lobby', '1', { id: 'm1' }).catch(() => {});
    expect(JSON.parse(sessionStorage[STORED])[0][1]).to.equal('ana');
    expect(reload().pending).to.deep.equal(['m1']);
  });

  it('is dropped and told where another user is there now', async () => {
    const told = listenToDropped();
    connectTo(server);
    open();
    connectTo(server)
      .send('lobby', 'secret', { id: 'm1' })
      .catch(() => {});
    const second = reload({ userId: 'ben' });
    expect(second.pending).to.deep.equal([]);
    expect(messages()).to.deep.equal([]);
    expect(told()).to.deep.equal([1]);
    expect(sessionStorage[STORED]).to.equal('[]');
  });

  it('is dropped where it is older than the server knows ids', async () => {
    connectTo(server);
    open();
    connectTo(server)
      .send('lobby', 'old', { id: 'm1' })
      .catch(() => {});
    page.sleep(MAX_AGE);
    expect(reload().pending).to.deep.equal([]);
  });

  it('is nothing of what was acknowledged or refused', async () => {
    const connection = connectTo(server);
    open();
    connection.send('lobby', '1', { id: 'm1' });
    acknowledge('m1');
    const refused = connection.send('lobby', '2', { id: 'm2' });
    server.last.receive({ type: 'error', code: 'forbidden', message: 'No', id: 'm2' });
    await refused.catch(() => {});
    expect(sessionStorage[STORED]).to.equal('[]');
  });

  it('is nothing for a plain server, which could not tell what it has', async () => {
    serve({ plain: true });
    const connection = connectTo(server);
    open();
    connection.send('lobby', '1').catch(() => {});
    page.hidePage();
    expect(sessionStorage[STORED]).to.equal('[]');
  });

  it('reaches a plain server too, where it was given before anybody knew that it is one', async () => {
    serve({ plain: true });
    connectTo(server)
      .send('lobby', '1')
      .catch(() => {});
    const second = reload({ plain: true });
    expect(messages().map(({ message }) => message)).to.deep.equal(['1']);
    server.last.receive({ ...messages()[0] });
    expect(second.pending).to.deep.equal([]);
  });

  it('counts where there is no more room', async () => {
    const text = 'x'.repeat(MAX_LENGTH - 100);
    connectTo(server, { token: tokenOf('ana') })
      .send('lobby', text, { id: 'm1' })
      .catch(() => {});
    const second = reload({}, tokenOf('ana'));
    const sent = second.send('lobby', 'x'.repeat(100)).catch((error) => error.code);
    expect(second.pending).to.deep.equal(['m1']);
    expect(await sent).to.equal('outbox_full');
  });

  it('is dropped and told where nobody is signed in any more', () => {
    connectTo(server, { token: tokenOf('ana') })
      .send('lobby', 'secret', { id: 'm1' })
      .catch(() => {});
    const told = listenToDropped();
    const second = reload({ userId: undefined });
    expect(second.pending).to.deep.equal([]);
    expect(told()).to.deep.equal([1]);
    expect(sessionStorage[STORED]).to.equal('[]');
  });

  for (const order of [
    ['ana', 'ben'],
    ['ben', 'ana'],
  ]) {
    it(`is each user's own where a page has two, in whichever order they are welcomed: ${order}`, () => {
      connectTo(server, { token: tokenOf('ana') })
        .send('lobby', "Ana's", { id: 'a1' })
        .catch(() => {});
      connectTo(server, { token: tokenOf('ben') })
        .send('lobby', "Ben's", { id: 'b1' })
        .catch(() => {});
      const told = listenToDropped();
      reload({}, tokenOf('ana'));
      connectTo(server, { token: tokenOf('ben') });
      const [ana, ben] = server.sockets;
      for (const userId of order) {
        const socket = userId === 'ana' ? ana : ben;
        socket?.open();
        socket?.welcome({ userId });
      }
      expect([ana, ben].map((socket) => messagesOf(socket).map(({ id }) => id))).to.deep.equal([
        ['a1'],
        ['b1'],
      ]);
      expect(told()).to.deep.equal([]);
    });
  }

  it('is of all connections that a user has on a page', () => {
    connectTo(server, { token: tokenOf('ana') })
      .send('lobby', '1', { id: 'm1' })
      .catch(() => {});
    connectTo(server, { token: tokenOf('ana'), name: 'Ana' })
      .send('lobby', '2', { id: 'm2' })
      .catch(() => {});
    const first = reload();
    expect(first.pending).to.deep.equal(['m1', 'm2']);
    connectTo(server, { token: tokenOf('ana') });
    open();
    expect(messages()).to.deep.equal([]);
  });

  describe("another user's", () => {
    /** Ana has written, and goes; Ben is on the page that comes, beside somebody whose token is not there yet. */
    const begin = () => {
      connectTo(server, { token: tokenOf('ana') })
        .send('lobby', 'secret', { id: 'a1' })
        .catch(() => {});
      const told = listenToDropped();
      reload({ userId: 'ben' }, tokenOf('ben'));
      const unknown = connectTo(server, { tokenUrl: '/token' });
      open();
      expect(server.sockets).to.have.length(1);
      return { told, unknown };
    };

    it('waits while somebody may be that user', async () => {
      page.answers = [tokenAnswer(tokenOf('ana'))];
      const { told, unknown } = begin();
      expect(JSON.parse(sessionStorage[STORED])).to.have.length(1);
      await page.wait();
      server.last.open();
      server.last.welcome({ userId: 'ana' });
      expect(unknown.pending).to.deep.equal(['a1']);
      expect(messages().map(({ id }) => id)).to.deep.equal(['a1']);
      expect(told()).to.deep.equal([]);
    });

    it('is dropped and told once nobody is', async () => {
      page.answers = [tokenAnswer(tokenOf('carl'))];
      const { told } = begin();
      await page.wait();
      server.last.open();
      server.last.welcome({ userId: 'carl' });
      expect(server.sockets.flatMap(messagesOf)).to.deep.equal([]);
      expect(told()).to.deep.equal([1]);
      expect(sessionStorage[STORED]).to.equal('[]');
    });

    it('does not wait for a connection that is closed or has another URL', () => {
      connectTo(server, { token: tokenOf('ana') })
        .send('lobby', 'secret', { id: 'a1' })
        .catch(() => {});
      const told = listenToDropped();
      reload({ userId: 'ben' }, tokenOf('ben'));
      connectTo(server, { tokenUrl: '/token' }).close();
      connectTo(server, { tokenUrl: '/token', url: 'ws://fake.test/other' });
      open();
      expect(told()).to.deep.equal([1]);
    });

    it('waits for a page with its URL', () => {
      connectTo(server, { token: tokenOf('ana') })
        .send('lobby', '1', { id: 'a1' })
        .catch(() => {});
      reload({ userId: 'ben' }, tokenOf('ben')).close();
      connectTo(server, { url: 'ws://fake.test/other', token: tokenOf('ben') });
      open();
      expect(reload({}, tokenOf('ana')).pending).to.deep.equal([]);
      open();
      expect(messages().map(({ id }) => id)).to.deep.equal(['a1']);
    });
  });

  it('is in memory alone where storage is full', async () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      const connection = connectTo(server);
      open();
      connection.send('lobby', '1', { id: 'm1' }).catch(() => {});
      expect(messages()).to.have.length(1);
      acknowledge('m1');
      expect(connection.pending).to.deep.equal([]);
    } finally {
      Storage.prototype.setItem = setItem;
    }
  });
});

describe('history()', () => {
  let server: FakeServer;
  afterEach(() => server.restore());

  it('gives a page of what the server keeps', async () => {
    server = new FakeServer({ keeps: true });
    const connection = connectTo(server);
    await server.settle();
    for (const n of [1, 2, 3]) server.publish('lobby', { type: 'message', message: `${n}` });
    const { publications, more } = await connection.history('lobby', { before: 3, limit: 1 });
    expect([publications.map(({ offset }) => offset), more]).to.deep.equal([[2], true]);
    expect((await connection.history('lobby')).publications).to.have.length(3);
  });

  it('is refused in words: without a connection, by a plain server, by the server, by the end of the socket', async () => {
    server = new FakeServer({ auto: false });
    const connection = connectTo(server);
    const code = (asked: Promise<unknown>) => asked.then(String, (error) => error.code);
    expect(await code(connection.history('lobby'))).to.equal('closed');
    server.last.open();
    server.last.welcome();
    const refused = code(connection.history('staff'));
    server.last.receive({ type: 'error', code: 'forbidden', message: 'No', id: server.last.sent.at(-1)?.id });
    expect(await refused).to.equal('forbidden');
    const lost = code(connection.history('lobby'));
    server.last.close();
    expect(await lost).to.equal('closed');
    server.restore();
    server = new FakeServer({ plain: true });
    const plain = connectTo(server);
    await server.settle();
    expect(await code(plain.history('lobby'))).to.equal('closed');
  });
});

describe('a position', () => {
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

  it("is compared with the server's now and then, and a gap is found that nobody told", async () => {
    const connection = connectTo(server);
    const got: unknown[] = [];
    const told: unknown[] = [];
    connection.subscribe('lobby', {
      onPublication: ({ offset }) => got.push(offset),
      onSubscribed: ({ recovered }) => told.push(recovered),
    });
    server.last.open();
    server.last.welcome();
    const asked = () =>
      server.last.sent.filter(({ type, channel }) => type === 'subscribe' && channel === 'lobby');
    server.last.receive({ type: 'subscribed', id: asked()[0]?.id, channel: 'lobby', epoch: 'e', offset: 4 });
    for (let seconds = 0; seconds < 130; seconds += 10) {
      await page.wait(10_000);
      server.last.receive({ type: 'ping' });
    }
    expect(
      asked()
        .slice(1)
        .map(({ since }) => since),
    ).to.deep.equal(['e:4']);
    const { id } = asked()[1] ?? {};
    server.last.receive({ type: 'subscribed', id, channel: 'lobby', epoch: 'e', offset: 5, recovered: true });
    server.last.receive({ type: 'message', channel: 'lobby', offset: 5, message: 'missed' });
    expect(got).to.deep.equal([5]);
    expect(told).to.deep.equal([undefined]);
  });

  it('of the page that was rendered is where broadcast goes on', () => {
    const script = document.createElement('script');
    Object.assign(script, { type: 'text/plain', src: '/assets/ws-elements.js' });
    Object.assign(script.dataset, { url: server.url, since: 'e:7' });
    document.head.append(script);
    try {
      connectTo(server);
      server.last.open();
      server.last.welcome();
      expect(server.last.sent.find(({ channel }) => channel === 'broadcast')?.since).to.equal('e:7');
    } finally {
      script.remove();
    }
  });
});
