import { expect } from '@open-wc/testing';
import type { Transport, TransportCallbacks } from '../../connection/transport.ts';
import { Broker } from './broker.ts';
import type { Frame, Told } from './messages.ts';

/** A broker, its socket and what it tells its tabs. */
class Scene {
  now = 1_000_000;
  readonly told: [tab: string, told: Told][] = [];
  readonly timers: [delay: number, callback: () => void][] = [];
  readonly tokens: string[] = [];
  readonly urls: string[] = [];
  sent: Frame[] = [];
  closed = 0;
  dropped = 0;
  callbacks!: TransportCallbacks;
  readonly broker = new Broker({
    connect: (url, callbacks): Transport => {
      this.urls.push(url);
      this.callbacks = callbacks;
      return {
        send: (text) => {
          this.sent.push(JSON.parse(text));
        },
        close: () => {
          this.dropped += 1;
        },
      };
    },
    tell: (tabs, told) => {
      for (const tab of tabs) this.told.push([tab, told]);
    },
    renewed: (token) => {
      this.tokens.push(token);
    },
    closed: () => {
      this.closed += 1;
    },
    later: (delay, callback) => {
      this.timers.push([delay, callback]);
    },
    now: () => this.now,
  });

  /** Opens tabs and lets the server welcome them. */
  static with(tabs: string[], welcome: object = { protocol: 1 }): Scene {
    const scene = new Scene();
    for (const tab of tabs) scene.broker.open(tab, `ws://fake.test/?tab=${tab}`, 1);
    scene.callbacks.open();
    scene.hear({ type: 'welcome', clientId: 'c', ...welcome });
    scene.clear();
    return scene;
  }

  /** What the server says. */
  hear(frame: object): void {
    this.callbacks.message(JSON.stringify(frame));
  }

  /** What a tab says. */
  say(tab: string, frame: object): void {
    this.broker.frame(tab, JSON.stringify(frame));
  }

  /** Frames that tabs were told, as `tab type`, with what is asked for of each. */
  heard(...fields: string[]): string[] {
    return this.told.map(([tab, told]) => {
      if (told.kind !== 'frame') return `${tab} ${told.kind}${told.kind === 'closed' ? ` ${told.code}` : ''}`;
      const frame = JSON.parse(told.text);
      return [tab, frame.type, ...fields.map((field) => frame[field])]
        .filter((each) => each !== undefined)
        .join(' ');
    });
  }

  clear(): void {
    this.told.length = 0;
    this.sent = [];
  }

  /** Follows a channel that nobody followed. */
  follow(tab: string, fields: object = {}, answer: object = {}): void {
    this.say(tab, { type: 'subscribe', id: `${tab}-1`, channel: 'lobby', ...fields });
    const { id } = this.sent.at(-1) as Frame;
    this.hear({ type: 'subscribed', id, channel: 'lobby', epoch: 'e', offset: 5, ...answer });
  }

  publish(offset: number): void {
    this.hear({ type: 'message', channel: 'lobby', offset, message: `${offset}` });
  }
}

describe('Broker', () => {
  it('opens one socket for all, by the address of the first', () => {
    const { urls } = Scene.with(['a', 'b']);
    expect(urls).to.deep.equal(['ws://fake.test/?tab=a']);
  });

  it('welcomes who comes later with what is left of the token', () => {
    const scene = Scene.with(['a'], { protocol: 1, tokenExpiresIn: 100_000 });
    scene.now += 50_000;
    scene.broker.open('b', '', 1);
    // A little more: so one renews it, and the others hear of it.
    expect(scene.heard('tokenExpiresIn')).to.deep.equal(['b opened', 'b welcome 51000']);
  });

  it('follows a channel once, until the last tab has left it for a moment', () => {
    const scene = Scene.with(['a', 'b']);
    scene.follow('a');
    scene.say('b', { type: 'subscribe', id: 'b-1', channel: 'lobby' });
    expect(scene.sent.map(({ type }) => type)).to.deep.equal(['subscribe']);
    expect(scene.heard('id', 'offset')).to.deep.equal(['a subscribed a-1 5', 'b subscribed b-1 5']);
    scene.clear();
    scene.say('a', { type: 'unsubscribe', id: 'a-2', channel: 'lobby' });
    scene.publish(6);
    expect(scene.heard('id', 'offset')).to.deep.equal(['a unsubscribed a-2', 'b message 6']);
    scene.broker.leave('b');
    expect(scene.sent).to.deep.equal([]);
    for (const [, callback] of scene.timers) callback();
    expect(scene.sent.map(({ type, channel }) => [type, channel])).to.deep.equal([['unsubscribe', 'lobby']]);
  });

  it('keeps a channel over the moment between two pages', () => {
    const scene = Scene.with(['a', 'b']);
    scene.follow('a');
    scene.broker.leave('a');
    scene.say('b', { type: 'subscribe', id: 'b-1', channel: 'lobby', since: 'e:5' });
    for (const [, callback] of scene.timers) callback();
    expect(scene.sent.map(({ type }) => type)).to.deep.equal(['subscribe']);
  });

  it('catches a tab up with what came lately, without the server', () => {
    const scene = Scene.with(['a', 'b']);
    scene.follow('a');
    for (const offset of [6, 7, 8]) scene.publish(offset);
    scene.clear();
    scene.say('b', { type: 'subscribe', id: 'b-1', channel: 'lobby', since: 'e:6' });
    expect(scene.heard('offset', 'recovered')).to.deep.equal([
      'b subscribed 8 true',
      'b message 7',
      'b message 8',
    ]);
    expect(scene.sent).to.deep.equal([]);
  });

  it('asks the server for what a tab lacks, which no other tab gets again', () => {
    const scene = Scene.with(['a', 'b']);
    scene.follow('a');
    scene.clear();
    scene.say('b', { type: 'subscribe', id: 'b-1', channel: 'lobby', since: 'e:3' });
    const [asked] = scene.sent;
    expect(asked?.since).to.equal('e:3');
    scene.publish(6);
    scene.hear({
      type: 'subscribed',
      id: asked?.id,
      channel: 'lobby',
      epoch: 'e',
      offset: 6,
      recovered: true,
    });
    for (const offset of [4, 5, 6]) scene.publish(offset);
    scene.publish(7);
    expect(scene.heard('offset')).to.deep.equal([
      'a message 6',
      'b subscribed 6',
      'b message 4',
      'b message 5',
      'b message 6',
      'a message 7',
      'b message 7',
    ]);
  });

  it('says so where the server has no longer what a tab lacks, to that tab alone', () => {
    const scene = Scene.with(['a', 'b']);
    scene.follow('a');
    scene.clear();
    scene.say('b', { type: 'subscribe', id: 'b-1', channel: 'lobby', since: 'e:3' });
    scene.hear({
      type: 'subscribed',
      id: scene.sent[0]?.id,
      channel: 'lobby',
      epoch: 'e',
      offset: 5,
      recovered: false,
    });
    scene.say('b', { type: 'subscribe', id: 'b-2', channel: 'lobby', since: 'other:5' });
    scene.publish(6);
    expect(scene.heard('id', 'offset', 'recovered')).to.deep.equal([
      'b subscribed b-1 5 false',
      'b subscribed b-2 5 false',
      'a message 6',
      'b message 6',
    ]);
  });

  it('compares positions with the server once for all of them', () => {
    const scene = Scene.with(['a', 'b']);
    scene.follow('a');
    scene.say('b', { type: 'subscribe', id: 'b-1', channel: 'lobby' });
    scene.clear();
    scene.now += 120_000;
    for (const tab of ['a', 'b'])
      scene.say(tab, { type: 'subscribe', id: `${tab}-2`, channel: 'lobby', since: 'e:5' });
    expect(scene.sent.map(({ since }) => since)).to.deep.equal(['e:5']);
    scene.hear({
      type: 'subscribed',
      id: scene.sent[0]?.id,
      channel: 'lobby',
      epoch: 'e',
      offset: 6,
      recovered: true,
    });
    scene.publish(6);
    // The second was asked when the first was on its way: it is answered at once.
    expect(scene.heard('id', 'offset', 'recovered').sort()).to.deep.equal(
      ['a subscribed a-2 6 true', 'a message 6', 'b message 6', 'b subscribed b-2 5 true'].sort(),
    );
  });

  it('tells who comes later who is there', () => {
    const scene = Scene.with(['a', 'b']);
    scene.follow('a', { presence: true });
    const presence = { type: 'presence', channel: 'lobby' };
    scene.hear({ ...presence, event: 'state', users: [{ userId: 'ana' }, { userId: 'ben' }] });
    scene.hear({ ...presence, event: 'leave', users: [{ userId: 'ben' }] });
    scene.hear({ ...presence, event: 'join', users: [{ clientId: 'guest' }] });
    scene.clear();
    scene.say('b', { type: 'subscribe', id: 'b-1', channel: 'lobby', presence: true });
    const state = JSON.parse(
      scene.told.map(([, told]) => (told.kind === 'frame' ? told.text : '')).at(-1) ?? '',
    );
    expect(state).to.deep.equal({
      ...presence,
      event: 'state',
      users: [{ userId: 'ana' }, { clientId: 'guest' }],
    });
    expect(scene.sent).to.deep.equal([]);
  });

  it('asks for presence with the first tab that wants it', () => {
    const scene = Scene.with(['a', 'b']);
    scene.follow('a');
    scene.clear();
    scene.say('b', { type: 'subscribe', id: 'b-1', channel: 'lobby', presence: true });
    expect(scene.sent.map(({ presence, since }) => [presence, since])).to.deep.equal([[true, 'e:5']]);
    scene.hear({
      type: 'subscribed',
      id: scene.sent[0]?.id,
      channel: 'lobby',
      epoch: 'e',
      offset: 5,
      recovered: true,
    });
    scene.hear({ type: 'presence', channel: 'lobby', event: 'state', users: [] });
    expect(scene.heard('event')).to.deep.equal(['b subscribed', 'b presence state']);
  });

  it('gives answers to the tab that asked', () => {
    const scene = Scene.with(['a', 'b']);
    scene.say('a', { type: 'message', id: 'm', channel: 'lobby', message: 'x' });
    scene.say('b', { type: 'history', id: 'h', channel: 'lobby' });
    scene.say('b', { type: 'message', id: 'n', channel: 'staff', message: 'x' });
    scene.hear({ type: 'ack', id: 'm', channel: 'lobby', epoch: 'e', offset: 1 });
    scene.hear({ type: 'history', id: 'h', channel: 'lobby', publications: [], more: false });
    scene.hear({ type: 'error', id: 'n', code: 'forbidden' });
    expect(scene.heard()).to.deep.equal(['a ack', 'b history', 'b error']);
  });

  it('tells a refused subscription to all who wait for it, each by its own id', () => {
    const scene = Scene.with(['a', 'b']);
    for (const tab of ['a', 'b']) scene.say(tab, { type: 'subscribe', id: `${tab}-1`, channel: 'staff' });
    expect(scene.sent.length).to.equal(1);
    scene.hear({ type: 'error', id: scene.sent[0]?.id, channel: 'staff', code: 'forbidden' });
    expect(scene.heard('id', 'code')).to.deep.equal(['a error a-1 forbidden', 'b error b-1 forbidden']);
  });

  it('gives what names no channel to all, and what somebody types to who follows it', () => {
    const scene = Scene.with(['a', 'b']);
    scene.follow('a');
    scene.clear();
    scene.hear({ type: 'notification', title: 'Export ready' });
    scene.hear({ type: 'typing', channel: 'lobby', clientId: 'x' });
    expect(scene.heard()).to.deep.equal(['a notification', 'b notification', 'a typing']);
  });

  it('asks the server once for a sign of life, and answers its questions once', () => {
    const scene = Scene.with(['a', 'b']);
    for (const tab of ['a', 'b']) scene.say(tab, { type: 'ping' });
    expect(scene.sent).to.deep.equal([{ type: 'ping' }]);
    expect(scene.heard()).to.deep.equal([]);
    scene.hear({ type: 'pong' });
    expect(scene.heard()).to.deep.equal(['a pong', 'b pong']);
    scene.clear();
    scene.hear({ type: 'ping' });
    for (const tab of ['a', 'b']) scene.say(tab, { type: 'pong' });
    expect(scene.sent).to.deep.equal([{ type: 'pong' }]);
    expect(scene.heard()).to.deep.equal(['a ping', 'b ping']);
  });

  it('lets go of a socket that is dead when a tab opens again that has found it so', () => {
    const scene = Scene.with(['a', 'b']);
    scene.say('a', { type: 'ping' });
    scene.now += 5000;
    scene.broker.open('b', 'ws://fake.test/?tab=b', 2);
    expect(scene.dropped).to.equal(1);
    expect(scene.heard()).to.deep.equal(['a closed 1006']);
    expect(scene.urls.length).to.equal(2);
  });

  it('does not listen to a socket that it has let go of', () => {
    const scene = Scene.with(['a', 'b']);
    const { callbacks } = scene;
    scene.broker.end();
    callbacks.message(JSON.stringify({ type: 'notification' }));
    callbacks.close(1006, '');
    expect(scene.heard()).to.deep.equal([]);
    expect(scene.closed).to.equal(0);
  });

  it('asks from the place that is furthest behind, which serves the others too', () => {
    const scene = Scene.with(['a', 'b', 'c']);
    scene.say('a', { type: 'subscribe', id: 'a-1', channel: 'lobby' });
    scene.say('b', { type: 'subscribe', id: 'b-1', channel: 'lobby', since: 'e:4' });
    scene.say('c', { type: 'subscribe', id: 'c-1', channel: 'lobby', since: 'e:3' });
    const base = { type: 'subscribed', channel: 'lobby', epoch: 'e' };
    scene.hear({ ...base, id: scene.sent[0]?.id, offset: 5 });
    expect(scene.sent.map(({ since }) => since)).to.deep.equal([undefined, 'e:3']);
    scene.hear({ ...base, id: scene.sent[1]?.id, offset: 5, recovered: true });
    for (const offset of [4, 5]) scene.publish(offset);
    expect(scene.heard('offset')).to.deep.equal([
      'a subscribed 5',
      'b subscribed 5',
      'c subscribed 5',
      'c message 4',
      'b message 5',
      'c message 5',
    ]);
    expect(scene.sent.length).to.equal(2);
  });

  it('asks no second question while the server catches one up, which would end it', () => {
    const scene = Scene.with(['a', 'b', 'c']);
    scene.follow('a');
    scene.clear();
    scene.say('b', { type: 'subscribe', id: 'b-1', channel: 'lobby', since: 'e:2' });
    const base = { type: 'subscribed', channel: 'lobby', epoch: 'e', offset: 5, recovered: true };
    scene.hear({ ...base, id: scene.sent[0]?.id });
    scene.publish(3);
    scene.say('c', { type: 'subscribe', id: 'c-1', channel: 'lobby', since: 'e:1' });
    scene.publish(4);
    expect(scene.sent.map(({ since }) => since)).to.deep.equal(['e:2']);
    scene.publish(5);
    expect(scene.sent.map(({ since }) => since)).to.deep.equal(['e:2', 'e:1']);
  });

  it('renews the token once, and tells the others that it was', () => {
    const scene = Scene.with(['a', 'b'], { protocol: 1, tokenExpiresIn: 10_000 });
    scene.say('a', { type: 'auth', id: 'x', token: 'fresh' });
    scene.hear({ type: 'ack', id: 'x', tokenExpiresIn: 600_000 });
    scene.say('b', { type: 'auth', id: 'y', token: 'fresher' });
    expect(scene.sent.map(({ token }) => token)).to.deep.equal(['fresh']);
    expect(scene.tokens).to.deep.equal(['fresh']);
    expect(scene.heard('id', 'tokenExpiresIn')).to.deep.equal([
      'b ack 612000',
      'a ack x 600000',
      'b ack y 612000',
    ]);
  });

  it('tells every tab the code that its socket closed with', () => {
    const scene = Scene.with(['a', 'b']);
    scene.callbacks.close(1008, 'Invalid authentication');
    expect(scene.heard()).to.deep.equal(['a closed 1008', 'b closed 1008']);
    expect(scene.closed).to.equal(1);
  });

  it('blames a frame that broke the socket on the tab whose it was', () => {
    const scene = Scene.with(['a', 'b']);
    scene.say('a', { type: 'message', id: 'm', channel: 'lobby', message: 'short' });
    scene.say('b', { type: 'message', id: 'n', channel: 'lobby', message: 'x'.repeat(100) });
    scene.callbacks.close(1009, '');
    expect(scene.heard()).to.deep.equal(['b closed 1009', 'a closed 1006']);
  });

  it('ends what is no longer granted for every tab', () => {
    const scene = Scene.with(['a', 'b']);
    scene.follow('a');
    scene.say('b', { type: 'subscribe', id: 'b-1', channel: 'lobby' });
    scene.clear();
    scene.hear({ type: 'unsubscribed', channel: 'lobby' });
    expect(scene.heard()).to.deep.equal(['a unsubscribed', 'b unsubscribed']);
  });

  it('passes everything on where the server speaks the plain protocol', () => {
    const scene = Scene.with(['a', 'b'], {});
    scene.say('a', { type: 'message', message: 'x' });
    scene.say('b', { type: 'message', message: 'y' });
    scene.hear({ type: 'message', clientId: 'c', message: 'x' });
    scene.hear({ type: 'error', code: 'rate_limited' });
    expect(scene.sent.length).to.equal(2);
    expect(scene.heard()).to.deep.equal(['a message', 'b message', 'b error']);
  });
});
