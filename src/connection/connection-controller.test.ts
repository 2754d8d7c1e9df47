import { expect, fixture, html } from '@open-wc/testing';
import { customElement } from 'lit/decorators.js';
import { WsElement } from '../elements/base/ws-element.ts';
import { ConnectionController } from './connection-controller.ts';
import { FakeServer } from './testing/fake-server.ts';

@customElement('test-connected')
class TestConnected extends WsElement {
  readonly controller = new ConnectionController(this);
  override render() {
    return html`${this.controller.status.state}`;
  }
}

describe('ConnectionController', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  afterEach(() => server.restore());

  it('shows the state to its element', async () => {
    const element = await fixture<TestConnected>(html`<test-connected url=${server.url}></test-connected>`);
    await server.settle();
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.equal('connected');
    const seen: string[] = [];
    element.controller.connection?.subscribe('lobby', { onPublication: (p) => seen.push(p.message ?? '') });
    const ack = await element.controller.connection?.send('lobby', 'Hi');
    expect(ack?.offset).to.equal(1);
    await server.settle();
    expect(seen).to.deep.equal(['Hi']);
  });
});
