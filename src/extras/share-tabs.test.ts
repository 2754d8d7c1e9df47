import { expect } from '@open-wc/testing';
import type { SharedConnection } from '../connection/shared-connection.ts';
import { connectTo } from '../connection/testing/connect-to.ts';
import { FakeServer } from '../connection/testing/fake-server.ts';

/** As a server signs them; the signature is not looked at here. */
const token = (claims: object) => `h.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.signature`;

/** Tabs of one page: each connection is one, since their tokens are not the same. */
describe('share-tabs', () => {
  let server: FakeServer;
  let user: string;
  let opened: number;
  beforeEach(() => {
    server = new FakeServer();
    // Each test's own, so that none meets what another leaves.
    user = `${Math.random()}`;
    opened = 0;
  });
  afterEach(() => server.restore());

  const open = (sub = user) => {
    opened += 1;
    return connectTo(server, { token: token({ sub, exp: opened }), shareTabs: true });
  };
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve));
  };
  const connected = async (...connections: SharedConnection[]) => {
    for (const connection of connections) await until(() => connection.state === 'connected');
  };

  it('gives the connections of one user one socket, and those of another their own', async () => {
    const [first, second, other] = [open(), open(), open(`${user}-other`)];
    await connected(first, second, other);
    expect(server.sockets.length).to.equal(2);
  });

  it('goes on with the next when the leader ends, without a word', async () => {
    const first = open();
    await connected(first);
    const second = open();
    await connected(second);
    const states: string[] = [];
    second.onStatusChange(({ state }) => states.push(state));
    const got: unknown[] = [];
    let isFollowed = false;
    second.subscribe('lobby', {
      onPublication: ({ message }) => got.push(message),
      onSubscribed: () => {
        isFollowed = true;
      },
    });
    await until(() => isFollowed);
    server.publish('lobby', { type: 'message', message: 'before' });
    await until(() => got.length === 1);
    first.close();
    await until(() => server.sockets.length === 2 && server.last.channels.has('lobby'));
    server.publish('lobby', { type: 'message', message: 'after' });
    await until(() => got.length > 1);
    expect(got).to.deep.equal(['before', 'after']);
    expect(states).to.deep.equal([]);
    expect(server.sockets.map(({ state }) => state)).to.deep.equal(['closed', 'open']);
  });

  it('lets one draw attention, and the other when that one ends', async () => {
    const first = open();
    await connected(first);
    await until(() => first.isPrimary);
    const second = open();
    await connected(second);
    // Both are seen: it is the one that came last.
    await until(() => second.isPrimary && !first.isPrimary);
    let isTold = false;
    document.addEventListener('ws-primary-change', () => {
      isTold = first.isPrimary;
    });
    second.close();
    await until(() => first.isPrimary);
    expect(isTold).to.equal(true);
  });

  it('tells each the code that the server closed with', async () => {
    const [first, second] = [open(), open()];
    await connected(first, second);
    server.last.close(4500);
    await until(() => first.state === 'refused' && second.state === 'refused');
    expect([first.status.reason, second.status.reason]).to.deep.equal(['ended', 'ended']);
    expect(server.sockets.length).to.equal(1);
  });

  it('comes to the server with the token of the tab that leads', async () => {
    const first = open();
    await connected(first);
    await until(() => server.last.query.get('token') !== null);
    expect(server.last.query.get('token')).to.equal(token({ sub: user, exp: 1 }));
    const second = open();
    await connected(second);
    first.close();
    await until(() => server.sockets.length === 2);
    expect(server.last.query.get('token')).to.equal(token({ sub: user, exp: 2 }));
  });

  it('leaves each its own socket where locks are forbidden', async () => {
    const { request } = navigator.locks;
    navigator.locks.request = () => Promise.reject(new DOMException('Not here', 'SecurityError'));
    try {
      const [first, second] = [open(), open()];
      await connected(first, second);
      expect(server.sockets.length).to.equal(2);
      expect([first.isPrimary, second.isPrimary]).to.deep.equal([true, true]);
    } finally {
      navigator.locks.request = request;
    }
  });
});
