import { expect, fixture, nextFrame, oneEvent } from '@open-wc/testing';
import FakeTimers from '@sinonjs/fake-timers';
import { html } from 'lit';
import { connect } from '../../connection/connect.ts';
import { FakeServer, type FakeServerOptions } from '../../connection/testing/fake-server.ts';
import { silence } from '../base/announcer.ts';
import { announced } from '../base/testing/announced.ts';
import { english } from '../base/texts.ts';
import { setTexts } from '../base/translate.ts';
import './define.ts';
import { WsChat } from './ws-chat.ts';

const ana = { userId: 'ana', name: 'Ana', clientId: 'client-a' };
const ben = { userId: 'ben', name: 'Ben', clientId: 'client-b' };

describe('<ws-chat>', () => {
  let server: FakeServer;
  let element: WsChat;

  afterEach(() => {
    server?.restore();
    silence();
  });

  /** An element in a conversation with a server that answers. */
  async function open(options: FakeServerOptions = {}, channel = 'lobby'): Promise<void> {
    server = new FakeServer(options);
    element = await fixture<WsChat>(html`<ws-chat url=${server.url} channel=${channel}></ws-chat>`);
    await settle();
  }

  async function settle(): Promise<void> {
    await server.settle();
    await nextFrame();
    await element.updateComplete;
  }

  const root = () => element.shadowRoot as ShadowRoot;
  const part = (name: string) => root().querySelector<HTMLElement>(`[part~='${name}']`);
  const parts = (name: string) => [...root().querySelectorAll<HTMLElement>(`[part~='${name}']`)];
  const textOf = (node: Element | null) => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const texts = (name: string) => parts(name).map(textOf);
  const field = () => part('input') as HTMLTextAreaElement;
  const list = () => part('messages') as HTMLElement;
  const sent = (type: string) => server.last.sent.filter((frame) => frame.type === type);

  function write(text: string): void {
    field().value = text;
    field().dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }

  function press(init: KeyboardEventInit = {}): KeyboardEvent {
    const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init });
    field().dispatchEvent(event);
    return event;
  }

  async function say(text: string): Promise<void> {
    write(text);
    press();
    await settle();
  }

  async function receive(message: string, from: object = ana, channel = 'lobby'): Promise<void> {
    server.publish(channel, { type: 'message', message, ...from });
    await settle();
  }

  async function presence(event: 'state' | 'join' | 'leave', ...users: object[]): Promise<void> {
    server.last.receive({ type: 'presence', channel: 'lobby', event, users });
    await settle();
  }

  /** The server answers the last message with an error. */
  async function refuse(code: string): Promise<void> {
    server.last.receive({ type: 'error', code, message: 'No', id: sent('message').at(-1)?.id });
    await settle();
  }

  it('keeps its field in sight, whatever display and height a page gives it', async () => {
    await open();
    for (let n = 0; n < 30; n++) await receive(`Message ${n}`);
    for (const display of ['block', 'flex', 'grid', 'inline-block']) {
      Object.assign(element.style, { display, blockSize: '300px' });
      const host = element.getBoundingClientRect();
      const composer = (part('composer') as HTMLElement).getBoundingClientRect();
      expect(host.height, display).to.equal(300);
      expect(composer.bottom, display).to.be.below(host.bottom);
      expect(composer.top, display).to.be.above(
        (part('header') as HTMLElement).getBoundingClientRect().bottom,
      );
    }
  });

  it('stays full, however high it is', async () => {
    await open();
    element.style.blockSize = '3000px';
    for (let n = 0; n < 200; n++) server.publish('lobby', { type: 'message', message: `${n}`, ...ana });
    for (let n = 0; n < 4; n++) await settle();
    const { scrollHeight, clientHeight } = part('messages') as HTMLElement;
    expect(scrollHeight).to.be.above(clientHeight);
    expect(parts('message').length).to.be.below(300);
  });

  describe('what was before', () => {
    const publish = (count: number, from = 1) => {
      for (let n = from; n < from + count; n++) {
        server.publish('lobby', { type: 'message', id: `m${n}`, message: `${n}`, ...ana });
      }
    };
    const begin = async (count: number) => {
      server = new FakeServer({ keeps: true });
      publish(count);
      element = await fixture<WsChat>(html`<ws-chat url=${server.url} channel="lobby"></ws-chat>`);
      await settle();
      await settle();
    };
    const asked = () => sent('history').map(({ before }) => before);
    const numbers = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, n) => `${from + n}`);

    it('is there at once, as much as is read first, without a word to a screen reader', async () => {
      await begin(70);
      expect(texts('bubble')).to.deep.equal(numbers(21, 70));
      expect(asked()).to.deep.equal([undefined]);
      expect(list().scrollHeight - list().scrollTop - list().clientHeight).to.be.below(2);
      publish(1, 71);
      await settle();
      expect(texts('bubble').at(-1)).to.equal('71');
    });

    it('comes when the reader scrolls up, who keeps the place, until there is no more', async () => {
      await begin(120);
      const heights = () => list().scrollHeight - list().scrollTop;
      for (const before of [71, 21]) {
        list().scrollTop = 50;
        list().dispatchEvent(new Event('scroll'));
        const place = heights();
        await settle();
        await settle();
        expect(asked().at(-1)).to.equal(before);
        expect(Math.abs(heights() - place)).to.be.below(2);
      }
      expect(texts('bubble')).to.deep.equal(numbers(1, 120));
      list().scrollTop = 0;
      list().dispatchEvent(new Event('scroll'));
      await settle();
      expect(asked()).to.have.length(3);
    });

    it('is what came in a flood, without asking the server, that keeps none', async () => {
      await open();
      publish(300);
      await settle();
      expect(parts('message').length).to.be.below(100);
      for (let n = 0; n < 12; n++) {
        list().scrollTop = 50;
        list().dispatchEvent(new Event('scroll'));
        const place = list().scrollHeight - list().scrollTop;
        await settle();
        expect(Math.abs(list().scrollHeight - list().scrollTop - place)).to.be.below(2);
      }
      expect(texts('bubble')).to.deep.equal(numbers(1, 300));
    });

    it('misses nothing where more came behind a reader further up than is kept', async function () {
      this.timeout(30_000);
      await begin(60);
      list().scrollTop = 50;
      await nextFrame();
      await settle();
      publish(2000, 61);
      await settle();
      part('jump')?.click();
      await settle();
      for (let n = 0; n < 20; n++) {
        list().scrollTop = 50;
        list().dispatchEvent(new Event('scroll'));
        await settle();
        await settle();
        const shown = texts('bubble').map(Number);
        expect(shown).to.deep.equal(numbers(shown[0] as number, shown.at(-1) as number).map(Number));
      }
      expect(Number(texts('bubble')[0])).to.be.below(1500);
    });

    it('leaves the reader where they are, however much was before', async function () {
      this.timeout(30_000);
      await begin(700);
      const top = (text: string) =>
        parts('bubble')
          .find((bubble) => textOf(bubble) === text)
          ?.getBoundingClientRect().top;
      for (let oldest = 651; oldest > 1; oldest -= 50) {
        list().scrollTop = 50;
        list().dispatchEvent(new Event('scroll'));
        const place = top(`${oldest}`) as number;
        await settle();
        await settle();
        expect(top(`${oldest}`)).to.be.closeTo(place, 1);
        expect(texts('bubble')[0]).to.equal(`${oldest - 50}`);
      }
    });

    it('comes by keys, too, and the focus goes from each message to the one before', async function () {
      this.timeout(30_000);
      await begin(70);
      publish(80, 71);
      await settle();
      const focused = () =>
        textOf(element.shadowRoot?.activeElement?.querySelector('[part~=bubble]') ?? null);
      list().focus();
      for (let n = 150; n > 0; n--) {
        element.shadowRoot?.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true }),
        );
        expect(focused()).to.equal(`${n}`);
        list().dispatchEvent(new Event('scroll'));
        await settle();
        expect(focused()).to.equal(`${n}`);
      }
    });

    it('is found behind what is not for reading', async () => {
      server = new FakeServer({ keeps: true });
      publish(3);
      for (let n = 0; n < 120; n++) server.publish('lobby', { type: 'data_update', entity: 'stock' });
      publish(1, 124);
      element = await fixture<WsChat>(html`<ws-chat url=${server.url} channel="lobby"></ws-chat>`);
      for (let n = 0; n < 4; n++) await settle();
      list().dispatchEvent(new Event('scroll'));
      for (let n = 0; n < 4; n++) await settle();
      expect(texts('bubble')).to.deep.equal(['1', '2', '3', '124']);
      expect(asked()).to.deep.equal([undefined, 124, 74, 24]);
      list().dispatchEvent(new Event('scroll'));
      await settle();
      expect(asked()).to.have.length(4);
    });

    it('is loaded anew behind a gap that cannot be recovered', async () => {
      await begin(2);
      server.last.receive({
        type: 'subscribed',
        channel: 'lobby',
        epoch: 'other',
        offset: 9,
        recovered: false,
      });
      await settle();
      await settle();
      expect(texts('note')).to.deep.equal(['Messages may be missing here']);
      expect(asked()).to.deep.equal([undefined, undefined]);
      expect(texts('bubble')).to.deep.equal(['1', '2', '1', '2']);
    });

    it('fills a list that what the server rendered does not fill, because nobody can scroll up in it', async () => {
      server = new FakeServer({ keeps: true, userId: 'ben' });
      publish(3);
      element = await fixture<WsChat>(
        html`<ws-chat url=${server.url} channel="lobby" since="fake:3">
          <ol><li data-id="m3" data-offset="3" data-user-id="ana"><b>Ana</b><p>3</p></li></ol>
        </ws-chat>`,
      );
      await settle();
      await settle();
      expect(asked()).to.deep.equal([3]);
      expect(texts('bubble')).to.deep.equal(['1', '2', '3']);
    });

    it('is what the server rendered, once, and nothing older before it is asked for', async () => {
      server = new FakeServer({ keeps: true, userId: 'ben', auto: false });
      publish(20);
      element = await fixture<WsChat>(
        html`<ws-chat url=${server.url} channel="lobby" since="fake:20" style="block-size: 12em">
          <ol>
            ${numbers(2, 19).map(
              (n) =>
                html`<li data-id="m${n}" data-offset=${n} data-user-id="ana"><b>Ana</b> <time datetime="2025-01-01T10:00:00Z">ten</time><p>${n}</p></li>`,
            )}
            <li data-id="m20" data-offset="20" data-user-id="ben"><b>Ben</b><p>20</p></li>
          </ol>
        </ws-chat>`,
      );
      await settle();
      server.options.auto = true;
      server.last.open();
      server.last.welcome();
      await settle();
      await settle();
      expect(texts('bubble')).to.deep.equal(numbers(2, 20));
      expect(parts('message').map((row) => row.matches('.own'))).to.deep.equal(
        numbers(2, 20).map((n) => n === '20'),
      );
      expect(texts('name')[0]).to.equal('Ana');
      expect(asked()).to.deep.equal([]);
      expect(sent('subscribe').find(({ channel }) => channel === 'lobby')?.since).to.equal('fake:20');
      server.last.receive({
        type: 'message',
        channel: 'lobby',
        offset: 21,
        id: 'm20',
        message: '20',
        ...ben,
      });
      await settle();
      expect(texts('bubble')).to.deep.equal(numbers(2, 20));
      list().scrollTop = 0;
      list().dispatchEvent(new Event('scroll'));
      await settle();
      await settle();
      expect(asked()).to.deep.equal([2]);
      expect(texts('bubble')).to.deep.equal(numbers(1, 20));
    });

    it('is still what the server rendered where the page says later who the user is, on that channel alone', async () => {
      server = new FakeServer();
      element = await fixture<WsChat>(
        html`<ws-chat url=${server.url} channel="lobby">
          <ol><li data-id="a" data-user-id="ana"><b>Ana</b><p>Rendered</p></li></ol>
        </ws-chat>`,
      );
      await settle();
      element.token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJiZW4ifQ.x';
      await settle();
      await receive('Live');
      expect(texts('bubble')).to.deep.equal(['Rendered', 'Live']);
      element.channel = 'other';
      await settle();
      expect(texts('bubble')).to.deep.equal([]);
    });

    it('is also what the page before could not send', async () => {
      const frame = '{"type":"message","message":"Late","id":"m9","channel":"lobby"}';
      sessionStorage['ws-elements:outbox'] = JSON.stringify([
        ['ws://fake.test/ws', 'ben', frame, Date.now()],
      ]);
      server = new FakeServer({ userId: 'ben' });
      element = await fixture<WsChat>(html`<ws-chat url=${server.url} channel="lobby"></ws-chat>`);
      await settle();
      expect(texts('bubble')).to.deep.equal(['Late']);
      expect(sent('message').map(({ id }) => id)).to.deep.equal(['m9']);
      expect((part('state') as HTMLElement).ariaLabel).to.equal('Sent');
    });
  });

  describe('a plain form, which the server rendered', () => {
    let tags = 0;
    afterEach(() => sessionStorage.clear());

    /** The script comes when someone has written in the form. */
    const begin = async (content: string, write: (form: HTMLTextAreaElement) => void) => {
      server = new FakeServer({ userId: 'ben' });
      const tag = `late-chat-${++tags}`;
      const place = await fixture<HTMLElement>(html`<div></div>`);
      place.innerHTML = `<${tag} url="${server.url}">${content}</${tag}>`;
      element = place.firstElementChild as WsChat;
      write(element.querySelector('[name=message]') as HTMLTextAreaElement);
      customElements.define(tag, class extends WsChat {});
      await settle();
    };
    const form =
      '<form method="post"><input type="hidden" name="csrf" value="7"><textarea name="message"></textarea><button>Send</button></form>';

    it('makes way for the field, which has its text, its focus and its cursor', async () => {
      await begin(form, (plain) => {
        plain.value = 'Half a sentence';
        plain.focus();
        plain.setSelectionRange(4, 4);
      });
      expect(element.querySelector('form')?.checkVisibility()).to.equal(false);
      expect(field().value).to.equal('Half a sentence');
      expect(element.shadowRoot?.activeElement).to.equal(field());
      expect([field().selectionStart, field().selectionEnd]).to.deep.equal([4, 4]);
      expect((element.querySelector('[name=csrf]') as HTMLInputElement).value).to.equal('7');
      expect(sessionStorage['ws-elements:draft:["ws://fake.test/ws","ben","lobby"]']).to.equal(
        'Half a sentence',
      );
    });

    it('leaves the focus where it is, and its text behind once that was sent', async () => {
      await begin(form, (plain) => {
        plain.value = 'Once';
      });
      expect(document.activeElement).to.equal(document.body);
      press();
      await settle();
      expect(sent('message').map(({ message }) => message)).to.deep.equal(['Once']);
      element.append('Something that the page adds');
      await settle();
      expect(field().value).to.equal('');
    });

    it('is the page’s own where it stands in the slot', async () => {
      await begin(form.replace('method', 'slot="composer" method'), (plain) => {
        plain.value = 'Mine';
      });
      expect(element.querySelector('form')?.checkVisibility()).to.equal(true);
      expect(element.querySelector('textarea')?.value).to.equal('Mine');
      expect(field().value).to.equal('');
    });
  });

  describe('messages', () => {
    it('shows what others write, with name and time', async () => {
      await open();
      await receive('Good morning');
      expect(texts('bubble')).to.deep.equal(['Good morning']);
      expect(texts('name')).to.deep.equal(['Ana']);
      const time = part('time') as HTMLTimeElement;
      expect(Date.now() - Date.parse(time.dateTime)).to.be.within(0, 60_000);
      expect(textOf(time)).to.match(/\d:\d\d/);
      expect(part('message')?.matches('.own')).to.equal(false);
    });

    it("writes times in the page's language", async () => {
      server = new FakeServer();
      const page = await fixture(html`<div lang="de"><ws-chat url=${server.url}></ws-chat></div>`);
      element = page.querySelector('ws-chat') as WsChat;
      await settle();
      server.publish('lobby', {
        type: 'message',
        message: 'Hi',
        ...ana,
        timestamp: '2024-01-01T12:00:00.000Z',
      });
      await settle();
      const expected = new Intl.DateTimeFormat('de', { timeStyle: 'short' });
      expect(textOf(part('time'))).to.equal(expected.format(new Date('2024-01-01T12:00:00.000Z')));
    });

    it('shows text as text', async () => {
      await open();
      await receive('<img src=x onerror=alert(1)> & <b>bold</b>\n  two');
      expect(part('bubble')?.textContent).to.equal('<img src=x onerror=alert(1)> & <b>bold</b>\n  two');
      expect(part('bubble')?.querySelector('img, b')).to.equal(null);
      expect(getComputedStyle(part('bubble') as Element).whiteSpace).to.equal('pre-wrap');
    });

    it('breaks words that are longer than a message is wide', async () => {
      await open();
      await receive('x'.repeat(1000));
      expect(list().scrollWidth).to.equal(list().clientWidth);
    });

    it('shows name and time once for what one person writes in succession', async () => {
      await open();
      await receive('One');
      await receive('Two');
      await receive('Three', ben);
      expect(parts('meta').map((meta) => meta.matches('.unseen'))).to.deep.equal([false, true, false]);
    });

    it('calls guests by the end of their id, and a back end a server', async () => {
      await open();
      await receive('Hi', { clientId: 'client-1234' });
      await receive('Order sent', {});
      await receive('Hi', { clientId: 'client-9', name: 'Cleo' });
      expect(texts('name')).to.deep.equal(['Guest 1234', 'Server', 'Cleo']);
    });

    it('leaves other types to others, and what is no text', async () => {
      await open();
      server.publish('lobby', { type: 'data_update', entity: 'products', action: 'update' });
      server.publish('lobby', { type: 'message', message: { text: 'Hi' } });
      await settle();
      expect(parts('message')).to.have.length(0);
    });

    it('tells the page of a message that came', async () => {
      await open();
      setTimeout(() => receive('Hi'));
      const { detail } = await oneEvent(element, 'ws-message-received');
      expect(detail).to.include({ message: 'Hi', userId: 'ana', channel: 'lobby' });
    });

    it("shows the user's own from another tab as the user's own", async () => {
      await open({ userId: 'me', name: 'Me' });
      await receive('From the other tab', { userId: 'me', clientId: 'other', id: 'x' });
      expect(part('message')?.matches('.own')).to.equal(true);
      expect(texts('name')).to.deep.equal(['You']);
    });
  });

  describe('sending', () => {
    it('sends with Enter, shows it once and as sent', async () => {
      await open();
      await say('Hello');
      expect(sent('message')).to.have.length(1);
      expect(sent('message')[0]).to.include({ channel: 'lobby', message: 'Hello' });
      expect(texts('bubble')).to.deep.equal(['Hello']);
      expect(part('message')?.matches('.own.sent')).to.equal(true);
      expect(part('state')?.ariaLabel).to.equal(english.sent);
      expect(field().value).to.equal('');
    });

    it('sends with the button, and leaves the cursor in the field', async () => {
      await open();
      write('Hello');
      part('send')?.click();
      await settle();
      expect(texts('bubble')).to.deep.equal(['Hello']);
      expect(element.shadowRoot?.activeElement).to.equal(field());
    });

    it('breaks a line with Shift and Enter', async () => {
      await open();
      write('One');
      expect(press({ shiftKey: true }).defaultPrevented).to.equal(false);
      await say('One\nTwo');
      expect(part('bubble')?.textContent).to.equal('One\nTwo');
    });

    it('leaves Enter to a composition, also to one that Safari has just ended', async () => {
      await open();
      write('にほん');
      expect(press({ isComposing: true }).defaultPrevented).to.equal(false);
      expect(press({ keyCode: 229 }).defaultPrevented).to.equal(false);
      await settle();
      expect(sent('message')).to.have.length(0);
    });

    it('sends nothing that is blank', async () => {
      await open();
      await say(' \n\t ');
      expect(sent('message')).to.have.length(0);
      expect(parts('message')).to.have.length(0);
    });

    it('counts code points near the limit and sends nothing above it', async () => {
      await open();
      write('😀'.repeat(900));
      await settle();
      expect(part('count')).to.equal(null);
      write('😀'.repeat(990));
      await settle();
      expect(textOf(part('count'))).to.equal('10 left');
      await say('😀'.repeat(1001));
      expect(textOf(part('count'))).to.equal('1 too many');
      expect(field().ariaInvalid).to.equal('true');
      expect(sent('message')).to.have.length(0);
      await say('😀'.repeat(1000));
      expect(sent('message')).to.have.length(1);
    });

    it("keeps the server's own limit", async () => {
      server = new FakeServer({ auto: false });
      element = await fixture<WsChat>(html`<ws-chat url=${server.url}></ws-chat>`);
      server.last.open();
      const limits = { message: 5, frame: 65_536, publications: 100, frames: 300, channels: 128 };
      server.last.welcome({ limits });
      await say('123456');
      expect(sent('message')).to.have.length(0);
      await say('12345');
      expect(sent('message')).to.have.length(1);
    });

    it('lets the page stop a message, which stays in the field', async () => {
      await open();
      element.addEventListener('ws-message-send', (event) => event.preventDefault());
      await say('Hello');
      expect(sent('message')).to.have.length(0);
      expect(field().value).to.equal('Hello');
      expect(parts('message')).to.have.length(0);
    });

    it('tells the page what is sent, through shadow roots', async () => {
      await open();
      setTimeout(() => say('Hello'));
      const { detail } = await oneEvent(document as unknown as EventTarget, 'ws-message-send');
      expect(detail).to.deep.equal({ channel: 'lobby', message: 'Hello' });
    });

    it('grows with its text up to five lines', async () => {
      await open();
      const one = field().offsetHeight;
      write('One\nTwo\nThree');
      await settle();
      const three = field().offsetHeight;
      expect(three).to.be.greaterThan(one + 20);
      write('\n'.repeat(50));
      await settle();
      expect(field().offsetHeight).to.be.within(three, one * 5);
    });
  });

  describe('while there is no connection', () => {
    it('keeps what is written and sends it once when it is back', async () => {
      const clock = FakeTimers.install({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
      try {
        await open();
        server.last.close();
        await say('Written while away');
        expect(part('message')?.matches('.own.pending')).to.equal(true);
        expect(part('state')?.ariaLabel).to.equal(english.pending);
        expect(textOf(part('line'))).to.contain(english.later);
        expect(field().disabled).to.equal(false);
        clock.tick(30_000);
        await settle();
        expect(texts('bubble')).to.deep.equal(['Written while away']);
        expect(part('message')?.matches('.own.sent')).to.equal(true);
        expect(texts('note')).to.deep.equal([english.connectedAgain]);
      } finally {
        clock.uninstall();
      }
    });

    it('shows what came before what is still to be sent', async () => {
      await open();
      server.options.auto = false;
      await say('Mine');
      await receive('Theirs');
      expect(texts('bubble')).to.deep.equal(['Theirs', 'Mine']);
    });

    it('says that it is connecting', async () => {
      await open({ auto: false });
      expect(textOf(part('empty'))).to.equal(`Connecting · ${english.later}`);
      await expect(element).to.be.accessible();
    });

    it('says that messages may be missing where they cannot be recovered', async () => {
      const clock = FakeTimers.install({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
      try {
        await open();
        await receive('One');
        server.last.close();
        await settle();
        expect(texts('note')).to.deep.equal([english.connectionLost]);
        server.publish('lobby', { type: 'message', message: 'Missed', ...ana });
        clock.tick(30_000);
        await settle();
        expect(texts('note')).to.deep.equal([english.connectionLost, english.gap]);
      } finally {
        clock.uninstall();
      }
    });

    it('says that the user is disconnected', async () => {
      await open();
      const connection = connect({ url: server.url });
      connection.disconnect();
      await settle();
      expect(textOf(part('line'))).to.equal(`Disconnected · ${english.later}`);
      expect(field().disabled).to.equal(false);
      await expect(element).to.be.accessible();
      connection.release();
    });

    it('cannot be written in once it is refused', async () => {
      await open();
      server.last.close(1008, 'Invalid authentication');
      await settle();
      expect(textOf(part('line'))).to.equal(english.refusedToken);
      expect(field().disabled).to.equal(true);
      expect((part('send') as HTMLButtonElement).disabled).to.equal(true);
      await expect(element).to.be.accessible();
    });
  });

  describe('what failed', () => {
    async function fail(code = 'forbidden'): Promise<void> {
      await open();
      server.options.auto = false;
      await say('Hello');
      await refuse(code);
    }

    it('says why', async () => {
      await fail();
      expect(part('message')?.matches('.failed')).to.equal(true);
      expect(textOf(part('error'))).to.equal(
        `${english.notSent} ${english.forbidden} ${english.retry} ${english.discard}`,
      );
      expect(part('state')).to.equal(null);
    });

    it('has a sentence for any code', async () => {
      await fail('something_new');
      expect(textOf(part('error'))).to.contain(english.notTaken);
    });

    it('tells the page', async () => {
      await open();
      server.options.auto = false;
      await say('Hello');
      setTimeout(() => refuse('forbidden'));
      const { detail } = await oneEvent(element, 'ws-message-failed');
      expect(detail).to.deep.equal({
        channel: 'lobby',
        message: 'Hello',
        id: sent('message')[0]?.id,
        code: 'forbidden',
      });
    });

    it('is sent again with the same text and a new id', async () => {
      await fail();
      server.options.auto = true;
      part('retry')?.click();
      await settle();
      const [first, second] = sent('message');
      expect(second?.message).to.equal('Hello');
      expect(second?.id).not.to.equal(first?.id);
      expect(texts('bubble')).to.deep.equal(['Hello']);
      expect(part('message')?.matches('.sent')).to.equal(true);
    });

    it('stays if the page stops the second try', async () => {
      await fail();
      element.addEventListener('ws-message-send', (event) => event.preventDefault());
      part('retry')?.click();
      await settle();
      expect(part('message')?.matches('.failed')).to.equal(true);
    });

    it('is accessible', async () => {
      await fail();
      await expect(element).to.be.accessible();
    });
  });

  describe('who is here', () => {
    it('counts people and lists their names on demand', async () => {
      await open({ userId: 'me', name: 'Me' });
      await presence('state', { userId: 'me', name: 'Me' }, ana, { clientId: 'client-1234' });
      const details = part('people') as HTMLDetailsElement;
      expect(textOf(details.querySelector('summary'))).to.equal('3 people');
      expect(details.open).to.equal(false);
      details.querySelector('summary')?.click();
      await settle();
      expect(details.open).to.equal(true);
      expect([...details.querySelectorAll('li')].map(textOf)).to.deep.equal(['You', 'Ana', 'Guest 1234']);
      await expect(element).to.be.accessible();

      const names = details.querySelector('ul') as HTMLElement;
      names.focus();
      names.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      expect(details.open).to.equal(false);
      expect(root().activeElement).to.equal(details.querySelector('summary'));
    });

    it('always asks', async () => {
      await open();
      const [subscribe] = sent('subscribe').filter(({ channel }) => channel === 'lobby');
      expect(subscribe?.presence).to.equal(true);
    });

    it('says who came and who left', async () => {
      await open();
      await presence('join', ana);
      await presence('join', ben);
      await presence('leave', ana);
      expect(texts('note')).to.deep.equal(['Ana joined', 'Ben joined', 'Ana left']);
      expect(textOf(part('people')?.querySelector('summary') ?? null)).to.equal('2 people');
    });

    it('says only the last of one who comes and goes', async () => {
      await open();
      await presence('join', ana);
      for (let i = 0; i < 5; i++) {
        await presence('leave', ana);
        await presence('join', ana);
      }
      expect(texts('note')).to.deep.equal(['Ana joined']);
    });

    it('does not say that the user came', async () => {
      await open({ userId: 'me' });
      await presence('join', { userId: 'me' });
      expect(parts('note')).to.have.length(0);
    });
  });

  describe('typing', () => {
    const type = (...people: object[]) => {
      for (const person of people) server.last.receive({ type: 'typing', channel: 'lobby', ...person });
      return settle();
    };

    it('names one, two, and counts more', async () => {
      await open();
      await type(ana);
      expect(textOf(part('line'))).to.equal('Ana is typing');
      await type(ben);
      expect(textOf(part('line'))).to.equal('Ana and Ben are typing');
      await type({ clientId: 'c', name: 'Cleo' });
      expect(textOf(part('line'))).to.equal('3 people are typing');
    });

    it('is over after four seconds of silence', async () => {
      const clock = FakeTimers.install({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
      try {
        await open();
        await type(ana);
        clock.tick(3000);
        await type(ana);
        clock.tick(3999);
        await settle();
        expect(textOf(part('line'))).to.equal('Ana is typing');
        clock.tick(1);
        await settle();
        expect(textOf(part('line'))).to.equal('');
      } finally {
        clock.uninstall();
      }
    });

    it('is over when the message comes', async () => {
      await open();
      await type(ana, ben);
      await receive('Done');
      expect(textOf(part('line'))).to.equal('Ben is typing');
    });

    it("does not show the user's own from another tab", async () => {
      await open({ userId: 'me', name: 'Me' });
      await type({ userId: 'me', clientId: 'other' });
      expect(textOf(part('line'))).to.equal('');
    });

    it('changes the height of nothing, however long the name', async () => {
      await open();
      const { offsetHeight } = list();
      await type(
        { userId: 'long', clientId: 'c', name: 'W'.repeat(64) },
        { userId: 'b', name: 'W '.repeat(32) },
      );
      expect(list().offsetHeight).to.equal(offsetHeight);
      const [said] = (part('line') as HTMLElement).getElementsByTagName('span');
      expect(said?.offsetWidth).to.be.below(element.clientWidth);
    });

    it('is told to others while the user writes, not for blanks', async () => {
      await open();
      write(' ');
      expect(sent('typing')).to.have.length(0);
      write('H');
      write('He');
      expect(sent('typing')).to.have.length(1);
      expect(sent('typing')[0]?.channel).to.equal('lobby');
    });
  });

  describe('scrolling', () => {
    const below = () => list().scrollHeight - list().scrollTop - list().clientHeight;

    async function fill(): Promise<void> {
      await open();
      for (let i = 0; i < 40; i++) server.publish('lobby', { type: 'message', message: `Line ${i}`, ...ana });
      await settle();
    }

    async function scrollUp(): Promise<void> {
      list().scrollTop = 50;
      await nextFrame();
      await nextFrame();
    }

    it('stays at the end while the reader is there', async () => {
      await fill();
      expect(below()).to.be.below(1);
      await receive('A last one');
      expect(below()).to.be.below(1);
    });

    it('stays at the end when the element or the field changes its size', async () => {
      await fill();
      write('One\nTwo\nThree\nFour');
      await settle();
      expect(below()).to.be.below(1);
      element.style.height = '200px';
      await nextFrame();
      await nextFrame();
      expect(below()).to.be.below(1);
    });

    it('stays at the end when its size and its content change at once', async () => {
      await fill();
      Object.assign(element.style, { blockSize: '600px', fontSize: '40px' });
      await nextFrame();
      await nextFrame();
      // The browser keeps the first line that is seen where it is, and tells that it has scrolled.
      Object.assign(element.style, { blockSize: '200px', fontSize: '10px' });
      list().scrollTop -= 40;
      list().dispatchEvent(new Event('scroll'));
      await nextFrame();
      await nextFrame();
      expect(below()).to.be.below(1);
      await receive('A last one');
      expect(below()).to.be.below(1);
    });

    it('stays at the end where it is moved', async () => {
      await fill();
      const place = document.createElement('div');
      element.parentElement?.append(place);
      place.append(element);
      await settle();
      expect(below()).to.be.below(1);
      await receive('A last one');
      expect(below()).to.be.below(1);
    });

    it('stays where the reader was when it was hidden or moved, whatever came meanwhile', async () => {
      await fill();
      await scrollUp();
      const first = parts('bubble').find(
        (bubble) => bubble.getBoundingClientRect().top > list().getBoundingClientRect().top,
      ) as HTMLElement;
      const text = textOf(first);
      const { top } = first.getBoundingClientRect();
      const place = () => {
        expect(textOf(first)).to.equal(text);
        expect(first.getBoundingClientRect().top).to.be.closeTo(top, 1);
      };
      for (const display of ['none', 'block']) {
        element.style.display = display;
        await nextFrame();
        await receive(`While it is ${display}`);
        await nextFrame();
      }
      place();
      element.parentElement?.append(element);
      await settle();
      place();
    });

    it('stays where the reader is further up, and says how many came', async () => {
      await fill();
      const top = () =>
        parts('bubble')
          .find((bubble) => textOf(bubble) === 'Line 25')
          ?.getBoundingClientRect().top;
      list().scrollTop = 50;
      const place = top();
      await nextFrame();
      await nextFrame();
      await receive('New 1');
      await receive('New 2');
      expect(top()).to.be.closeTo(place as number, 1);
      expect(textOf(part('jump'))).to.equal('2 new messages');
      await expect(element).to.be.accessible();
    });

    it('jumps to the new ones', async () => {
      await fill();
      await scrollUp();
      await receive('New');
      expect(textOf(part('jump'))).to.equal('1 new message');
      part('jump')?.click();
      await settle();
      expect(below()).to.be.below(1);
      expect(part('jump')).to.equal(null);
      expect(element.shadowRoot?.activeElement).to.equal(list());
    });

    it('forgets the number when the reader scrolls down', async () => {
      await fill();
      await scrollUp();
      await receive('New');
      list().scrollTop = list().scrollHeight;
      await nextFrame();
      await nextFrame();
      await settle();
      expect(part('jump')).to.equal(null);
    });

    it("goes to the end with the user's own message", async () => {
      await fill();
      await scrollUp();
      await say('Mine');
      expect(below()).to.be.below(1);
    });

    it('keeps a bounded number of elements, whatever comes', async function () {
      this.timeout(15_000);
      await open();
      for (let i = 0; i < 2000; i++)
        server.publish('lobby', { type: 'message', message: `Line ${i}`, ...ana });
      await settle();
      expect(parts('message').length).to.be.at.most(600);
      expect(texts('bubble').at(-1)).to.equal('Line 1999');
      await scrollUp();
      for (let i = 0; i < 2000; i++)
        server.publish('lobby', { type: 'message', message: `More ${i}`, ...ana });
      await settle();
      expect(parts('message').length).to.be.at.most(1000);
      expect(textOf(part('jump'))).to.equal('2,000 new messages');
      part('jump')?.click();
      await settle();
      expect(texts('bubble').at(-1)).to.equal('More 1999');
    });

    it('draws what arrives together once', async () => {
      await open();
      let updates = 0;
      const render = element.render.bind(element);
      element.render = () => {
        updates++;
        return render();
      };
      for (let i = 0; i < 100; i++)
        server.publish('lobby', { type: 'message', message: `Line ${i}`, ...ana });
      await settle();
      expect(updates).to.equal(1);
    });
  });

  describe('attributes and life', () => {
    it('follows the lobby by default', async () => {
      server = new FakeServer();
      element = await fixture<WsChat>(html`<ws-chat url=${server.url}></ws-chat>`);
      await settle();
      expect(sent('subscribe').map(({ channel }) => channel)).to.include('lobby');
      expect(textOf(part('label'))).to.equal('lobby');
      element.label = 'Support';
      await settle();
      expect(textOf(part('label'))).to.equal('Support');
      expect(list().ariaLabel).to.equal('Support');
    });

    it('goes to another channel at any time, and leaves the old one', async () => {
      await open();
      await receive('In the lobby');
      element.channel = 'room:2';
      await settle();
      expect(parts('message')).to.have.length(0);
      await receive('In the room', ana, 'room:2');
      await receive('In the lobby');
      expect(texts('bubble')).to.deep.equal(['In the room']);
      await say('Mine');
      expect(sent('message')[0]?.channel).to.equal('room:2');
      element.removeAttribute('channel');
      await settle();
      await receive('In the lobby again');
      expect(texts('bubble')).to.deep.equal(['In the lobby again']);
    });

    it('goes to another server at any time', async () => {
      await open();
      await receive('Here');
      element.url = 'ws://other.test/ws';
      await settle();
      expect(server.last.url).to.contain('ws://other.test/ws');
      expect(parts('message')).to.have.length(0);
      await receive('There');
      expect(texts('bubble')).to.deep.equal(['There']);
    });

    it('keeps its messages where it is moved, and gets further ones once', async () => {
      await open();
      await receive('One');
      const place = document.createElement('div');
      element.parentElement?.append(place);
      place.append(element);
      await settle();
      await receive('Two');
      expect(texts('bubble')).to.deep.equal(['One', 'Two']);
      expect(parts('note')).to.have.length(0);
    });

    it('keeps its messages while it is away, and says what it may have missed', async () => {
      await open();
      const second = await fixture<WsChat>(html`<ws-chat url=${server.url} channel="other"></ws-chat>`);
      await receive('One');
      const parent = element.parentElement as HTMLElement;
      element.remove();
      await aTimeout0();
      await server.settle();
      server.publish('lobby', { type: 'message', message: 'Missed', ...ana });
      parent.append(element);
      await settle();
      await receive('Two');
      expect(texts('bubble')).to.deep.equal(['One', 'Two']);
      expect(texts('note')).to.deep.equal([english.gap]);
      second.remove();
    });

    it('says where the user may not read', async () => {
      await open({ auto: false });
      server.last.open();
      server.last.welcome();
      const frame = sent('subscribe').find(({ channel }) => channel === 'lobby');
      server.last.receive({
        type: 'error',
        code: 'forbidden',
        message: 'No',
        id: frame?.id,
        channel: 'lobby',
      });
      await settle();
      expect(textOf(part('empty'))).to.equal(english.unreadable);
      expect(field().disabled).to.equal(true);
      await expect(element).to.be.accessible();
    });

    it('invites to write where there is no message yet, in the words of the page if it has some', async () => {
      await open();
      expect(textOf(part('empty'))).to.equal(english.noMessages);
      await expect(element).to.be.accessible();
      const own = await fixture<WsChat>(
        html`<ws-chat url=${server.url}><h3 slot="header">Help</h3><i slot="empty">Ask us</i></ws-chat>`,
      );
      await settle();
      expect(own.querySelector('i')?.checkVisibility()).to.equal(true);
      expect(own.querySelector('h3')?.checkVisibility()).to.equal(true);
      await expect(own).to.be.accessible();
    });
  });

  describe('with a plain server', () => {
    it("shows the user's own message once, as sent", async () => {
      await open({ plain: true });
      await say('Hello');
      expect(sent('message')[0]).to.have.keys('type', 'clientId', 'message', 'timestamp');
      expect(texts('bubble')).to.deep.equal(['Hello']);
      expect(part('message')?.matches('.own.sent')).to.equal(true);
    });

    it("shows others', also with the same text", async () => {
      await open({ plain: true });
      await say('Hello');
      await receive('Hello', { clientId: 'client-5678' });
      expect(texts('bubble')).to.deep.equal(['Hello', 'Hello']);
      expect(parts('message')[1]?.matches('.own')).to.equal(false);
      expect(part('people')).to.equal(null);
    });

    it("shows what the page's own script sends, also with the text of what was written or failed", async () => {
      await open({ plain: true });
      await say('Hello');
      server.options.auto = false;
      await say('Failed');
      server.last.receive({ type: 'error', message: 'Rate limit exceeded' });
      await settle();
      server.options.auto = true;
      const connection = connect({ url: server.url });
      await connection.send('lobby', 'Hello');
      await connection.send('lobby', 'Failed');
      await settle();
      expect(texts('bubble')).to.deep.equal(['Hello', 'Failed', 'Hello', 'Failed']);
      expect(parts('message')[1]?.matches('.failed')).to.equal(true);
      connection.release();
    });

    it('says after a break that messages may be missing', async () => {
      const clock = FakeTimers.install({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
      try {
        await open({ plain: true });
        server.last.close();
        await settle();
        clock.tick(30_000);
        await settle();
        expect(texts('note')).to.deep.equal([english.connectionLost, english.gap]);
      } finally {
        clock.uninstall();
      }
    });
  });

  describe('what makes it pleasant', () => {
    const yesterday = new Date(Date.now() - 864e5).toISOString();

    it('says where a day begins', async () => {
      await open();
      await receive('Old', { ...ana, timestamp: yesterday });
      await receive('Older still the same day', { ...ana, timestamp: yesterday });
      await receive('New');
      expect(texts('day')).to.deep.equal(['yesterday', 'today']);
    });

    it('says where a message stands in its group', async () => {
      await open();
      for (const text of ['One', 'Two', 'Three']) await receive(text);
      await receive('Four', ben);
      const places = parts('message').map((message) => message.getAttribute('part')?.split(' ')[1]);
      expect(places).to.deep.equal(['top', 'middle', 'bottom', 'single']);
    });

    it('links addresses that open a page or a mail, and nothing else', async () => {
      await open();
      await receive('See https://a.example/b. Not javascript:alert(1), <b>x</b>');
      const link = part('link') as HTMLAnchorElement;
      expect(parts('link')).to.have.length(1);
      expect([link.href, link.rel, link.target]).to.deep.equal([
        'https://a.example/b',
        'noopener nofollow ugc',
        '_blank',
      ]);
      expect(part('bubble')?.textContent).to.equal(
        'See https://a.example/b. Not javascript:alert(1), <b>x</b>',
      );
    });

    it('keeps a draft over a reload, for the same user and channel alone', async () => {
      await open({ userId: 'me', name: 'Me' });
      write('Not yet');
      await settle();
      element.remove();
      server.restore();
      await open({ userId: 'you', name: 'You' });
      expect(field().value).to.equal('');
      server.restore();
      await open({ userId: 'me', name: 'Me' });
      expect(field().value).to.equal('Not yet');
      await say('Now');
      server.restore();
      await open({ userId: 'me', name: 'Me' });
      expect(field().value).to.equal('');
    });

    it('leaves to no guest what a user began to write before it was known who it is', async () => {
      await open({ userId: 'me', auto: false });
      write('Secret');
      server.options.auto = true;
      server.last.open();
      server.last.welcome();
      await settle();
      expect(field().value).to.equal('Secret');
      server.restore();
      await open();
      expect(field().value).to.equal('');
    });

    it('throws away what failed, where the user wants it', async () => {
      await open();
      server.options.auto = false;
      await say('Hello');
      await refuse('forbidden');
      part('discard')?.click();
      await settle();
      expect(parts('message')).to.have.length(0);
      expect(sent('message')).to.have.length(1);
    });

    it('leaves the focus in the message that has it, however many come', async () => {
      await open();
      for (let n = 0; n < 79; n++) server.publish('lobby', { type: 'message', message: `Line ${n}`, ...ana });
      await settle();
      const last = parts('message').at(-1);
      last?.focus();
      for (let n = 0; n < 40; n++) server.publish('lobby', { type: 'message', message: `New ${n}`, ...ana });
      await settle();
      expect(texts('bubble').at(-1)).to.equal('New 39');
      expect(element.shadowRoot?.activeElement).to.equal(last);
      expect(textOf(last ?? null)).to.contain('Line 78');
    });

    it('marks where the new ones begin for a reader who was elsewhere', async () => {
      await open();
      for (let n = 0; n < 40; n++) await receive(`Line ${n}`);
      list().scrollTop = 0;
      await settle();
      await receive('First new', ben);
      await receive('Second new', ben);
      expect(texts('new')).to.deep.equal([english.newBelow]);
      expect(textOf(part('new')?.nextElementSibling ?? null)).to.contain('First new');
      await expect(element).to.be.accessible();
      await say('Mine');
      expect(part('new')).to.equal(null);
    });

    it('moves from message to message by keys, and back to the field', async () => {
      await open();
      for (const text of ['One', 'Two', 'Three']) await receive(text);
      const key = (name: string) =>
        element.shadowRoot?.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
        );
      const focused = () =>
        textOf(element.shadowRoot?.activeElement?.querySelector('[part~=bubble]') ?? null);
      element.focus();
      expect(element.shadowRoot?.activeElement).to.equal(field());
      key('ArrowUp');
      expect(focused()).to.equal('Three');
      key('ArrowUp');
      expect(focused()).to.equal('Two');
      key('Home');
      expect(focused()).to.equal('One');
      key('ArrowUp');
      expect(focused()).to.equal('One');
      key('PageDown');
      expect(focused()).to.equal('Three');
      key('Escape');
      expect(element.shadowRoot?.activeElement).to.equal(field());
    });

    it("shows a page's own content for a message of any type", async () => {
      await open();
      element.addEventListener('ws-message-render', ((event: CustomEvent) => {
        const { publication } = event.detail;
        if (publication.type !== 'order') return;
        event.detail.content = Object.assign(document.createElement('em'), {
          textContent: `Order ${publication.number}`,
        });
      }) as EventListener);
      server.publish('lobby', { type: 'order', number: 7, ...ana });
      server.publish('lobby', { type: 'other', ...ana });
      await settle();
      expect(parts('message')).to.have.length(1);
      const slot = part('bubble')?.querySelector('slot') as HTMLSlotElement;
      expect(slot.assignedElements().map(textOf)).to.deep.equal(['Order 7']);
    });

    it('shows initials, and images where the page has them', async () => {
      await open();
      await receive('Hi', { userId: 'a/b', name: 'Ana Lopes', clientId: 'a' });
      expect(texts('avatar')).to.deep.equal(['AL']);
      element.avatars = '/avatars/{id}.png';
      await settle();
      expect(part('avatar')?.querySelector('img')?.src).to.equal(`${location.origin}/avatars/a%2Fb.png`);
      element.avatars = 'javascript:{id}';
      await settle();
      expect(part('avatar')?.querySelector('img')).to.equal(null);
    });
  });

  describe('for everyone', () => {
    it('is in one language, also where the page changes it', async () => {
      await open();
      await receive('Hi');
      setTexts({ message: 'Nachricht' }, 'de');
      element.lang = 'de';
      await settle();
      expect(field().placeholder).to.equal('Nachricht');
      expect(part('time')?.title).to.match(/^[A-Z][a-z]+tag|^Mittwoch/);
    });

    it("reads others' messages out, in one breath", async () => {
      silence();
      const clock = FakeTimers.install({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
      try {
        await open();
        await receive('One');
        await receive('Two', ben);
        await say('Mine');
        await receive('From my other tab', { clientId: server.last.clientId });
        expect(announced()).to.deep.equal([]);
        clock.tick(1000);
        expect(announced()).to.deep.equal(['Ana: One', 'Ben: Two']);
        clock.tick(10_000);
        for (let i = 0; i < 20; i++) await receive(`Line ${i}`);
        clock.tick(1000);
        expect(announced()).to.deep.equal(['20 new messages']);
      } finally {
        clock.uninstall();
      }
    });

    for (const scheme of ['light', 'dark']) {
      it(`is accessible in conversation, ${scheme}`, async () => {
        await open();
        const page = element.parentElement as HTMLElement;
        page.style.colorScheme = scheme;
        page.style.background = 'Canvas';
        await presence('join', ana);
        await receive('Hi');
        await receive('And again');
        await say('Hello');
        server.options.auto = false;
        await say('Waiting');
        server.last.receive({ type: 'typing', channel: 'lobby', ...ana });
        write('x'.repeat(1010));
        await settle();
        await expect(element).to.be.accessible();
      });
    }

    for (const scheme of ['light', 'dark']) {
      it(`is accessible with links, what failed and a lost connection, ${scheme}`, async () => {
        await open();
        const page = element.parentElement as HTMLElement;
        page.style.colorScheme = scheme;
        page.style.background = 'Canvas';
        await receive('See https://shop.example/1');
        server.options.auto = false;
        await say('See https://shop.example/2');
        await refuse('forbidden');
        server.last.close();
        await settle();
        expect(parts('link')).to.have.length(2);
        expect(part('retry')).not.to.equal(null);
        expect(texts('note')).to.deep.equal([english.connectionLost]);
        await expect(element).to.be.accessible();
      });
    }

    it('has targets of 24 px and more, the main ones of 40', async () => {
      await open();
      server.options.auto = false;
      await say('Hello');
      await refuse('forbidden');
      for (const [name, size] of Object.entries({ send: 40, retry: 24 })) {
        const { width, height } = (part(name) as HTMLElement).getBoundingClientRect();
        expect(Math.min(width, height), name).to.be.at.least(size);
      }
      expect(element.shadowRoot?.querySelector('summary')?.offsetHeight).to.be.at.least(24);
    });

    it('needs no style that a strict content security policy forbids', async () => {
      await open();
      await receive('Hi');
      await say('Hello');
      expect(element.shadowRoot?.querySelector('[style], style, link')).to.equal(null);
    });

    it('fits into 240 px', async () => {
      await open();
      element.style.width = '240px';
      await presence('join', ana);
      await receive('x'.repeat(300));
      await say('Hello');
      expect(element.scrollWidth).to.be.at.most(240);
      expect(list().scrollWidth).to.equal(list().clientWidth);
    });
  });
});

const aTimeout0 = () => new Promise((resolve) => setTimeout(resolve));
