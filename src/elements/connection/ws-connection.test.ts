import { expect, fixture, html } from '@open-wc/testing';
import { FakeServer } from '../../connection/testing/fake-server.ts';
import '../status-indicator/define.ts';
import './define.ts';
import type { WsConnection } from './ws-connection.ts';

describe('<ws-connection>', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(() => server.restore());

  const show = async (template: unknown) => {
    const element = await fixture<WsConnection>(template as never);
    await server.settle();
    return element;
  };
  const addresses = () => server.sockets.map(({ url }) => url.split('?')[0]);

  it('configures what is inside it', async () => {
    await show(html`<ws-connection url="ws://fake.test/a" token="t" name="Ana">
      <p><ws-status-indicator></ws-status-indicator></p>
    </ws-connection>`);
    expect(addresses()).to.deep.equal(['ws://fake.test/a']);
    expect(server.last.query.get('token')).to.equal('t');
    expect(server.last.query.get('name')).to.equal('Ana');
  });

  it('shows nothing itself', async () => {
    const element = await show(html`<ws-connection><p>text</p></ws-connection>`);
    expect(getComputedStyle(element).display).to.equal('contents');
    await expect(element).to.be.accessible();
  });

  it('tells what is inside when an attribute changes', async () => {
    const element = await show(html`<ws-connection url="ws://fake.test/a"
      ><ws-status-indicator></ws-status-indicator
    ></ws-connection>`);
    element.setAttribute('url', 'ws://fake.test/b');
    await element.updateComplete;
    await server.settle();
    expect(addresses()).to.deep.equal(['ws://fake.test/a', 'ws://fake.test/b']);
  });

  it('counts where it is nearest', async () => {
    await show(html`<ws-connection url="ws://fake.test/outer">
      <ws-connection url="ws://fake.test/inner"><ws-status-indicator></ws-status-indicator></ws-connection>
    </ws-connection>`);
    expect(addresses()).to.deep.equal(['ws://fake.test/inner']);
  });
});
