import { CloseCode, isFinal } from '../../protocol/src/close-codes.ts';
import type { ErrorCode } from '../../protocol/src/error-codes.ts';
import {
  BROADCAST_CHANNEL,
  DEFAULT_CHANNEL,
  isProtocolType,
  NOTIFICATION_MARK,
  PROTOCOL_VERSION,
} from '../../protocol/src/names.ts';
import { personKey } from '../../protocol/src/person.ts';
import { formatPosition, type Position, parsePosition } from '../../protocol/src/position.ts';
import { parseTimestamp, plainTimestamp } from '../../protocol/src/timestamps.ts';
import { backoff } from './backoff.ts';
import { type Channel, placeOf } from './channel.ts';
import { blamesFrame, invalidatesToken, refusedBy } from './close-action.ts';
import { findScript } from './configuration.ts';
import { debug } from './debug.ts';
import { keepOutboxes, readLeft, subjectOf, takeLeft } from './kept-outbox.ts';
import { isSilent, PROBE_TIMEOUT } from './liveness.ts';
import { hasRoom, MAX_AGE, type Outbox, type Outgoing } from './outbox.ts';
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
  type HistoryPage,
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
  /** Why it is empty, for the console. */
  warning?: string;
}

/** A connection as its registry has it. */
export interface SharedConnection extends Connection {
  readonly outbox: Outbox;
  /** Whose the outbox is, once what the page before left was taken over. */
  readonly owner?: string;
  /** The page is seen again, may have slept, or its network changed. `atOnce`: it is back. Twice is as good as once. */
  wake(atOnce: boolean): void;
  /** The page goes, perhaps into the back/forward cache, where an open socket has no place. */
  suspend(): void;
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

/** From one comparison of positions to the next, ms. */
const CHECK = 120_000;

/** Types that elements know; any other is told to the page as `ws-message`. */
const DOCUMENTED = [
  'message',
  'notification',
  'data_update',
  'status_update',
  'user_activity',
  NOTIFICATION_MARK,
];

/** Ms since 1970, and never 0, which stands for never. */
const clock = () => Date.now() || 1;

/** URLs that answered with `protocol: 1` in this page's life. */
const speaking = new Set<string>();

/** For tests: as on a new page. */
export function forgetServers(): void {
  speaking.clear();
  readLeft();
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
  readonly publications?: readonly Publication[];
  readonly more?: boolean;
}

/** Why a plain server cannot. */
const PLAIN = 'Plain server';

/** What the server tells. */
type Told = 'clientId' | 'userId' | 'name' | 'limits' | 'latency';

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

type Listener = [key: unknown, listener: (...values: never[]) => void];

/** One logical session with a server, across as many sockets as it takes. Nothing is opened before `connect()`. */
export function createConnection(
  { url, token, tokenUrl, name, shareTabs }: Configuration,
  onClosed: () => void,
): SharedConnection {
  /** -1 once it is closed. */
  let holds = 0;
  let ticker: ReturnType<typeof setInterval>;

  /** The try or socket in use; what an earlier one still tells or has timed is not listened to. */
  let attempt = 0;
  let transport: Transport | undefined;
  /** When `welcome` was said, ms since 1970 as all times here; 0 before. */
  let connectedAt = 0;
  /** Subscriptions may be sent. */
  let joined = false;
  let heartbeat: number | undefined;
  let heardAt = 0;
  /** When the ping was sent that nothing was heard since; 0 if there is none. */
  let probe = 0;
  let pingedAt = 0;
  let failures = 0;
  /** Delay that a `reconnect` frame asked for. */
  let planned: number | undefined;

  let renewAt = Infinity;
  /** A fresh token has answered a 1008. */
  let renewed = false;

  const outbox: Outbox = [];
  /** Since when its first is in flight; 0 if it is not. */
  let sentAt = 0;
  /** Rate limited. */
  let paused = false;
  /** Questions for history that wait for their answers. */
  const questions = new Map<string, { resolve(page: HistoryPage): void; reject(error: Error): void }>();
  /** When positions were compared last. */
  let checkedAt = 0;
  /** Where and when typing was told. */
  let typed = '';
  const channels = new Map<string, Channel>();
  const listeners = new Set<Listener>();
  const timers = new Set<ReturnType<typeof setTimeout>>();

  /** Sets a timer that lives no longer than the try or socket. */
  const later = (delay: number, callback: () => void) => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        callback();
      },
      Math.min(delay, MAX_DELAY),
    );
    timers.add(timer);
  };

  const listen = (...listener: Listener) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };

  const emit = (key: unknown, ...values: unknown[]) => {
    for (const [wanted, listener] of [...listeners])
      if (wanted === key) call(() => listener(...(values as never[])));
  };

  const tell = (channel: Channel, callback: keyof SubscriptionOptions, ...values: unknown[]) => {
    for (const options of [...channel.holders.values()]) {
      call(() => (options[callback] as ((...values: unknown[]) => void) | undefined)?.(...values));
    }
  };

  const move = (to: ConnectionStatus) => {
    const previous = connection.status;
    const status = nextStatus(previous, { ...to, offline: !navigator.onLine || undefined });
    if (status === previous) return;
    connection.status = status;
    debug('state', JSON.stringify(status));
    emit(connection, status, previous);
  };

  const send = (frame: object) => {
    const text = JSON.stringify(frame);
    debug('→', text);
    transport?.send(text);
  };

  /** Lets go of try or socket, silently; `code` is what it closed with. */
  const drop = (code = 1000) => {
    const [first] = outbox;
    attempt++;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    transport?.close();
    if (first && sentAt) {
      const blamed = blamesFrame(code);
      // Without ids a plain server could not tell it from a new one.
      if (connection.plain || (first.blamed && blamed)) reject('closed');
      else first.blamed ||= blamed;
    }
    connectedAt = sentAt = probe = 0;
    joined = paused = false;
    planned = transport = undefined;
    for (const channel of channels.values()) channel.asked = undefined;
    for (const id of questions.keys()) answer(id, 'closed');
  };

  /** Gives up the whole outbox. */
  const drain = (code: string) => {
    while (outbox[0]) reject(code);
    keepOutboxes();
  };

  /** Rejects a question for history. */
  const answer = (id: string, code: string, message?: string) => {
    questions.get(id)?.reject(new SendError(code, message, id));
    questions.delete(id);
  };

  const enqueue = (text: string, at = clock()) => {
    const message = JSON.parse(text);
    const { id, channel } = message;
    const { promise: sent, resolve, reject } = Promise.withResolvers<Acknowledgement>();
    outbox.push({ id, channel, message, text, at, sent, resolve, reject });
    return sent;
  };

  /** Keeps the outbox over a page load, once it is known whose it is, and takes over what the page before left. */
  const keep = () => {
    const { owner, userId } = connection;
    const mine = userId ?? (token || tokenUrl ? subjectOf(token) : sessionId());
    if (mine && holds >= 0) {
      if (owner && owner !== mine) drain('closed');
      connection.owner = mine;
      const own = outbox.splice(0);
      let dropped = 0;
      for (const [, whose, text, at] of takeLeft(connection)) {
        if (whose === mine && clock() - at < MAX_AGE) enqueue(text, at).catch(() => {});
        else dropped++;
      }
      outbox.push(...own);
      if (dropped) {
        console.warn(`ws-elements: ${dropped} unsent messages were dropped`);
        document.dispatchEvent(new CustomEvent('ws-outbox-dropped', { detail: { dropped, connection } }));
      }
    }
    keepOutboxes();
  };

  const open = async () => {
    drop();
    const mine = attempt;
    later(PATIENCE, () => connectedAt || lose());
    if (connection.status.retryAt) move({ state: 'reconnecting' });
    if (tokenUrl && (!token || clock() >= renewAt) && !(await refresh(lose))) return;
    const query = { protocol: `${PROTOCOL_VERSION}`, token, name, session: token ? undefined : sessionId() };
    const { shared = openTransport } = shareTabs
      ? await import('../extras/share-tabs.ts').catch(ownSocket)
      : ({} as { shared?: undefined });
    if (mine !== attempt) return;
    try {
      transport = shared(addQuery(url, query), {
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
    } catch {
      lose(0);
    }
  };

  /** Fetches a token. True if there is one in time; calls back if it may be tried again. */
  const refresh = async (failed: () => void) => {
    const mine = attempt;
    const fresh = await fetchToken(tokenUrl as string);
    if (fresh) {
      token = fresh;
      renewAt = Infinity;
    }
    if (mine !== attempt) return;
    if (fresh === null) refuse('token');
    else if (!fresh) failed();
    return fresh;
  };

  /** The socket closed, or counts as dead. Tries again after `delay` ms, by default as backoff has it. */
  const lose = (code = 1006, delay?: number) => {
    if (connectedAt && clock() - connectedAt >= STABLE) {
      failures = 0;
      renewed = false;
    }
    delay ??= (planned ?? 0) + backoff(planned === undefined ? failures++ : 0, Math.random());
    drop(code);
    const reason = refusedBy(code, !!tokenUrl && !(renewed && isFinal(code)));
    if (reason) {
      refuse(reason);
      return;
    }
    if (tokenUrl && invalidatesToken(code)) token = undefined;
    renewed ||= isFinal(code);
    if (code === CloseCode.StateInvalidated) {
      for (const channel of channels.values()) channel.position = undefined;
    }
    // First, so that who disconnects on hearing of it stops it.
    later(delay, () => document.hidden || open());
    move({ state: 'reconnecting', retryAt: clock() + delay });
  };

  const stop = (to: ConnectionStatus) => {
    drop();
    clearInterval(ticker);
    move(to);
  };

  const refuse = (reason: RefusedReason) => {
    stop({ state: 'refused', reason });
    drain('refused');
  };

  const tick = async () => {
    const now = clock();
    if (!connectedAt) {
      connection.wake(false);
      return;
    }
    if (isSilent(now, heardAt, heartbeat)) ping();
    if (now - checkedAt > CHECK) check();
    if (now < renewAt) return;
    renewAt = Infinity;
    if (await refresh(() => expire(backoff(4, Math.random())))) send({ type: 'auth', id: randomId(), token });
  };

  /** Asks to follow a channel from its position on. */
  const ask = (id: string, name: string, { position }: Channel, presence?: true) =>
    send({
      type: 'subscribe',
      id,
      channel: name,
      since: position && formatPosition(position),
      presence,
    });

  /** Asks whether something was missed that nobody told. */
  const check = () => {
    checkedAt = clock();
    for (const [name, channel] of channels) {
      if (channel.asked !== true || !channel.position) continue;
      channel.check = randomId();
      ask(channel.check, name, channel);
    }
  };

  const expire = (expiresIn = 0) => {
    if (!tokenUrl || !(expiresIn > 0)) return;
    const delay = Math.max(1000, 0.8 * expiresIn);
    renewAt = clock() + delay;
    later(delay, tick);
  };

  const ping = () => {
    if (!connectedAt || connection.plain || probe) return;
    const mine = clock();
    probe = pingedAt = mine;
    send({ type: 'ping' });
    later(PROBE_TIMEOUT, () => probe === mine && lose());
  };

  const hear = (text: string) => {
    debug('←', text);
    heardAt = clock();
    probe = 0;
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
      const { clientId, userId, name, limits } = frame;
      const plain = frame.protocol !== PROTOCOL_VERSION;
      Object.assign(connection, { clientId, userId, name, limits, plain });
      heartbeat = frame.heartbeat;
      keep();
      checkedAt = connectedAt = clock();
      planned = undefined;
      expire(frame.tokenExpiresIn);
      speaking[plain ? 'delete' : 'add'](url);
      join();
      move({ state: 'connected' });
      flush();
    } else if (type === 'ping') send({ type: 'pong' });
    else if (type === 'pong') connection.latency = clock() - pingedAt;
    else if (type === 'reconnect') planned = Number(frame.after) || 0;
    else if (type === 'ack') {
      if (id && id === outbox[0]?.id) acknowledge(frame);
      if (frame.tokenExpiresIn) {
        expire(frame.tokenExpiresIn);
        // What an older token did not grant, this one may.
        join();
      }
    } else if (type === 'error') fail(frame);
    else if (type === 'history') {
      const { publications = [], more = false } = frame;
      questions.get(id as string)?.resolve({ publications, more });
      questions.delete(id as string);
    } else if (!channel) return;
    else if (type === 'typing') tell(channel, 'onTyping', frame);
    else if (type === 'subscribed') {
      if (!id || id === channel.asked || id === channel.check) subscribed(channel, frame);
    } else if (type === 'unsubscribed') {
      if (!id) end(channel, { ...frame, type: 'error', code: 'forbidden', message: type });
    } else if (type === 'presence' && users) {
      if (event === 'state') {
        channel.people = users;
        tell(channel, 'onPresence', users);
      } else {
        for (const person of users) {
          const others = channel.people.filter((other) => personKey(other) !== personKey(person));
          channel.people = event === 'join' ? [...others, person] : others;
          tell(channel, 'onPresence', channel.people, { event, person });
        }
      }
    }
  };

  /** Subscribes to what is not. */
  const join = () => {
    joined = true;
    for (const [name, channel] of channels) if (connection.plain || !channel.asked) subscribe(name, channel);
  };

  const subscribe = (name: string, channel: Channel) => {
    const id = randomId();
    const presence = [...channel.holders.values()].some((options) => options.presence) || undefined;
    channel.asked = id;
    channel.presence = presence;
    if (!connection.plain) {
      ask(id, name, channel, presence);
      return;
    }
    queueMicrotask(() => {
      if (isPlain(name)) subscribed(channel, {});
      else end(channel, { type: 'error', code: 'unsupported_type', message: PLAIN, channel: name });
    });
  };

  /** The server lets it be followed. */
  const subscribed = (channel: Channel, { id, epoch, offset, recovered }: Partial<Frame>) => {
    const { position, continued } = channel;
    // At the same place nothing is missing, whatever could be recovered.
    const complete = !!position && epoch === position.epoch && (recovered || offset === position.offset);
    if (complete && id && id === channel.check) return;
    if (!complete && epoch) channel.position = { epoch, offset } as Position;
    channel.asked = channel.continued = true;
    tell(channel, 'onSubscribed', {
      position: channel.position,
      recovered: continued ? complete : undefined,
    });
  };

  /** The server does not let it be followed, or no longer. */
  const end = (channel: Channel, error: Frame) => {
    channel.asked = undefined;
    tell(channel, 'onError', error);
  };

  const publication = (frame: Frame, channel?: Channel) => {
    const { type, id, clientId, offset, message, timestamp } = frame;
    const [first] = outbox;
    let own = !!id && id === first?.id;
    if (connection.plain) {
      const { clientId: mine } = connection;
      own =
        !!sentAt && clientId === mine && type === first?.message.type && message === first.message.message;
      frame = { ...frame, timestamp: parseTimestamp(`${timestamp}`)?.toISOString() };
      channel = channels.get(type === 'message' ? DEFAULT_CHANNEL : BROADCAST_CHANNEL);
    }
    const position = channel?.position;
    if (own) acknowledge({ ...frame, epoch: position?.epoch });
    if (position && offset) {
      const place = placeOf(offset, position);
      // The server is asked for what is missing, and sends this one again.
      if (place > 1 && channel?.asked === true) subscribe(frame.channel as string, channel);
      if (place !== 1) return;
      (channel as Channel).position = { ...position, offset };
    }
    if (channel) tell(channel, 'onPublication', frame);
    else if (frame.channel) return;
    emit(type, frame);
    if (!DOCUMENTED.includes(type)) {
      document.dispatchEvent(new CustomEvent('ws-message', { detail: { message: frame, connection } }));
    }
  };

  /** The server has the first of the outbox. */
  const acknowledge = ({ epoch, offset, timestamp }: Frame) => {
    const { id, channel, resolve } = outbox.shift() as Outgoing;
    sentAt = 0;
    // What was acknowledged may be sent again: the server knows it by its id.
    if (!outbox.length) keep();
    resolve({ id, channel, epoch, offset, timestamp });
    flush();
  };

  const fail = (frame: Frame) => {
    const { code = 'error', message, id, retryAfter = TYPING } = frame;
    const [first] = outbox;
    const limited = code === 'rate_limited';
    if (
      sentAt &&
      (id ? id === first?.id : connection.plain || code === 'frame_too_large' || code === 'invalid_frame')
    ) {
      if (limited && id) {
        sentAt = 0;
        paused = true;
        later(retryAfter, () => {
          paused = false;
          flush();
        });
      } else {
        reject(code, message);
        keep();
        flush();
      }
    } else if (id) {
      answer(id, code, message);
      for (const [name, channel] of channels) {
        if (channel.asked !== id) continue;
        if (limited) later(retryAfter, () => channel.asked === id && subscribe(name, channel));
        else end(channel, frame);
      }
    }
  };

  /** Sends the first of the outbox, if it may go. */
  const flush = () => {
    const [first] = outbox;
    const now = clock();
    if (!connectedAt || paused || !first || sentAt) return;
    const { clientId, plain } = connection;
    const { message } = first;
    const { id, channel, ...data } = message;
    if (plain && !isPlain(first.channel)) {
      reject('unsupported_type', PLAIN);
      flush();
      return;
    }
    sentAt = now;
    later(PATIENCE, () => sentAt === now && lose());
    send(plain ? { ...data, clientId, timestamp: plainTimestamp(new Date()) } : message);
  };

  /** Gives up the first of the outbox. */
  const reject = (code: string, message?: string) => {
    const first = outbox.shift() as Outgoing;
    sentAt = 0;
    first.reject(new SendError(code, message, first.id));
  };

  const connection: Mutable<Omit<SharedConnection, Told> & Partial<Pick<SharedConnection, Told>>> = {
    url: url.split('?')[0] as string,
    outbox,
    status: url ? { state: 'disconnected' } : { state: 'refused', reason: 'configuration' },
    get state() {
      return connection.status.state;
    },
    plain: false,
    get isPrimary() {
      return transport?.isPrimary !== false;
    },
    get pending() {
      return outbox.map(({ id }) => id);
    },
    connect() {
      const { status } = connection;
      if (!url || holds < 1) return;
      if (isStopped(status.state)) {
        failures = 0;
        renewed = false;
        if (tokenUrl && status.reason) token = undefined;
        ticker = setInterval(tick, TICK);
        move({ state: 'connecting' });
        open();
      } else if (status.retryAt) open();
    },
    disconnect: () => stop({ state: 'disconnected' }),
    onStatusChange: (listener) => listen(connection, listener),
    on: listen as Connection['on'],
    async send(channel, message, { id = randomId() } = {}) {
      // What the page before left counts, too.
      if (!connection.owner) keep();
      const data = typeof message === 'string' ? { type: 'message', message } : message;
      const text = JSON.stringify({ ...data, id, channel });
      const wrong =
        connection.state === 'refused'
          ? 'refused'
          : holds < 1
            ? 'closed'
            : isProtocolType(data.type)
              ? 'unsupported_type'
              : !hasRoom(outbox, text) && 'outbox_full';
      if (wrong) throw new SendError(wrong, undefined, id);
      const sent = enqueue(text);
      keep();
      flush();
      return sent;
    },
    unsent: (name) => outbox.filter(({ channel }) => channel === name),
    history(channel, { before, limit } = {}) {
      const id = randomId();
      const question = Promise.withResolvers<HistoryPage>();
      questions.set(id, question);
      if (!connectedAt || connection.plain) answer(id, 'closed');
      else send({ type: 'history', id, channel, before, limit });
      return question.promise;
    },
    subscribe(name, options = {}) {
      const channel: Channel = channels.get(name) ?? { holders: new Map(), people: [] };
      const { holders } = channel;
      const { since, presence } = options;
      channels.set(name, channel);
      channel.position ??= parsePosition(since ?? '');
      channel.continued ||= !!channel.position;
      const subscription: Subscription = {
        channel: name,
        get position() {
          return channel.position;
        },
        get people() {
          return channel.people;
        },
        unsubscribe() {
          holders.delete(subscription);
          // An element that only moves lets go and comes back.
          setTimeout(() => {
            if (holders.size || channels.get(name) !== channel) return;
            channels.delete(name);
            if (joined && !connection.plain) send({ type: 'unsubscribe', id: randomId(), channel: name });
          });
        },
      };
      holders.set(subscription, options);
      // What the server answers is told to all who hold it.
      if (joined && (!channel.asked || (presence && !channel.presence))) subscribe(name, channel);
      else if (channel.asked === true) {
        queueMicrotask(() => {
          const { position } = channel;
          if (!holders.has(subscription)) return;
          const recovered = since ? !!position && since === formatPosition(position) : undefined;
          call(() => {
            options.onSubscribed?.({ position, recovered });
            if (presence) options.onPresence?.(channel.people);
          });
        });
      }
      return subscription;
    },
    ping,
    typing(channel) {
      const now = channel + Math.floor(clock() / TYPING);
      if (!connectedAt || connection.plain || now === typed) return;
      typed = now;
      send({ type: 'typing', channel });
    },
    wake(atOnce) {
      move(connection.status);
      ping();
      const { retryAt } = connection.status;
      // Without a timer the wait is over, even if the clock was set back since.
      if (retryAt && !document.hidden && (atOnce || !timers.size || retryAt <= clock())) open();
    },
    suspend() {
      keep();
      lose(undefined, 0);
      drop();
    },
    hold() {
      holds++;
    },
    release() {
      if (holds > 0 && !--holds) setTimeout(() => holds || connection.close(), RELEASE);
    },
    close() {
      holds = -1;
      connection.disconnect();
      drain('closed');
      onClosed();
    },
  };

  connection.subscribe(BROADCAST_CHANNEL, { since: findScript()?.dataset.since });
  return connection as SharedConnection;
}

/** Says what could not be fetched that a socket is shared by. */
function ownSocket(problem: unknown): { shared?: undefined } {
  console.warn(`ws-elements: extras/share-tabs.js: ${problem}`);
  return {};
}

/** The channels that a plain server has without saying so. */
function isPlain(channel: string): boolean {
  return channel === DEFAULT_CHANNEL || channel === BROADCAST_CHANNEL;
}

/** Keeps what a page's code throws out of the connection's way. */
function call(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    reportError(error);
  }
}
