import { ErrorCode } from '../../protocol/src/error-codes.ts';
import {
  BROADCAST_CHANNEL,
  DEFAULT_CHANNEL,
  isProtocolType,
  MESSAGE_ID,
  PROTOCOL_VERSION,
} from '../../protocol/src/names.ts';
import { personKey } from '../../protocol/src/person.ts';
import { formatPosition, parsePosition } from '../../protocol/src/position.ts';
import { parseTimestamp, plainTimestamp } from '../../protocol/src/timestamps.ts';
import { backoff } from './backoff.ts';
import { type Channel, placeOf } from './channel.ts';
import { blamesFrame, closeAction } from './close-action.ts';
import { debug } from './debug.ts';
import { isSilent, PROBE_TIMEOUT } from './liveness.ts';
import { Outbox, type Outgoing } from './outbox.ts';
import { leave, live } from './page-life.ts';
import { randomId } from './random-id.ts';
import { sessionId } from './session.ts';
import { isStopped, nextStatus } from './state.ts';
import { fetchToken } from './token.ts';
import type { Transport } from './transport.ts';
import {
  type Acknowledgement,
  type AnnouncedLimits,
  type Connection,
  type ConnectionOptions,
  type ConnectionState,
  type ConnectionStatus,
  type ErrorFrame,
  type Person,
  type Publication,
  type RefusedReason,
  SendError,
  type SendOptions,
  type Subscription,
  type SubscriptionOptions,
} from './types.ts';
import { addQuery } from './url.ts';
import { openTransport } from './websocket-transport.ts';

/** Where to and as whom. `url` is normalised; empty where what was given cannot be one. */
export interface Configuration extends ConnectionOptions {
  url: string;
}

/** How often clocks are compared, ms. */
const TICK = 2500;
/** A try without `welcome`, or a message without answer, for this long means a dead server, ms. */
const PATIENCE = 15_000;
/** Connected for this long, backoff begins anew, ms. */
const STABLE = 10_000;
/** At most one `typing` a channel in this time, ms. */
const TYPING = 3000;
/** Longest delay that timers understand, ms. */
const MAX_DELAY = 2 ** 31 - 1;

/** Types that elements know; any other is told to the page as `ws-message`. */
const DOCUMENTED = ['message', 'notification', 'data_update', 'status_update', 'user_activity'];

/** URLs that answered with `protocol: 1` in this page's life. */
const speaking = new Set<string>();

/** For tests: as on a new page. */
export function forgetServers(): void {
  speaking.clear();
}

type Frame = Publication & {
  heartbeat?: number;
  after?: number;
  limits?: AnnouncedLimits;
  epoch?: string;
  users?: Person[];
  event?: 'state' | 'join' | 'leave';
};

/** One logical session with a server, across as many sockets as it takes. */
export class SharedConnection implements Connection {
  readonly url: string;
  clientId: string | undefined;
  userId: string | undefined;
  name: string | undefined;
  plain = false;
  limits: AnnouncedLimits | undefined;

  readonly #configuration: Configuration;
  readonly #closed: () => void;
  #holds = 0;
  #releaseTimer: ReturnType<typeof setTimeout> | undefined;
  #status: ConnectionStatus;

  /** The try or socket in use; whatever an earlier one still tells is not listened to. */
  #attempt = 0;
  #transport: Transport | undefined;
  /** Start of the try, ms since 1970, as all times here. */
  #startedAt = 0;
  /** `welcome` was said; 0 before. */
  #connectedAt = 0;
  /** Subscriptions may be sent. */
  #joined = false;
  #heardAt = 0;
  #heartbeat = 0;
  #failures = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #probeTimer: ReturnType<typeof setTimeout> | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;
  /** Delay that a `reconnect` frame asked for. */
  #planned: number | undefined;

  #token: string | undefined;
  #renewAt = Infinity;
  /** A fresh token has answered a 1008. */
  #freshToken = false;

  readonly #outbox = new Outbox();
  /** Rate limited until then. */
  #pausedUntil = 0;
  readonly #channels = new Map<string, Channel>();
  readonly #typed = new Map<string, number>();
  readonly #statusListeners = new Set<(status: ConnectionStatus, previous: ConnectionStatus) => void>();
  readonly #listeners = new Map<string, Set<(publication: Publication) => void>>();

  constructor(configuration: Configuration, closed: () => void) {
    this.#configuration = configuration;
    this.#closed = closed;
    this.#token = configuration.token;
    this.url = configuration.url.split('?')[0] ?? '';
    this.#status = configuration.url
      ? { state: 'disconnected' }
      : { state: 'refused', reason: 'configuration' };
    this.subscribe(BROADCAST_CHANNEL);
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  get state(): ConnectionState {
    return this.#status.state;
  }

  get pending(): readonly string[] {
    return this.#outbox.messages.map(({ id }) => id);
  }

  connect(): void {
    if (!this.#configuration.url) return;
    if (isStopped(this.state)) {
      this.#failures = 0;
      this.#freshToken = false;
      if (this.#configuration.tokenUrl && this.#status.reason === 'token') this.#token = undefined;
      live(this);
      this.#ticker = setInterval(() => this.#tick(), TICK);
      this.#move({ state: 'connecting' });
      this.#try();
    } else if (this.#waiting) {
      this.#try();
    }
  }

  disconnect(): void {
    this.#stop({ state: 'disconnected' });
  }

  onStatusChange(listener: (status: ConnectionStatus, previous: ConnectionStatus) => void): () => void {
    return listen(this.#statusListeners, listener);
  }

  on(type: string, listener: (publication: Publication) => void): () => void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners);
    return listen(listeners, listener);
  }

  send(
    channel: string,
    message: string | { type: string; [field: string]: unknown },
    { id = randomId() }: SendOptions = {},
  ): Promise<Acknowledgement> {
    const known = this.#outbox.find(id);
    if (known) return known.answer;
    let resolve!: Outgoing['resolve'];
    let reject!: Outgoing['reject'];
    const answer = new Promise<Acknowledgement>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    const data = typeof message === 'string' ? { type: 'message', message } : message;
    const text = JSON.stringify({ ...data, id, channel });
    const bytes = new TextEncoder().encode(text).length;
    const outgoing: Outgoing = { id, channel, data: JSON.parse(text), text, bytes, answer, resolve, reject };
    if (this.state === 'refused') reject(new SendError('refused', 'Connection refused', id));
    else if (!this.#holds) reject(new SendError('closed', 'Connection closed', id));
    else if (!MESSAGE_ID.test(id))
      reject(new SendError(ErrorCode.InvalidFrame, 'id: expected 1–64 of A–Z a–z 0–9 _ -', id));
    else if (isProtocolType(data.type)) reject(new SendError(ErrorCode.UnsupportedType, data.type, id));
    else if (!this.#outbox.add(outgoing)) reject(new SendError('outbox_full', 'Outbox full', id));
    else this.#flush();
    return answer;
  }

  subscribe(name: string, options: SubscriptionOptions = {}): Subscription {
    let channel = this.#channels.get(name);
    if (!channel) {
      const position = parsePosition(options.since ?? '');
      channel = { name, holders: new Map(), position, continued: !!position, people: [], held: [] };
      this.#channels.set(name, channel);
    }
    const held = channel;
    const subscription: Subscription = {
      channel: name,
      get position() {
        return held.position && { ...held.position };
      },
      get people() {
        return held.people;
      },
      unsubscribe: () => {
        held.holders.delete(subscription);
        // A moved element lets go and comes back; only who is still away then has left.
        setTimeout(() => this.#leave(held));
      },
    };
    held.holders.set(subscription, options);
    if (this.#joined && !held.request && (!held.live || (options.presence && !held.presence))) {
      this.#join(held);
    } else if (held.live) {
      queueMicrotask(() => {
        if (!held.holders.has(subscription)) return;
        const { position, people } = held;
        const recovered =
          options.since === undefined ? undefined : !!position && options.since === formatPosition(position);
        call(() => options.onSubscribed?.({ position: subscription.position, recovered }));
        if (held.presence) call(() => options.onPresence?.(people));
      });
    }
    return subscription;
  }

  typing(channel: string): void {
    const now = Date.now();
    if (!this.#connectedAt || this.plain || Math.abs(now - (this.#typed.get(channel) ?? 0)) < TYPING) return;
    this.#typed.set(channel, now);
    this.#send({ type: 'typing', channel });
  }

  /** Takes a hold; {@link release} gives it up. */
  hold(): this {
    clearTimeout(this.#releaseTimer);
    this.#holds++;
    return this;
  }

  release(): void {
    if (!this.#holds || --this.#holds) return;
    clearTimeout(this.#releaseTimer);
    this.#releaseTimer = setTimeout(() => this.close(), 1000);
  }

  /** For good. */
  close(): void {
    this.#holds = 0;
    clearTimeout(this.#releaseTimer);
    this.disconnect();
    this.#rejectAll('closed');
    this.#closed();
  }

  wake(atOnce: boolean): void {
    this.#move(this.#status);
    if (this.#connectedAt) this.#probe();
    else if (document.hidden) return;
    else if (this.#waiting) {
      if (atOnce || Date.now() >= (this.#status.retryAt ?? 0)) this.#try();
    } else if (atOnce && Date.now() - this.#startedAt > PROBE_TIMEOUT) {
      // Began while there was no network, and may hang for a minute.
      this.#drop();
      this.#try();
    }
  }

  suspend(): void {
    this.#lose(1001, 0);
    clearTimeout(this.#retryTimer);
  }

  /** Between two tries. */
  get #waiting(): boolean {
    return this.#status.retryAt !== undefined;
  }

  #move(to: ConnectionStatus): void {
    const previous = this.#status;
    const { offline: _, ...rest } = to;
    const status = nextStatus(previous, navigator.onLine ? rest : { ...rest, offline: true });
    if (status === previous) return;
    this.#status = status;
    debug('state', JSON.stringify(status));
    for (const listener of [...this.#statusListeners]) call(() => listener(status, previous));
  }

  async #try(): Promise<void> {
    clearTimeout(this.#retryTimer);
    const { url, tokenUrl, name } = this.#configuration;
    const attempt = ++this.#attempt;
    this.#startedAt = Date.now();
    if (this.#waiting) this.#move({ state: 'reconnecting' });
    if (tokenUrl && (!this.#token || this.#startedAt >= this.#renewAt)) {
      const got = await this.#fetchToken(tokenUrl);
      if (attempt !== this.#attempt) return;
      if (!got) return this.#lose();
    }
    const token = this.#token;
    const query = { protocol: `${PROTOCOL_VERSION}`, token, name, session: token ? undefined : sessionId() };
    const current = () => attempt === this.#attempt;
    this.#transport = openTransport(addQuery(url, query), {
      open: () => {
        if (current() && speaking.has(url)) this.#joinAll();
      },
      message: (text) => {
        if (current()) this.#hear(text);
      },
      close: (code, reason) => {
        if (!current()) return;
        debug('close', `${code} ${reason}`);
        if (!code) console.warn(`ws-elements url: ${reason}`);
        this.#lose(code);
      },
    });
  }

  /** Whether there is a fresh one now. */
  async #fetchToken(url: string): Promise<boolean> {
    const attempt = this.#attempt;
    try {
      const token = await fetchToken(url);
      if (attempt !== this.#attempt) return false;
      if (!token) this.#refuse('token');
      this.#token = token;
      this.#renewAt = Infinity;
      return !!token;
    } catch (error) {
      debug('token-url', `${error}`);
      return false;
    }
  }

  /** Lets go of the socket, silently; `code` is what it closed with. */
  #drop(code = 0): void {
    this.#attempt++;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#probeTimer);
    this.#probeTimer = undefined;
    const transport = this.#transport;
    this.#transport = undefined;
    this.#connectedAt = 0;
    this.#joined = false;
    for (const channel of this.#channels.values()) {
      channel.request = undefined;
      channel.live = channel.presence = false;
      channel.held = [];
    }
    transport?.close();
    const first = this.#outbox.first;
    if (!first?.sentAt) return;
    first.sentAt = undefined;
    // Without ids a plain server could not tell it from a new one.
    if (this.plain || (first.blamed && blamesFrame(code))) this.#reject(first, 'closed', 'Not sent again');
    else first.blamed ||= blamesFrame(code);
  }

  /** The socket closed, or counts as dead. Tries again after `delay` ms, by default as backoff has it. */
  #lose(code = 1006, delay?: number): void {
    const { token, tokenUrl } = this.#configuration;
    if (this.#connectedAt && Date.now() - this.#connectedAt >= STABLE) {
      this.#failures = 0;
      this.#freshToken = false;
    }
    this.#drop(code);
    const { refused, dropToken, dropPositions } = closeAction(code, !!tokenUrl, this.#freshToken);
    if (refused) {
      this.#refuse(refused);
      return;
    }
    if (dropToken) {
      this.#token = tokenUrl ? undefined : token;
      this.#freshToken = true;
    }
    if (dropPositions) for (const channel of this.#channels.values()) channel.position = undefined;
    delay ??=
      this.#planned === undefined
        ? backoff(this.#failures++, Math.random())
        : this.#planned + backoff(0, Math.random());
    this.#planned = undefined;
    this.#move({ state: 'reconnecting', retryAt: Date.now() + delay });
    this.#retryTimer = setTimeout(() => document.hidden || this.#try(), Math.min(delay, MAX_DELAY));
  }

  #refuse(reason: RefusedReason): void {
    this.#stop({ state: 'refused', reason });
    this.#rejectAll('refused');
  }

  #stop(to: ConnectionStatus): void {
    this.#drop();
    clearInterval(this.#ticker);
    leave(this);
    this.#move(to);
  }

  #tick(): void {
    const now = Date.now();
    const sentAt = this.#outbox.first?.sentAt ?? now;
    if (this.#connectedAt) {
      if (isSilent(now, this.#heardAt, this.#heartbeat)) this.#probe();
      if (now - sentAt > PATIENCE) this.#lose();
      else if (now >= this.#renewAt) this.#renew();
    } else if (this.#waiting) {
      this.wake(false);
    } else if (now - this.#startedAt > PATIENCE) {
      this.#lose();
    }
  }

  #probe(): void {
    if (this.plain || this.#probeTimer) return;
    this.#send({ type: 'ping' });
    this.#probeTimer = setTimeout(() => this.#lose(), PROBE_TIMEOUT);
  }

  #expire(expiresIn: unknown): void {
    if (!this.#configuration.tokenUrl || typeof expiresIn !== 'number') return;
    const delay = Math.max(1000, 0.8 * expiresIn);
    this.#renewAt = Date.now() + delay;
    setTimeout(() => this.#tick(), Math.min(delay, MAX_DELAY));
  }

  async #renew(): Promise<void> {
    const { tokenUrl } = this.#configuration;
    const attempt = this.#attempt;
    this.#renewAt = Infinity;
    if (await this.#fetchToken(tokenUrl as string))
      this.#send({ type: 'auth', id: randomId(), token: this.#token });
    else if (attempt === this.#attempt) this.#renewAt = Date.now() + backoff(3, Math.random());
  }

  #send(frame: object): void {
    const text = JSON.stringify(frame);
    debug('→', text);
    this.#transport?.send(text);
  }

  #hear(text: string): void {
    this.#heardAt = Date.now();
    clearTimeout(this.#probeTimer);
    this.#probeTimer = undefined;
    debug('←', text);
    call(() => {
      const frame = JSON.parse(text);
      if (typeof frame?.type === 'string') this.#receive(frame);
    });
  }

  #receive(frame: Frame): void {
    const { type, id } = frame;
    const channel = this.#channels.get(frame.channel as string);
    if (type === 'welcome') this.#welcome(frame);
    else if (type === 'ping') this.#send({ type: 'pong' });
    else if (type === 'reconnect') this.#planned = Math.max(0, +frame.after || 0);
    else if (type === 'ack') this.#acknowledge(frame);
    else if (type === 'error') this.#error(frame as unknown as ErrorFrame);
    else if (!isProtocolType(type)) this.#publication(frame);
    else if (!channel) return;
    else if (type === 'subscribed') this.#subscribed(channel, frame);
    else if (type === 'presence') this.#presence(channel, frame);
    else if (type === 'typing') this.#tell(channel, 'onTyping', frame);
    else if (type === 'unsubscribed' && !id) {
      channel.live = false;
      this.#tell(channel, 'onError', {
        ...frame,
        type: 'error',
        code: ErrorCode.Forbidden,
        message: 'Unsubscribed',
      });
    }
  }

  #welcome(frame: Frame): void {
    const { url } = this.#configuration;
    this.plain = frame.protocol !== PROTOCOL_VERSION;
    this.clientId = frame.clientId;
    this.userId = frame.userId;
    this.name = frame.name;
    this.limits = frame.limits;
    this.#heartbeat = +frame.heartbeat || 0;
    this.#connectedAt = Date.now();
    this.#planned = undefined;
    this.#expire(frame.tokenExpiresIn);
    if (this.plain) speaking.delete(url);
    else speaking.add(url);
    if (!this.#joined || this.plain) this.#joinAll();
    this.#move({ state: 'connected' });
    this.#flush();
  }

  #joinAll(): void {
    this.#joined = true;
    for (const channel of this.#channels.values()) this.#join(channel);
  }

  #join(channel: Channel): void {
    const { name, position, holders } = channel;
    if (this.plain) {
      if (isPlain(name)) {
        channel.live = true;
        this.#tell(channel, 'onSubscribed', {});
      } else {
        this.#tell(channel, 'onError', {
          type: 'error',
          code: ErrorCode.UnsupportedType,
          message: 'Plain server',
          channel: name,
        });
      }
      return;
    }
    channel.request = randomId();
    channel.presence = [...holders.values()].some(({ presence }) => presence);
    this.#send({
      type: 'subscribe',
      id: channel.request,
      channel: name,
      since: position && formatPosition(position),
      presence: channel.presence || undefined,
    });
  }

  #leave(channel: Channel): void {
    const { name, holders } = channel;
    if (holders.size || this.#channels.get(name) !== channel) return;
    this.#channels.delete(name);
    if (this.#joined && !this.plain) this.#send({ type: 'unsubscribe', id: randomId(), channel: name });
  }

  #subscribed(channel: Channel, frame: Frame): void {
    if (frame.id && frame.id !== channel.request) return;
    const { position, held, continued } = channel;
    const recovered = frame.recovered === true && frame.epoch === position?.epoch;
    channel.request = undefined;
    channel.live = channel.continued = true;
    channel.held = [];
    if (!recovered) channel.position = { epoch: frame.epoch, offset: frame.offset as number };
    this.#tell(channel, 'onSubscribed', {
      position: channel.position && { ...channel.position },
      recovered: continued ? recovered : undefined,
    });
    if (!recovered) for (const publication of held) this.#deliver(publication, channel);
  }

  #publication(frame: Frame): void {
    const { type, clientId, offset, timestamp, message } = frame;
    const first = this.#outbox.first;
    if (typeof timestamp === 'string') {
      frame = { ...frame, timestamp: parseTimestamp(timestamp)?.toISOString() };
    }
    const name = this.plain ? (type === 'message' ? DEFAULT_CHANNEL : BROADCAST_CHANNEL) : frame.channel;
    const channel = this.#channels.get(name as string);
    const position = channel?.position;
    const own =
      this.plain && first
        ? clientId === this.clientId && type === first.data.type && message === first.data.message
        : first && frame.id === first.id && name === first.channel;
    if (first?.sentAt && own) {
      this.#acknowledge({
        type,
        id: first.id,
        channel: first.channel,
        epoch: position?.epoch,
        offset,
        timestamp: frame.timestamp,
      });
    }
    if (channel && position && typeof offset === 'number') {
      const place = placeOf(offset, position);
      if (place === 'seen') return;
      if (place === 'gap') {
        channel.held.push(frame);
        if (!channel.request) this.#join(channel);
        return;
      }
      position.offset = offset;
    }
    if (channel || !name) this.#deliver(frame, channel);
  }

  #deliver(publication: Publication, channel?: Channel): void {
    if (channel) this.#tell(channel, 'onPublication', publication);
    const { type } = publication;
    for (const listener of [...(this.#listeners.get(type) ?? [])]) call(() => listener(publication));
    if (!DOCUMENTED.includes(type)) {
      const detail = { message: publication, connection: this };
      document.dispatchEvent(new CustomEvent('ws-message', { detail }));
    }
  }

  #presence(channel: Channel, { event, users }: Frame): void {
    if (event === 'state') {
      channel.people = users;
      this.#tell(channel, 'onPresence', users);
      return;
    }
    for (const person of users) {
      const others = channel.people.filter((other) => personKey(other) !== personKey(person));
      channel.people = event === 'join' ? [...others, person] : others;
      this.#tell(channel, 'onPresence', channel.people, { event, person });
    }
  }

  #acknowledge({ type: _, ...acknowledgement }: Frame): void {
    this.#expire(acknowledgement.tokenExpiresIn);
    const message = this.#outbox.find(acknowledgement.id);
    if (!message) return;
    this.#outbox.remove(message);
    message.resolve(acknowledgement as unknown as Acknowledgement);
    this.#flush();
  }

  #error(frame: ErrorFrame): void {
    const { code, message, id, retryAfter = 1000 } = frame;
    const first = this.#outbox.first;
    const limited = code === ErrorCode.RateLimited;
    if (first?.sentAt && (id === first.id || (!id && (this.plain || code === ErrorCode.FrameTooLarge)))) {
      if (limited && id) {
        first.sentAt = undefined;
        this.#pausedUntil = Date.now() + retryAfter;
        setTimeout(() => this.#flush(), Math.min(retryAfter, MAX_DELAY));
      } else {
        this.#reject(first, code ?? 'error', message);
        this.#flush();
      }
      return;
    }
    for (const channel of this.#channels.values()) {
      if (!id || channel.request !== id) continue;
      if (limited) setTimeout(() => channel.request === id && this.#join(channel), retryAfter);
      else {
        channel.request = undefined;
        this.#tell(channel, 'onError', frame);
      }
    }
  }

  #flush(): void {
    const first = this.#outbox.first;
    const now = Date.now();
    if (!this.#connectedAt || !first || first.sentAt || now < this.#pausedUntil) return;
    const { channel, data, text, bytes } = first;
    if (this.plain && !isPlain(channel)) {
      this.#reject(first, ErrorCode.UnsupportedType, 'Plain server');
    } else if (this.limits && bytes > this.limits.frame) {
      this.#reject(first, ErrorCode.FrameTooLarge, 'Too large');
    } else {
      first.sentAt = now;
      if (this.plain)
        this.#send({
          ...data,
          id: undefined,
          channel: undefined,
          clientId: this.clientId,
          timestamp: plainTimestamp(new Date()),
        });
      else {
        debug('→', text);
        this.#transport?.send(text);
      }
      return;
    }
    this.#flush();
  }

  #reject(message: Outgoing, code: string, text: string): void {
    this.#outbox.remove(message);
    message.reject(new SendError(code, text, message.id));
  }

  #rejectAll(code: string): void {
    for (const message of [...this.#outbox.messages]) this.#reject(message, code, `Connection ${code}`);
  }

  #tell(channel: Channel, callback: keyof SubscriptionOptions, ...values: unknown[]): void {
    for (const options of [...channel.holders.values()]) {
      call(() => (options[callback] as ((...values: unknown[]) => void) | undefined)?.apply(options, values));
    }
  }
}

/** The channels that a plain server has without saying so. */
function isPlain(channel: string): boolean {
  return channel === DEFAULT_CHANNEL || channel === BROADCAST_CHANNEL;
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Keeps what a page's code throws out of the connection's way. */
function call(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    reportError(error);
  }
}
