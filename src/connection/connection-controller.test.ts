import { expect, fixture, html } from '@open-wc/testing';
import { customElement } from 'lit/decorators.js';
import { WsElement } from '../elements/base/ws-element.ts';
import { connect } from './connect.ts';
import { ConnectionController, refreshConfiguration } from './connection-controller.ts';
import { FakePage } from './testing/fake-page.ts';
import { FakeServer } from './testing/fake-server.ts';
import type { Connection } from './types.ts';
import { setTransportFactory } from './websocket-transport.ts';

@customElement('test-connected')
class TestConnected extends WsElement {
  readonly changes: string[] = [];
  readonly controller = new ConnectionController(this, (connection, previous) =>
    this.changes.push(`${previous?.url ?? '–'} → ${connection?.url ?? '–'}`),
  );
  override render() {
    return html`${this.controller.status.state}`;
  }
  get shown() {
    return this.shadowRoot?.textContent;
  }
}

const defaultUrl = `ws://${location.host}/ws`;

describe('ConnectionController', () => {
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
  const place = (template = html`<test-connected url="ws://a.test/"></test-connected>`) =>
    fixture<TestConnected>(template);

  it('shows every status to its element', async () => {
    const element = await place();
    await page.wait();
    await element.updateComplete;
    expect(element.shown).to.equal('connected');
    server.last.close();
    await element.updateComplete;
    expect(element.shown).to.equal('reconnecting');
  });

  it('gives one connection to all elements, and to connect()', async () => {
    const elements = await Promise.all([place(), place()]);
    const connection: Connection = connect({ url: 'ws://a.test/' });
    expect(elements.map(({ controller }) => controller.connection)).to.deep.equal([connection, connection]);
    await page.wait();
    expect(server.sockets).to.have.length(1);
  });

  it('has a status before there is a connection', () => {
    const element = document.createElement('test-connected') as TestConnected;
    expect(element.controller.connection).to.equal(undefined);
    expect(element.controller.status).to.deep.equal({ state: 'connecting' });
  });

  it('waits with connecting until attributes that follow at once are there', async () => {
    const element = document.createElement('test-connected') as TestConnected;
    document.body.append(element);
    element.url = 'ws://late.test/';
    await page.wait();
    expect(server.sockets.map(({ url }) => new URL(url).host)).to.deep.equal(['late.test']);
    element.remove();
  });

  it('lets go when the element is removed, and takes it up again', async () => {
    const element = await place();
    const { connection } = element.controller;
    const parent = element.parentNode as Element;
    await page.wait();
    element.remove();
    expect(element.controller.connection).to.equal(undefined);
    parent.append(element);
    await page.wait(5000);
    expect(element.controller.connection).to.equal(connection);
    expect(server.sockets).to.have.length(1);
    element.remove();
    await page.wait(1000);
    expect(connection?.state).to.equal('disconnected');
    expect(element.changes).to.deep.equal([
      '– → ws://a.test/',
      'ws://a.test/ → –',
      '– → ws://a.test/',
      'ws://a.test/ → –',
    ]);
  });

  it('does not come to life in an element that is gone before its update', async () => {
    const element = document.createElement('test-connected') as TestConnected;
    document.body.append(element);
    element.remove();
    await page.wait();
    expect(server.sockets).to.have.length(0);
  });

  it('follows url, token and token-url as they change, and holds the new before it lets go of the old', async () => {
    const element = await place();
    await page.wait();
    const first = element.controller.connection;
    element.setAttribute('url', 'ws://b.test/');
    element.setAttribute('token', 't1');
    await element.updateComplete;
    await page.wait();
    expect(server.last.url).to.include('ws://b.test/?protocol=1&token=t1');
    element.token = 't2';
    await element.updateComplete;
    await page.wait();
    expect(server.last.query.get('token')).to.equal('t2');
    element.removeAttribute('url');
    element.token = undefined;
    element.removeAttribute('token');
    await element.updateComplete;
    expect(element.changes).to.deep.equal([
      '– → ws://a.test/',
      'ws://a.test/ → ws://b.test/',
      'ws://b.test/ → ws://b.test/',
      `ws://b.test/ → ${defaultUrl}`,
    ]);
    await page.wait(1000);
    expect(first?.state).to.equal('disconnected');
  });

  it('looks again when <ws-connection> says so', async () => {
    const holder = await fixture(
      html`<ws-connection url="ws://a.test/"><test-connected></test-connected></ws-connection>`,
    );
    const element = holder.firstElementChild as TestConnected;
    expect(element.controller.connection?.url).to.equal('ws://a.test/');
    holder.setAttribute('url', 'ws://b.test/');
    refreshConfiguration();
    expect(element.controller.connection?.url).to.equal('ws://b.test/');
  });

  it("follows the script tag's data-*", async () => {
    const script = document.createElement('script');
    script.type = 'text/plain';
    script.setAttribute('src', '/assets/ws-elements.js');
    script.dataset.url = 'ws://s.test/';
    document.head.append(script);
    const element = await place(html`<test-connected></test-connected>`);
    expect(element.controller.connection?.url).to.equal('ws://s.test/');
    script.dataset.url = 'ws://s2.test/';
    await page.wait();
    expect(element.controller.connection?.url).to.equal('ws://s2.test/');
    script.remove();
  });

  it('is refused for a bad url, never throws, and recovers with a good one', async () => {
    const real = console.warn;
    console.warn = () => {};
    const element = await place(html`<test-connected url="htp://y"></test-connected>`);
    console.warn = real;
    expect(element.controller.status).to.deep.include({ state: 'refused', reason: 'configuration' });
    expect(element.shown).to.equal('refused');
    element.controller.connection?.connect();
    expect(server.sockets).to.have.length(0);
    const error = await element.controller.connection?.send('lobby', 'x').catch((error) => error);
    expect(error.code).to.equal('refused');
    element.url = 'ws://a.test/';
    await element.updateComplete;
    await page.wait();
    expect(element.controller.status.state).to.equal('connected');
  });

  it('is refused where the browser will not open the URL', async () => {
    const putBack = setTransportFactory(() => {
      throw new DOMException('The URL is insecure', 'SecurityError');
    });
    const element = await place();
    putBack();
    expect(element.controller.status).to.deep.include({ state: 'refused', reason: 'configuration' });
  });
});

describe('connect()', () => {
  it('takes what it is not told from the page, and never throws', () => {
    const server = new FakeServer();
    const real = console.warn;
    const warnings: unknown[] = [];
    console.warn = (text: unknown) => warnings.push(text);
    expect(connect().url).to.equal(defaultUrl);
    const connection = connect({ url: 'htp://z' });
    console.warn = real;
    expect(connection.status).to.deep.equal({ state: 'refused', reason: 'configuration' });
    expect(warnings).to.deep.equal(['connect() url: expected ws:// or wss://, got "htp://z"']);
    server.restore();
  });
});
