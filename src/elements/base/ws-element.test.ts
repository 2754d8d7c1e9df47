import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { type Clock, install } from '@sinonjs/fake-timers';
import { customElement } from 'lit/decorators.js';
import { announcer, WsElement } from './ws-element.ts';

@customElement('test-element')
class TestElement extends WsElement {
  override render() {
    return announcer;
  }
  say(text: string, urgent?: boolean) {
    this.announce(text, urgent);
  }
  fire(cancelable: boolean) {
    return this.emit('ws-test', 1, cancelable);
  }
}

describe('WsElement', () => {
  let element: TestElement;
  let clock: Clock;
  const said = (politeness: string) =>
    [...(element.shadowRoot?.querySelector(`[aria-live=${politeness}]`)?.children ?? [])].map(
      ({ textContent }) => textContent,
    );

  beforeEach(async () => {
    element = await fixture(html`<test-element></test-element>`);
    clock = install({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => clock.uninstall());

  it('says things politely, urgent ones at once, and the same one again', () => {
    element.say('a');
    element.say('a');
    element.say('b', true);
    expect(said('polite')).to.deep.equal(['a', 'a']);
    expect(said('assertive')).to.deep.equal(['b']);
  });

  it('clears away what was said', () => {
    element.say('a');
    clock.tick(4000);
    expect(said('polite')).to.deep.equal(['a']);
    clock.tick(2000);
    expect(said('polite')).to.deep.equal([]);
  });

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
});
