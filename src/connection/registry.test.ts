import { expect } from '@open-wc/testing';
import { acquire } from './registry.ts';
import { connectTo } from './testing/connect-to.ts';
import { FakePage } from './testing/fake-page.ts';
import { FakeServer } from './testing/fake-server.ts';

describe('connections of a page', () => {
  let page: FakePage;
  let server: FakeServer;
  beforeEach(() => {
    page = new FakePage();
    server = new FakeServer();
  });
  afterEach(() => {
    server.restore();
    page.restore();
  });

  it('are one for the same URL and identity', () => {
    const identity = { token: 't', tokenUrl: undefined, name: 'Ada' };
    expect(connectTo(server, identity)).to.equal(connectTo(server, { ...identity }));
    expect(server.sockets).to.have.length(1);
  });

  it('are others for another URL, token, token-url or name', () => {
    const all = [
      connectTo(server),
      connectTo(server, { url: 'ws://fake.test/other' }),
      connectTo(server, { token: 't' }),
      connectTo(server, { tokenUrl: 't' }),
      connectTo(server, { name: 't' }),
    ];
    expect(new Set(all).size).to.equal(5);
  });

  it('warn of a bad url, once', () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (text: unknown) => warnings.push(text);
    for (let count = 0; count < 2; count++) acquire({ url: '', warning: 'url: No' });
    console.warn = warn;
    expect(warnings).to.deep.equal(['url: No']);
  });

  it('end a moment after the last release', async () => {
    const connection = connectTo(server);
    connectTo(server);
    await page.wait();
    connection.release();
    await page.wait(60_000);
    expect(connection.state).to.equal('connected');
    connection.release();
    await page.wait(999);
    expect(connection.state).to.equal('connected');
    await page.wait(1);
    expect(connection.state).to.equal('disconnected');
    expect(server.last.state).to.equal('closed');
    expect(connectTo(server)).not.to.equal(connection);
  });

  it('stay for who comes within that moment', async () => {
    const connection = connectTo(server);
    connection.release();
    await page.wait(900);
    expect(connectTo(server)).to.equal(connection);
    await page.wait(60_000);
    expect(connection.state).to.equal('connected');
    expect(server.sockets).to.have.length(1);
  });

  it('are not hurt by a release too many', async () => {
    const connection = connectTo(server);
    connection.release();
    connection.release();
    await page.wait(1000);
    connection.release();
    connection.connect();
    await page.wait(60_000);
    expect(connection.state).to.equal('disconnected');
    expect(server.sockets).to.have.length(1);
  });
});
