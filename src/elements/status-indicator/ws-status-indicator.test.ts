import { expect, fixture, html } from '@open-wc/testing';
import { type Clock, install } from '@sinonjs/fake-timers';
import { FakeServer } from '../../connection/testing/fake-server.ts';
import { silence } from '../base/announcer.ts';
import { announced } from '../base/testing/announced.ts';
import './define.ts';
import type { WsStatusIndicator } from './ws-status-indicator.ts';

describe('<ws-status-indicator>', () => {
  let server: FakeServer;
  let clock: Clock;
  let element: WsStatusIndicator;
  const { random } = Math;

  beforeEach(() => {
    Math.random = () => 0;
    clock = install({
      now: Date.now(),
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    });
    server = new FakeServer({ auto: false });
  });
  afterEach(() => {
    server.restore();
    clock.uninstall();
    silence();
    Math.random = random;
  });

  const settle = async () => {
    await server.settle();
    await element.updateComplete;
  };
  const show = async (template = html`<ws-status-indicator url=${server.url}></ws-status-indicator>`) => {
    element = await fixture<WsStatusIndicator>(template);
    await settle();
  };
  const connect = async () => {
    server.last.open();
    server.last.welcome();
    await settle();
  };
  const close = async (code: number) => {
    server.last.close(code);
    await settle();
  };
  /** Closes it with a planned time until the next try. */
  const closeFor = async (ms: number) => {
    server.last.receive({ type: 'reconnect', after: ms - 100 });
    await close(4000);
  };
  const tick = async (ms: number) => {
    clock.tick(ms);
    await settle();
  };
  const part = (name: string) => element.shadowRoot?.querySelector<HTMLElement>(`[part~=${name}]`);
  const label = () => part('label')?.textContent?.trim();
  const button = (name: string) => part(name) as HTMLButtonElement;
  const press = async (name: string) => {
    button(name).focus();
    button(name).click();
    await settle();
  };
  const controls = html`<ws-status-indicator controls url="ws://fake.test/ws"></ws-status-indicator>`;

  describe('its words', () => {
    it('follow the connection', async () => {
      await show();
      expect(label()).to.equal('Connecting');
      await connect();
      expect(label()).to.equal('Connected');
    });

    it('count down to the next try, once a second', async () => {
      await show();
      await connect();
      await closeFor(4000);
      expect(label()).to.equal('Reconnecting in 4 s');
      await tick(1000);
      expect(label()).to.equal('Reconnecting in 3 s');
      await tick(2000);
      expect(label()).to.equal('Reconnecting in 1 s');
      await tick(1000);
      expect(label()).to.equal('Reconnecting');
    });

    it('say why the server refused', async () => {
      const reasons: [number, string][] = [
        [1008, 'Sign-in expired. Reload the page.'],
        [4500, 'The server ended the connection.'],
        [4501, 'This site may not connect to this server.'],
        [4502, 'This page is out of date. Reload it.'],
      ];
      for (const [code, text] of reasons) {
        await show(html`<ws-status-indicator url="ws://fake.test/${code}"></ws-status-indicator>`);
        server.last.open();
        await close(code);
        expect(label(), `${code}`).to.equal(text);
      }
    });

    it('say that the address is wrong', async () => {
      const { warn } = console;
      console.warn = () => {};
      await show(html`<ws-status-indicator url="htp://x"></ws-status-indicator>`);
      console.warn = warn;
      expect(label()).to.equal('The address of the server is wrong.');
    });

    it('say that the browser is offline', async () => {
      await show();
      await connect();
      Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
      await close(1006);
      expect(label()).to.equal('You are offline');
      delete (navigator as { onLine?: boolean }).onLine;
    });

    it('give way to what the page puts in, and are said of the sign', async () => {
      await show(html`<ws-status-indicator url=${server.url}>Live</ws-status-indicator>`);
      await connect();
      const slot = part('label')?.querySelector('slot');
      expect(slot?.assignedNodes().map(({ textContent }) => textContent)).to.deep.equal(['Live']);
      expect(part('indicator')?.getAttribute('aria-label')).to.equal('Connected');
    });
  });

  describe('its sign', () => {
    it('has a shape of its own for each state', async () => {
      const shapes = new Map<string, string>();
      const draw = (state: string) => {
        const sign = part('indicator');
        const shape = [
          sign?.innerHTML.replace(/<!--.*?-->/g, ''),
          sign && getComputedStyle(sign).fill !== 'none',
          sign && getComputedStyle(sign).animationName,
        ];
        shapes.set(JSON.stringify(shape), state);
      };
      await show();
      draw('connecting');
      await connect();
      draw('connected');
      await closeFor(4000);
      draw('waiting');
      await tick(1000);
      draw('waiting, later');
      await tick(3000);
      draw('trying again');
      server.last.open();
      await close(1008);
      draw('refused');
      element.controls = true;
      await settle();
      await press('connect');
      await press('disconnect');
      draw('disconnected');
      expect([...shapes.values()]).to.have.length(7);
    });

    it('runs down with the seconds', async () => {
      const rest = () =>
        Number.parseFloat(part('indicator')?.querySelector('path')?.getAttribute('stroke-dasharray') ?? '');
      await show();
      await connect();
      await closeFor(4000);
      expect(rest()).to.equal(100);
      await tick(1000);
      expect(rest()).to.equal(75);
      await tick(2000);
      expect(rest()).to.equal(25);
    });

    it('names the state as a part', async () => {
      await show();
      expect(part('connecting') === part('indicator')).to.equal(true);
      await connect();
      expect(part('connected') === part('indicator')).to.equal(true);
    });
  });

  describe('controls', () => {
    it('are not there unless asked for', async () => {
      await show();
      expect(button('connect') === null).to.equal(true);
      element.controls = true;
      await settle();
      expect(button('connect').textContent?.trim()).to.equal('Connect');
      expect(button('disconnect').textContent?.trim()).to.equal('Disconnect');
    });

    it('disconnect and connect', async () => {
      await show(controls);
      await connect();
      expect([button('connect').disabled, button('disconnect').disabled]).to.deep.equal([true, false]);
      await press('disconnect');
      expect(label()).to.equal('Disconnected');
      expect([button('connect').disabled, button('disconnect').disabled]).to.deep.equal([false, true]);
      await press('connect');
      expect(label()).to.equal('Connecting');
      await connect();
      expect(label()).to.equal('Connected');
    });

    it('hand the focus on to the one that can be pressed', async () => {
      await show(controls);
      await connect();
      await press('disconnect');
      expect(element.shadowRoot?.activeElement === button('connect')).to.equal(true);
      await press('connect');
      expect(element.shadowRoot?.activeElement === button('disconnect')).to.equal(true);
    });

    it('try at once while waiting', async () => {
      await show(controls);
      await connect();
      await closeFor(20_000);
      expect(button('connect').textContent?.trim()).to.equal('Retry now');
      const { length } = server.sockets;
      await press('connect');
      expect(server.sockets).to.have.length(length + 1);
      expect(label()).to.equal('Reconnecting');
    });

    it('can give up while reconnecting', async () => {
      await show(controls);
      await connect();
      await closeFor(20_000);
      await press('disconnect');
      expect(label()).to.equal('Disconnected');
    });
  });

  describe('show', () => {
    const visible = (name: string) => part(name)?.checkVisibility() ?? false;

    it('is both by default', async () => {
      await show();
      expect([visible('indicator'), visible('label')]).to.deep.equal([true, true]);
    });

    it('dot: the sign alone, which says the words to a screen reader', async () => {
      await show(html`<ws-status-indicator url=${server.url} show="dot"></ws-status-indicator>`);
      await connect();
      expect([visible('indicator'), visible('label')]).to.deep.equal([true, false]);
      expect(part('indicator')?.getAttribute('role')).to.equal('img');
      expect(part('indicator')?.getAttribute('aria-label')).to.equal('Connected');
    });

    it('text: the words alone, which a screen reader hears once', async () => {
      await show(html`<ws-status-indicator url=${server.url} show="text"></ws-status-indicator>`);
      await connect();
      expect([visible('indicator'), visible('label')]).to.deep.equal([false, true]);
      expect(label()).to.equal('Connected');
      expect(part('label')?.querySelector('[aria-hidden=true]') === null).to.equal(true);
    });
  });

  describe('latency', () => {
    const latency = html`<ws-status-indicator latency url="ws://fake.test/ws"></ws-status-indicator>`;
    const pings = () => server.last.sent.filter(({ type }) => type === 'ping').length;
    const answer = () => server.last.receive({ type: 'pong' });

    it('is not measured unless asked for', async () => {
      await show();
      await connect();
      await tick(20_000);
      expect(pings()).to.equal(0);
    });

    it('is shown as soon as it was measured', async () => {
      await show(latency);
      await connect();
      await tick(1000);
      expect(pings()).to.equal(1);
      expect(part('latency') === null).to.equal(true);
      await tick(38);
      answer();
      await tick(1000);
      expect(part('latency')?.textContent).to.equal('38 ms');
    });

    it('is measured every 10 s', async () => {
      await show(latency);
      await connect();
      await tick(1000);
      for (const n of [1, 2, 3]) {
        answer();
        await tick(9000);
        expect(pings()).to.equal(n);
        await tick(1000);
        expect(pings()).to.equal(n + 1);
      }
    });

    it('is not measured while the page is hidden', async () => {
      await show(latency);
      await connect();
      Object.defineProperty(document, 'hidden', { configurable: true, value: true });
      await tick(20_000);
      delete (document as { hidden?: boolean }).hidden;
      expect(pings()).to.equal(0);
      await tick(1000);
      expect(pings()).to.equal(1);
    });

    it('is shown only while connected', async () => {
      await show(latency);
      await connect();
      await tick(1000);
      answer();
      await tick(1000);
      expect(part('latency') === null).to.equal(false);
      await closeFor(4000);
      expect(part('latency') === null).to.equal(true);
    });

    it('is no longer measured where it was turned off, or the element removed', async () => {
      await show(latency);
      await connect();
      await tick(1000);
      answer();
      element.latency = false;
      await tick(20_000);
      expect(pings()).to.equal(1);
      expect(part('latency') === null).to.equal(true);
      element.latency = true;
      await settle();
      element.remove();
      await tick(20_000);
      expect(pings()).to.equal(1);
    });
  });

  describe('a banner', () => {
    const banner = html`<ws-status-indicator banner url="ws://fake.test/ws"></ws-status-indicator>`;
    const isThere = () => Boolean(part('banner'));

    it('is nothing while the page loads, and while it is connected', async () => {
      await show(banner);
      expect(element.shadowRoot?.textContent?.trim()).to.equal('');
      await connect();
      await tick(5000);
      expect(isThere()).to.equal(false);
      expect(element.getBoundingClientRect().height).to.equal(0);
    });

    it('comes when the connection is lost for a second, and says what still works', async () => {
      await show(banner);
      await connect();
      await tick(2000);
      await closeFor(20_000);
      await tick(999);
      expect(isThere()).to.equal(false);
      await tick(1);
      expect(isThere()).to.equal(true);
      expect(part('hint')?.textContent).to.equal(
        'What you see may be out of date. What you write is sent later.',
      );
    });

    it('comes also where the first connection hangs', async () => {
      await show(banner);
      await tick(999);
      expect(isThere()).to.equal(false);
      await tick(1);
      expect(part('label')?.textContent?.trim()).to.equal('Connecting');
    });

    it('stays away where the gap is over sooner', async () => {
      await show(banner);
      await connect();
      await tick(2000);
      await closeFor(400);
      await tick(400);
      await connect();
      await tick(5000);
      expect(isThere()).to.equal(false);
    });

    it('goes at once when it is connected again', async () => {
      await show(banner);
      await connect();
      await closeFor(4000);
      await tick(4000);
      expect(isThere()).to.equal(true);
      await connect();
      expect(isThere()).to.equal(false);
    });

    it('tries at once', async () => {
      await show(banner);
      await connect();
      await closeFor(20_000);
      await tick(1000);
      const { length } = server.sockets;
      await press('connect');
      expect(server.sockets).to.have.length(length + 1);
    });

    it('promises nothing where the server refused', async () => {
      await show(banner);
      server.last.open();
      await close(4500);
      await tick(1000);
      expect(label()).to.equal('The server ended the connection.');
      expect(part('hint') === null).to.equal(true);
    });

    it('is accessible', async () => {
      await show(banner);
      await connect();
      await closeFor(20_000);
      await tick(1000);
      clock.uninstall();
      await expect(element).to.be.accessible();
      server.last.close(4500);
      await settle();
      await expect(element).to.be.accessible();
    });
  });

  describe('ws-status-change', () => {
    it('tells each change of the state once, and nothing else', async () => {
      const changes: string[] = [];
      await show(html`<ws-status-indicator
        url=${server.url}
        @ws-status-change=${({ detail }: CustomEvent) => changes.push(`${detail.previous} → ${detail.state}`)}
      ></ws-status-indicator>`);
      expect(changes).to.deep.equal([]);
      await connect();
      await closeFor(4000);
      await tick(4000);
      server.last.close(1006);
      await tick(30_000);
      await connect();
      await close(1008);
      expect(changes).to.deep.equal([
        'connecting → connected',
        'connected → reconnecting',
        'reconnecting → connected',
        'connected → refused',
      ]);
    });

    it('bubbles out of shadow roots', async () => {
      let heard: Event | undefined;
      const listener = (event: Event) => {
        heard = event;
      };
      document.addEventListener('ws-status-change', listener);
      await show();
      await connect();
      document.removeEventListener('ws-status-change', listener);
      expect(heard?.composed).to.equal(true);
    });
  });

  describe('to a screen reader', () => {
    it('says nothing while the page loads', async () => {
      await show();
      await tick(200);
      await connect();
      await tick(5000);
      expect(announced()).to.deep.equal([]);
    });

    it('says a change that lasts, never a second of the countdown', async () => {
      await show();
      await connect();
      await tick(2000);
      await closeFor(20_000);
      expect(announced()).to.deep.equal([]);
      await tick(2000);
      expect(announced()).to.deep.equal(['Reconnecting']);
      await tick(2000);
      expect(announced()).to.deep.equal(['Reconnecting']);
      await tick(16_000);
      await connect();
      await tick(2000);
      expect(announced()).to.deep.equal(['Connected']);
    });

    it('says nothing of a gap that is over at once', async () => {
      await show();
      await connect();
      await tick(2000);
      await closeFor(400);
      await tick(400);
      await connect();
      await tick(4000);
      expect(announced()).to.deep.equal([]);
    });
  });

  it('leaves no timer and no listener behind', async () => {
    await show();
    await connect();
    await closeFor(20_000);
    const changes: Event[] = [];
    element.addEventListener('ws-status-change', (event) => changes.push(event));
    element.remove();
    await settle();
    await tick(60_000);
    expect(clock.countTimers()).to.equal(0);
    expect(changes).to.deep.equal([]);
  });

  it('counts on where it is put back', async () => {
    await show();
    await connect();
    await closeFor(10_000);
    const parent = element.parentElement;
    element.remove();
    parent?.append(element);
    await settle();
    await tick(3000);
    expect(label()).to.equal('Reconnecting in 7 s');
  });

  it('is accessible in every state', async () => {
    clock.uninstall();
    await show(controls);
    await expect(element).to.be.accessible();
    await connect();
    await expect(element).to.be.accessible();
    await closeFor(20_000);
    await expect(element).to.be.accessible();
    await press('disconnect');
    await expect(element).to.be.accessible();
    await press('connect');
    server.last.open();
    await close(1008);
    await expect(element).to.be.accessible();
  });

  for (const only of ['dot', 'text'] as const) {
    it(`is accessible as ${only} alone, with its latency`, async () => {
      await show(html`<ws-status-indicator show=${only} latency url=${server.url}></ws-status-indicator>`);
      await connect();
      await tick(1000);
      server.last.receive({ type: 'pong' });
      await tick(1000);
      expect(part('latency') === null).to.equal(false);
      clock.uninstall();
      await expect(element).to.be.accessible();
    });
  }
});
