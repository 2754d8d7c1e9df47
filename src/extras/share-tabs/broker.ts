import { isProtocolType, PROTOCOL_VERSION } from '../../../protocol/src/names.ts';
import { blamesFrame } from '../../connection/close-action.ts';
import { PROBE_TIMEOUT } from '../../connection/liveness.ts';
import type { Transport, TransportCallbacks } from '../../connection/transport.ts';
import { type Frame, parseFrame, type Told } from './messages.ts';
import { SharedChannel } from './shared-channel.ts';

/** Publications of a channel that tabs which come later are given without the server. */
const KEEPS = 100;
/** From the last tab's leaving a channel to the end of its subscription, ms: pages that follow each other keep it. */
const LINGER = 1000;
/** A socket without `welcome` for so long is given up once a tab tries again, ms. */
const PATIENCE = 10_000;
/** Within this time after a renewal no other is needed, ms. */
const RENEWED = 10_000;
/** By how much later each further tab is told that the token ends, and the most: so one of them renews it for all. */
const LATER = { each: 0.02, most: 0.1 };

/** What a broker needs of the world. */
export interface BrokerEdge {
  /** Opens the one socket; throws what its constructor throws. */
  connect(url: string, callbacks: TransportCallbacks): Transport;
  tell(tabs: readonly string[], told: Told): void;
  /** The server took a fresh token. */
  renewed(token: string): void;
  /** The socket is closed, and every tab was told. */
  closed(): void;
  later(delay: number, callback: () => void): void;
  now(): number;
}

/**
 * Stands between the one socket and the tabs: to the server one client, to each tab a server of its own. What the tabs
 * follow is followed once; answers go to the tab that asked; a sign of life is one for all.
 */
export class Broker {
  readonly #edge: BrokerEdge;
  readonly #keeps: number;
  /** The tabs that have opened, in this order, each with how often it has. */
  readonly #tabs = new Map<string, number>();
  readonly #channels = new Map<string, SharedChannel>();
  /** Frames that wait for their answers, the oldest first, and whose they are. */
  #pending: { id: string | undefined; tab: string; text: string; token?: string }[] = [];
  /** The tabs that wait for a `pong`. */
  readonly #pinging = new Set<string>();
  #pingedAt = 0;
  #upstream: Transport | undefined;
  /** The socket in use; what an earlier one still tells is not listened to. */
  #attempt = 0;
  #openedAt = 0;
  #isOpen = false;
  #welcome: Frame | undefined;
  #expiresAt = 0;
  #renewedAt = -Infinity;

  /** @param keeps - Publications of a channel at most that are kept for tabs that come later. */
  constructor(edge: BrokerEdge, keeps = KEEPS) {
    this.#edge = edge;
    this.#keeps = keeps;
  }

  /** A tab opens its transport; whatever it had before is gone. */
  open(tab: string, url: string, count: number): void {
    this.leave(tab);
    this.#tabs.set(tab, count);
    if (this.#upstream && this.#isDead()) {
      this.#drop();
      const others = this.#all.filter((other) => other !== tab);
      this.#closeTabs(others, 1006, '');
    }
    if (!this.#upstream) this.#connect(url);
    else if (this.#isOpen) {
      this.#edge.tell([tab], { kind: 'opened', count });
      this.#greet(tab);
    }
  }

  /** A frame of a tab's. */
  frame(tab: string, text: string): void {
    if (!this.#isOpen || !this.#tabs.has(tab)) return;
    const frame = parseFrame(text);
    if (!frame || this.#isPlain) {
      this.#forward(tab, undefined, text);
      return;
    }
    const { type, id, channel = '' } = frame;
    if (type === 'subscribe') this.#open(channel).subscribe(tab, frame);
    else if (type === 'unsubscribe') {
      this.#part(tab, channel);
      this.#tell([tab], { type: 'unsubscribed', id, channel });
    } else if (type === 'ping') this.#ping(tab);
    else if (type === 'auth') this.#authenticate(tab, frame, text);
    // The broker answers the server's pings itself.
    else if (type !== 'pong') this.#forward(tab, id, text);
  }

  /** A tab closed its transport, or is gone. */
  leave(tab: string): void {
    this.#tabs.delete(tab);
    this.#pinging.delete(tab);
    this.#pending = this.#pending.filter((pending) => pending.tab !== tab);
    for (const name of [...this.#channels.keys()]) this.#part(tab, name);
  }

  /** Another leads: lets go of the socket and tells nobody. */
  end(): void {
    this.#tabs.clear();
    this.#drop();
  }

  get #all(): string[] {
    return [...this.#tabs.keys()];
  }

  get #isPlain(): boolean {
    return !!this.#welcome && this.#welcome.protocol !== PROTOCOL_VERSION;
  }

  /** Nobody has told so yet, but what was asked of the server stays without an answer. */
  #isDead(): boolean {
    const now = this.#edge.now();
    if (this.#pinging.size && now - this.#pingedAt > 0.9 * PROBE_TIMEOUT) return true;
    return !this.#welcome && now - this.#openedAt > PATIENCE;
  }

  #connect(url: string): void {
    this.#attempt++;
    const mine = this.#attempt;
    const ifMine =
      <T extends unknown[]>(act: (...values: T) => void) =>
      (...values: T) => {
        if (mine === this.#attempt) act(...values);
      };
    this.#openedAt = this.#edge.now();
    try {
      this.#upstream = this.#edge.connect(url, {
        open: ifMine(() => {
          this.#isOpen = true;
          for (const [tab, count] of this.#tabs) this.#edge.tell([tab], { kind: 'opened', count });
        }),
        message: ifMine((text) => this.#hear(text)),
        close: ifMine((code, reason) => this.#lose(code, reason)),
      });
    } catch {
      // As the connection has it: a URL that the browser will not open.
      this.#lose(0, '');
    }
  }

  #lose(code: number, reason: string): void {
    const tabs = this.#all;
    const suspect = blamesFrame(code) ? this.#longest()?.tab : undefined;
    const { blamed, others } = Object.groupBy(tabs, (tab) =>
      suspect === undefined || tab === suspect ? 'blamed' : 'others',
    );
    this.#drop();
    this.#closeTabs(blamed ?? [], code, reason);
    // What they had under way is not what was blamed, and may be sent again.
    this.#closeTabs(others ?? [], 1006, '');
    this.#edge.closed();
  }

  #closeTabs(tabs: readonly string[], code: number, reason: string): void {
    for (const tab of tabs) this.#tabs.delete(tab);
    if (tabs.length) this.#edge.tell(tabs, { kind: 'closed', code, reason });
  }

  #drop(): void {
    this.#attempt++;
    this.#upstream?.close();
    this.#upstream = this.#welcome = undefined;
    this.#isOpen = false;
    this.#pending = [];
    this.#pinging.clear();
    this.#channels.clear();
    this.#renewedAt = -Infinity;
  }

  /** What the server says. */
  #hear(text: string): void {
    const frame = parseFrame(text);
    const all = this.#all;
    if (!frame) this.#edge.tell(all, { kind: 'frame', text });
    else if (frame.type === 'welcome') this.#welcomed(frame);
    else if (this.#isPlain) this.#hearPlain(frame, text);
    else this.#receive(frame, text);
  }

  /** A plain server numbers nothing: its errors are for the message that waits longest, everything else is for all. */
  #hearPlain({ type, clientId }: Frame, text: string): void {
    const isError = type === 'error';
    const tabs = isError ? this.#pending.slice(0, 1).map(({ tab }) => tab) : this.#all;
    if (isError || clientId === this.#welcome?.clientId) this.#pending.shift();
    this.#edge.tell(tabs, { kind: 'frame', text });
  }

  #receive(frame: Frame, text: string): void {
    const { type, id, offset } = frame;
    const channel = this.#channels.get(frame.channel ?? '');
    const all = this.#all;
    if (!isProtocolType(type)) {
      if (frame.channel === undefined) this.#edge.tell(all, { kind: 'frame', text });
      else if (typeof offset === 'number') channel?.publication(offset, text);
      else if (channel) this.#edge.tell(channel.tabs, { kind: 'frame', text });
    } else if (type === 'ping') {
      this.#send({ type: 'pong' });
      // A sign of life for each of them.
      this.#edge.tell(all, { kind: 'frame', text });
    } else if (type === 'pong') {
      const waiting = [...this.#pinging];
      this.#pinging.clear();
      this.#edge.tell(waiting, { kind: 'frame', text });
    } else if (type === 'reconnect') this.#edge.tell(all, { kind: 'frame', text });
    else if (type === 'ack') this.#acknowledged(frame, text);
    else if (type === 'history') this.#give(this.#take(id), text);
    else if (type === 'error') this.#fail(frame, text, channel);
    else if (type === 'typing') {
      if (channel) this.#edge.tell(channel.tabs, { kind: 'frame', text });
    } else if (type === 'subscribed') channel?.subscribed(frame);
    else if (type === 'presence') channel?.presence(frame);
    else if (type === 'unsubscribed' && id === undefined && channel) {
      channel.ended(frame);
      this.#channels.delete(frame.channel ?? '');
    }
  }

  #welcomed(welcome: Frame): void {
    this.#welcome = welcome;
    this.#expiresAt = this.#edge.now() + Number(welcome.tokenExpiresIn ?? 0);
    for (const tab of this.#all) this.#greet(tab);
  }

  /** The `welcome`, as it would read now. */
  #greet(tab: string): void {
    if (!this.#welcome) return;
    const { tokenExpiresIn } = this.#welcome;
    const left = tokenExpiresIn === undefined ? {} : { tokenExpiresIn: this.#tokenExpiresIn(tab) };
    this.#tell([tab], { ...this.#welcome, ...left });
  }

  #tokenExpiresIn(tab: string): number {
    const place = this.#all.indexOf(tab);
    const later = 1 + Math.min(LATER.most, LATER.each * place);
    return Math.max(1, Math.round(later * (this.#expiresAt - this.#edge.now())));
  }

  #acknowledged(frame: Frame, text: string): void {
    const pending = this.#take(frame.id);
    const { tokenExpiresIn } = frame;
    if (pending?.token !== undefined && typeof tokenExpiresIn === 'number') {
      const now = this.#edge.now();
      this.#expiresAt = now + tokenExpiresIn;
      this.#renewedAt = now;
      this.#edge.renewed(pending.token);
      // Without an id it answers nobody: it says that the token is another, and how long it lives.
      for (const tab of this.#all) {
        if (tab !== pending.tab)
          this.#tell([tab], { type: 'ack', tokenExpiresIn: this.#tokenExpiresIn(tab) });
      }
    }
    this.#give(pending, text);
  }

  #authenticate(tab: string, { id, token }: Frame, text: string): void {
    if (this.#edge.now() - this.#renewedAt < RENEWED) {
      this.#tell([tab], { type: 'ack', id, tokenExpiresIn: this.#tokenExpiresIn(tab) });
    } else this.#forward(tab, id, text, `${token}`);
  }

  #fail(frame: Frame, text: string, channel: SharedChannel | undefined): void {
    const { id, code } = frame;
    const asking = [...this.#channels].find(([, each]) => each.isAsked(id));
    if (asking) {
      const [name, asked] = asking;
      asked.refused(frame);
      this.#endIfEmpty(name, asked);
    } else if (id !== undefined) this.#give(this.#take(id), text);
    else if (channel) this.#edge.tell(channel.tabs, { kind: 'frame', text });
    else {
      const suspect = code === 'frame_too_large' ? this.#longest() : this.#pending[0];
      this.#pending = this.#pending.filter((pending) => pending !== suspect);
      this.#give(suspect, text);
    }
  }

  #ping(tab: string): void {
    const isUnderWay = this.#pinging.size > 0;
    this.#pinging.add(tab);
    if (isUnderWay) return;
    this.#pingedAt = this.#edge.now();
    this.#send({ type: 'ping' });
  }

  /** The longest frame under way: the one that a server is likely to find too long. */
  #longest() {
    return this.#pending.toSorted((a, b) => b.text.length - a.text.length)[0];
  }

  #forward(tab: string, id: string | undefined, text: string, token?: string): void {
    // `typing` has no answer.
    if (id !== undefined || this.#isPlain) this.#pending.push({ id, tab, text, token });
    this.#upstream?.send(text);
  }

  /** The first of those that wait under an id: it is answered once. */
  #take(id: string | undefined) {
    const index = this.#pending.findIndex((pending) => pending.id === id);
    return index < 0 ? undefined : this.#pending.splice(index, 1)[0];
  }

  #give(pending: { tab: string } | undefined, text: string): void {
    if (pending) this.#edge.tell([pending.tab], { kind: 'frame', text });
  }

  #open(name: string): SharedChannel {
    const known = this.#channels.get(name);
    if (known) return known;
    const { later, now } = this.#edge;
    const channel = new SharedChannel(
      name,
      {
        send: (frame) => this.#send(frame),
        tell: (tabs, text) => this.#edge.tell(tabs, { kind: 'frame', text }),
        later: (delay, callback) => later(delay, () => this.#channels.get(name) === channel && callback()),
        now,
      },
      this.#keeps,
    );
    this.#channels.set(name, channel);
    return channel;
  }

  #part(tab: string, name: string): void {
    const channel = this.#channels.get(name);
    if (!channel?.tabs.includes(tab)) return;
    channel.leave(tab);
    if (channel.isEmpty) this.#edge.later(LINGER, () => this.#endIfEmpty(name, channel));
  }

  /** The last tab left it: the server needs to send it no more. */
  #endIfEmpty(name: string, channel: SharedChannel): void {
    if (!channel.isEmpty || this.#channels.get(name) !== channel) return;
    this.#channels.delete(name);
    if (this.#isOpen) this.#send({ type: 'unsubscribe', id: `end-${this.#attempt}`, channel: name });
  }

  #send(frame: object): void {
    this.#upstream?.send(JSON.stringify(frame));
  }

  #tell(tabs: readonly string[], frame: object): void {
    this.#edge.tell(tabs, { kind: 'frame', text: JSON.stringify(frame) });
  }
}
