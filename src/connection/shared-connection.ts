import { CloseCode } from '../../protocol/src/close-codes.ts';
import type { ErrorCode } from '../../protocol/src/error-codes.ts';
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
import { blamesFrame, invalidatesToken, refusedBy } from './close-action.ts';
import { debug } from './debug.ts';
import { isSilent, PROBE_TIMEOUT } from './liveness.ts';
import { hasRoom, type Outbox, type Outgoing } from './outbox.ts';
import { type Living, leave, live } from './page-life.ts';
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
  type ConnectionStatus,
  type ErrorFrame,
  type Person,
  type Publication,
  type RefusedReason,
  SendError,
  type Subscription,
  type SubscriptionOptions,
} from './types.ts';
import { addQuery } from './url.ts';
import { openTransport } from './websocket-transport.ts';

/** Where to and as whom. `url` is normalised; empty where what was given cannot be one. */
export interface Configuration extends ConnectionOptions {
  url: string;
}

/** A connection as its registry has it. */
export interface SharedConnection extends Connection {
  /** Takes a hold on it; `release()` gives it up. */
  hold(): void;
  /** For good, whoever holds it. */
  close(): void;
}

/** How often the wall clock is looked at, ms. */
const TICK = 2500;
/** A try without `welcome`, or a message without answer, for this long means a dead server, ms. */
const PATIENCE = 15_000;
/** Connected for this long, backoff begins anew, ms. */
const STABLE = 10_000;
/** Between two `typing` on a channel, ms. */
const TYPING = 3000;
/** From the last release to the end, ms: a page that swaps its elements keeps its connection. */
const RELEASE = 1000;
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

/** Any frame of a server; what is not as specified is not relied upon. */
interface Frame extends Publication {
  readonly code?: ErrorCode;
  readonly after?: number;
  readonly epoch?: string;
  readonly event?: 'state' | 'join' | 'leave';
  readonly heartbeat?: number;
  readonly limits?: AnnouncedLimits;
  readonly protocol?: number;
  readonly recovered?: boolean;
  readonly retryAfter?: number;
  readonly tokenExpiresIn?: number;
  readonly users?: readonly Person[];
}

type Listener = [key: unknown, listener: (...values: never[]) => void];

/** One logical session with a server, across as many sockets as it takes. Nothing is opened before `connect()`. */
export function createConnection(
  { url, token: givenToken, tokenUrl, name }: Configuration,
  onClosed: () => void,
): SharedConnection {
  let status: ConnectionStatus = url
    ? { state: 'disconnected' }
    : { state: 'refused', reason: 'configuration' };
  let holds = 0;
  let releaseTimer: ReturnType<typeof setTimeout>;
  let ticker: ReturnType<typeof setInterval>;

  /** The try or socket in use; what an earlier one still tells or has timed is not listened to. */
  let attempt = 0;
  let transport: Transport | undefined;
  /** When the try began, ms since 1970, as all times here. */
  let startedAt = 0;
  /** When `welcome` was said; 0 before. */
  let connectedAt = 0;
  let welcome: Frame | undefined;
  let plain = false;
  /** Subscriptions may be sent. */
  let joined = false;
  let heardAt = 0;
  /** A ping that nothing was heard since. */
  let probe: object | undefined;
  let failures = 0;
  /** Delay that a `reconnect` frame asked for. */
  let planned: number | undefined;

  let token = givenToken;
  let renewAt = Infinity;
  /** A fresh token has answered a 1008. */
  let renewed = false;

  const outbox: Outbox = [];
  /** Rate limited. */
  let paused = false;
  const channels = new Map<string, Channel>();
  const typedAt = new Map<string, number>();
  const listeners = new Set<Listener>();

  /** Sets a timer that lives no longer than the try or socket. */
  const later = (delay: number, callback: () => void) => {
    const mine = attempt;
    setTimeout(() => mine === attempt && callback(), Math.min(delay, MAX_DELAY));
  };

  const listen = (...listener: Listener) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };

  const emit = (key: unknown, ...values: unknown[]) => {
    for (const [wanted, listener] of [...listeners]) if (wanted === key) call(listener, values);
  };

  const tell = (channel: Channel, callback: keyof SubscriptionOptions, ...values: unknown[]) => {
    for (const options of [...channel.holders.values()]) call(options[callback], values, options);
  };

  const move = ({ state, retryAt, reason }: ConnectionStatus) => {
    const previous = status;
    status = nextStatus(previous, { state, retryAt, reason, offline: !navigator.onLine || undefined });
    if (status === previous) return;
    debug('state', JSON.stringify(status));
    emit(living, status, previous);
  };

  const transmit = (text: string) => {
    debug('→', text);
    transport?.send(text);
  };

  const send = (frame: object) => transmit(JSON.stringify(frame));

  /** Lets go of try or socket, silently; `code` is what it closed with. */
  const drop = (code = 1000) => {
    const socket = transport;
    const [first] = outbox;
    attempt++;
    connectedAt = 0;
    joined = paused = false;
    transport = probe = undefined;
    for (const channel of channels.values()) {
      channel.request = undefined;
      channel.live = channel.presence = false;
      channel.held = [];
    }
    socket?.close();
    if (!first?.sentAt) return;
    first.sentAt = undefined;
    // Without ids a plain server could not tell it from a new one.
    if (plain || (first.blamed && blamesFrame(code))) reject('closed');
    else first.blamed ||= blamesFrame(code);
  };

  const open = async () => {
    drop();
    const mine = attempt;
    startedAt = Date.now();
    later(PATIENCE, () => connectedAt || lose());
    if (status.retryAt) move({ state: 'reconnecting' });
    if (tokenUrl && (!token || startedAt >= renewAt)) {
      const fresh = await refresh();
      if (mine !== attempt) return;
      if (!fresh) {
        lose();
        return;
      }
    }
    const session = token ? undefined : sessionId();
    transport = openTransport(addQuery(url, { protocol: `${PROTOCOL_VERSION}`, token, name, session }), {
      open() {
        if (mine === attempt && speaking.has(url)) join();
      },
      message(text) {
        if (mine === attempt) hear(text);
      },
      close(code, reason) {
        debug('close', `${code} ${reason}`);
        if (mine === attempt) lose(code);
      },
    });
  };

  /** Fetches a token; false where there is none, or it is too late. */
  const refresh = async () => {
    const mine = attempt;
    let fresh: string | undefined;
    try {
      fresh = await fetchToken(tokenUrl as string);
    } catch (error) {
      debug('token-url', `${error}`);
      return false;
    }
    if (fresh) {
      token = fresh;
      renewAt = Infinity;
    }
    if (mine !== attempt) return false;
    if (!fresh) refuse('token');
    return !!fresh;
  };

  /** The socket closed, or counts as dead. Tries again after `delay` ms, by default as backoff has it. */
  const lose = (code = 1006, delay?: number) => {
    if (connectedAt && Date.now() - connectedAt >= STABLE) {
      failures = 0;
      renewed = false;
    }
    drop(code);
    const reason = refusedBy(code, !!tokenUrl && !(renewed && code === CloseCode.InvalidAuthentication));
    if (reason) {
      refuse(reason);
      return;
    }
    if (invalidatesToken(code)) {
      token = tokenUrl ? undefined : givenToken;
      renewed = code === CloseCode.InvalidAuthentication;
    }
    if (code === CloseCode.StateInvalidated) {
      for (const channel of channels.values()) channel.position = undefined;
    }
    delay ??=
      planned === undefined ? backoff(failures++, Math.random()) : planned + backoff(0, Math.random());
    planned = undefined;
    move({ state: 'reconnecting', retryAt: Date.now() + delay });
    later(delay, () => document.hidden || open());
  };

  const stop = (to: ConnectionStatus) => {
    drop();
    clearInterval(ticker);
    leave(living);
    move(to);
  };

  const refuse = (reason: RefusedReason) => {
    stop({ state: 'refused', reason });
    while (outbox.length) reject('refused');
  };

  const tick = async () => {
    const now = Date.now();
    if (!connectedAt) {
      if (status.retryAt) living.wake(false);
      return;
    }
    if (isSilent(now, heardAt, welcome?.heartbeat)) ping();
    if (now < renewAt) return;
    const mine = attempt;
    renewAt = Infinity;
    if (await refresh()) send({ type: 'auth', id: randomId(), token });
    else if (mine === attempt) expire(backoff(4, Math.random()));
  };

  const expire = (expiresIn?: number) => {
    if (!tokenUrl || !expiresIn) return;
    const delay = Math.max(1000, 0.8 * expiresIn);
    renewAt = Date.now() + delay;
    later(delay, tick);
  };

  const ping = () => {
    if (plain || probe) return;
    const mine = {};
    probe = mine;
    send({ type: 'ping' });
    later(PROBE_TIMEOUT, () => probe === mine && lose());
  };

  const hear = (text: string) => {
    debug('←', text);
    heardAt = Date.now();
    probe = undefined;
    let frame: Frame | undefined;
    try {
      frame = JSON.parse(text);
    } catch {}
    if (typeof frame?.type === 'string') receive(frame);
  };

  const receive = (frame: Frame) => {
    const { type, id, users, event } = frame;
    const channel = channels.get(frame.channel as string);
    if (!isProtocolType(type)) publication(frame, channel);
    else if (type === 'welcome') {
      welcome = frame;
      plain = frame.protocol !== PROTOCOL_VERSION;
      connectedAt = Date.now();
      planned = undefined;
      expire(frame.tokenExpiresIn);
      speaking[plain ? 'delete' : 'add'](url);
      join();
      move({ state: 'connected' });
      flush();
    } else if (type === 'ping') send({ type: 'pong' });
    else if (type === 'reconnect') planned = +(frame.after ?? 0);
    else if (type === 'ack') {
      if (frame.tokenExpiresIn) {
        expire(frame.tokenExpiresIn);
        // What an older token did not grant, this one may.
        join();
      } else acknowledge(frame);
    } else if (type === 'error') refused(frame as unknown as ErrorFrame);
    else if (!channel) return;
    else if (type === 'typing') tell(channel, 'onTyping', frame);
    else if (type === 'subscribed') {
      if (!id || id === channel.request) subscribed(channel, frame);
    } else if (type === 'unsubscribed') {
      if (id) return;
      channel.live = false;
      tell(channel, 'onError', { type: 'error', code: 'forbidden', message: type, channel: channel.name });
    } else if (type === 'presence' && users) {
      if (event === 'state') {
        channel.people = users;
        tell(channel, 'onPresence', users);
        return;
      }
      for (const person of users) {
        const others = channel.people.filter((other) => personKey(other) !== personKey(person));
        channel.people = event === 'join' ? [...others, person] : others;
        tell(channel, 'onPresence', channel.people, { event, person });
      }
    }
  };

  /** Subscribes to what is not. */
  const join = () => {
    joined = true;
    for (const channel of channels.values()) {
      if (plain || !(channel.live || channel.request)) subscribe(channel);
    }
  };

  const subscribe = (channel: Channel) => {
    const { name, position, holders } = channel;
    if (plain) {
      channel.live = isPlain(name);
      queueMicrotask(() => {
        if (channel.live) tell(channel, 'onSubscribed', {});
        else
          tell(channel, 'onError', {
            type: 'error',
            code: 'unsupported_type',
            message: 'Plain server',
            channel: name,
          });
      });
      return;
    }
    channel.request = randomId();
    channel.presence = [...holders.values()].some(({ presence }) => presence);
    send({
      type: 'subscribe',
      id: channel.request,
      channel: name,
      since: position && formatPosition(position),
      presence: channel.presence || undefined,
    });
  };

  const subscribed = (channel: Channel, { epoch, offset, recovered }: Frame) => {
    const { position, held, continued } = channel;
    const complete = recovered === true && epoch === position?.epoch;
    if (!complete) channel.position = { epoch, offset } as Channel['position'];
    channel.request = undefined;
    channel.live = channel.continued = true;
    channel.held = [];
    tell(channel, 'onSubscribed', {
      position: { ...channel.position },
      recovered: continued ? complete : undefined,
    });
    if (!complete) for (const frame of held) deliver(frame, channel);
  };

  const publication = (frame: Frame, channel?: Channel) => {
    const { type, id, clientId, offset, message, timestamp } = frame;
    const [first] = outbox;
    if (plain) {
      frame = { ...frame, timestamp: parseTimestamp(`${timestamp}`)?.toISOString() };
      channel = channels.get(type === 'message' ? DEFAULT_CHANNEL : BROADCAST_CHANNEL);
    } else if (frame.channel && !channel) return;
    const position = channel?.position;
    if (first?.sentAt) {
      const sent = JSON.parse(first.text);
      if (
        plain
          ? clientId === welcome?.clientId && type === sent.type && message === sent.message
          : id === first.id && frame.channel === first.channel
      ) {
        acknowledge({ ...frame, id: first.id, channel: first.channel, epoch: position?.epoch });
      }
    }
    if (channel && position && offset) {
      const place = placeOf(offset, position);
      if (place < 1) return;
      if (place > 1) {
        channel.held.push(frame);
        if (!channel.request) subscribe(channel);
        return;
      }
      position.offset = offset;
    }
    deliver(frame, channel);
  };

  const deliver = (frame: Publication, channel?: Channel) => {
    if (channel) tell(channel, 'onPublication', frame);
    emit(frame.type, frame);
    if (!DOCUMENTED.includes(frame.type)) {
      const detail = { message: frame, connection };
      document.dispatchEvent(new CustomEvent('ws-message', { detail }));
    }
  };

  const acknowledge = ({ id, channel, epoch, offset, timestamp }: Frame) => {
    if (id !== outbox[0]?.id) return;
    outbox.shift()?.resolve({ id, channel, epoch, offset, timestamp } as Acknowledgement);
    flush();
  };

  const refused = (frame: ErrorFrame) => {
    const { code, message, id, retryAfter = TYPING } = frame;
    const [first] = outbox;
    const limited = code === 'rate_limited';
    if (first?.sentAt && (id ? id === first.id : plain || code === 'frame_too_large')) {
      if (limited && id) {
        first.sentAt = undefined;
        paused = true;
        later(retryAfter, () => {
          paused = false;
          flush();
        });
      } else {
        reject(code ?? frame.type, message);
        flush();
      }
      return;
    }
    for (const channel of channels.values()) {
      if (!id || channel.request !== id) continue;
      if (limited) later(retryAfter, () => channel.request === id && subscribe(channel));
      else {
        channel.request = undefined;
        tell(channel, 'onError', frame);
      }
    }
  };

  /** Sends the first of the outbox, if it may go. */
  const flush = () => {
    const [first] = outbox;
    if (!connectedAt || paused || !first || first.sentAt) return;
    const { channel, text, bytes } = first;
    const wrong = plain
      ? !isPlain(channel) && 'unsupported_type'
      : bytes > (welcome?.limits?.frame ?? bytes) && 'frame_too_large';
    if (wrong) {
      reject(wrong);
      flush();
      return;
    }
    const now = Date.now();
    first.sentAt = now;
    later(PATIENCE, () => outbox[0] === first && first.sentAt === now && lose());
    if (plain) {
      const { id: _, channel: __, ...data } = JSON.parse(text);
      send({ ...data, clientId: welcome?.clientId, timestamp: plainTimestamp(new Date()) });
    } else transmit(text);
  };

  /** Gives up the first of the outbox. */
  const reject = (code: string, message?: string) => {
    const first = outbox.shift() as Outgoing;
    first.reject(new SendError(code, message ?? `Not sent: ${code}`, first.id));
  };

  const living: Living = {
    wake(atOnce) {
      const now = Date.now();
      const { retryAt } = status;
      move(status);
      if (connectedAt) ping();
      // A try that began while there was no network may hang for long.
      else if (
        !document.hidden &&
        (atOnce ? retryAt || now - startedAt > PROBE_TIMEOUT : retryAt && now >= retryAt)
      ) {
        open();
      }
    },
    suspend() {
      lose(undefined, 0);
      drop();
    },
  };

  const connection: SharedConnection = {
    url: url.split('?')[0] as string,
    get status() {
      return status;
    },
    get state() {
      return status.state;
    },
    get clientId() {
      return welcome?.clientId;
    },
    get userId() {
      return welcome?.userId;
    },
    get name() {
      return welcome?.name;
    },
    get plain() {
      return plain;
    },
    get limits() {
      return welcome?.limits;
    },
    get pending() {
      return outbox.map(({ id }) => id);
    },
    connect() {
      if (!url || !holds) return;
      if (isStopped(status.state)) {
        failures = 0;
        renewed = false;
        if (tokenUrl && status.reason) token = undefined;
        live(living);
        ticker = setInterval(tick, TICK);
        move({ state: 'connecting' });
        open();
      } else if (status.retryAt) open();
    },
    disconnect: () => stop({ state: 'disconnected' }),
    onStatusChange: (listener) => listen(living, listener),
    on: (type, listener) => listen(type, listener),
    send: (channel, message, { id = randomId() } = {}) =>
      new Promise((resolve, reject) => {
        const data = typeof message === 'string' ? { type: 'message', message } : message;
        const text = JSON.stringify({ ...data, id, channel });
        const bytes = new Blob([text]).size;
        const wrong =
          status.state === 'refused'
            ? 'refused'
            : !holds
              ? 'closed'
              : !MESSAGE_ID.test(id)
                ? 'invalid_frame'
                : isProtocolType(data.type)
                  ? 'unsupported_type'
                  : !hasRoom(outbox, bytes) && 'outbox_full';
        if (wrong) {
          reject(new SendError(wrong, `Not sent: ${wrong}`, id));
          return;
        }
        outbox.push({ id, channel, text, bytes, resolve, reject });
        flush();
      }),
    subscribe(name, options = {}) {
      const channel: Channel = channels.get(name) ?? { name, holders: new Map(), people: [], held: [] };
      const { since, presence } = options;
      channels.set(name, channel);
      channel.position ??= parsePosition(since ?? '');
      channel.continued ||= !!channel.position;
      const subscription: Subscription = {
        channel: name,
        get position() {
          return channel.position && { ...channel.position };
        },
        get people() {
          return channel.people;
        },
        unsubscribe() {
          channel.holders.delete(subscription);
          // An element that only moves lets go and comes back.
          setTimeout(() => {
            if (channel.holders.size || channels.get(name) !== channel) return;
            channels.delete(name);
            if (joined && !plain) send({ type: 'unsubscribe', id: randomId(), channel: name });
          });
        },
      };
      channel.holders.set(subscription, options);
      if (
        joined &&
        (plain ? !channel.live : (presence && !channel.presence) || !(channel.live || channel.request))
      ) {
        // Tells all who hold it.
        subscribe(channel);
      } else if (channel.live) {
        queueMicrotask(() => {
          const { position, people, holders } = channel;
          if (!holders.has(subscription)) return;
          const recovered = since ? !!position && since === formatPosition(position) : undefined;
          call(options.onSubscribed, [{ position: subscription.position, recovered }], options);
          if (presence) call(options.onPresence, [people], options);
        });
      }
      return subscription;
    },
    typing(channel) {
      const now = Date.now();
      if (!connectedAt || plain || Math.abs(now - (typedAt.get(channel) ?? 0)) < TYPING) return;
      typedAt.set(channel, now);
      send({ type: 'typing', channel });
    },
    hold() {
      clearTimeout(releaseTimer);
      holds++;
    },
    release() {
      if (holds && !--holds) releaseTimer = setTimeout(connection.close, RELEASE);
    },
    close() {
      holds = 0;
      clearTimeout(releaseTimer);
      connection.disconnect();
      while (outbox.length) reject('closed');
      onClosed();
    },
  };

  connection.subscribe(BROADCAST_CHANNEL);
  return connection;
}

/** The channels that a plain server has without saying so. */
function isPlain(channel: string): boolean {
  return channel === DEFAULT_CHANNEL || channel === BROADCAST_CHANNEL;
}

/** Keeps what a page's code throws out of the connection's way. */
function call(callback: unknown, values: unknown[], self?: unknown): void {
  try {
    (callback as ((...values: unknown[]) => void) | undefined)?.apply(self, values);
  } catch (error) {
    reportError(error);
  }
}
