import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { type Clock, install } from '@sinonjs/fake-timers';
import { customElement } from 'lit/decorators.js';
import { WsElement } from './ws-element.ts';

@customElement('test-element')
class TestElement extends WsElement {
  override render() {
    return this.text('send');
  }
  fire(cancelable: boolean) {
    return this.emit('ws-test', 1, cancelable);
  }
}

describe('WsElement', () => {
  let element: TestElement;
  let clock: Clock;

  beforeEach(async () => {
    element = await fixture(html`<test-element></test-element>`);
    clock = install({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => clock.uninstall());

  it('fires events that leave its shadow root and its parents hear', async () => {
    setTimeout(() => element.fire(false));
    const heard = oneEvent(element.parentElement as Element, 'ws-test');
    clock.tick(1);
    const { detail, composed } = (await heard) as CustomEvent;
    expect(detail).to.equal(1);
    expect(composed).to.equal(true);
  });

  it('tells whether an event was cancelled', () => {
    element.addEventListener('ws-test', (event) => event.preventDefault());
    expect(element.fire(true)).to.equal(false);
    expect(element.fire(false)).to.equal(true);
  });

  it('takes what was set before it was defined, over its attributes until they change', async () => {
    const early = Object.assign(document.createElement('test-early'), { token: 'given' }) as WsElement;
    early.setAttribute('token', 'attribute');
    document.body.append(early);
    customElements.define('test-early', class extends TestElement {});
    await early.updateComplete;
    expect(early.token).to.equal('given');
    early.setAttribute('token', 'later');
    expect(early.token).to.equal('later');
    early.token = 'set';
    expect(early.token).to.equal('set');
    early.remove();
  });
});
