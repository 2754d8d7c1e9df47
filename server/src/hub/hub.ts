import type { Logger } from 'pino';
import type { Person } from '../../../protocol/src/person.ts';
import { type Position, parsePosition } from '../../../protocol/src/position.ts';
import type { Bounds, Entry, History, Known } from '../history/history.ts';
import { textFrame } from '../wire/text-frame.ts';
import type { TickWriter } from '../wire/tick-writer.ts';
import { Channel, type Subscriber } from './channel.ts';
import { Presence } from './presence.ts';
import { encode, encodePlain, type Publication } from './publication.ts';
import { Trouble } from './trouble.ts';

/** Above so many, channels that nobody reads are given up; what is published there anew begins a new epoch. */
const MAX_CHANNELS = 100_000;

/** What is appended together at most, so that no commit takes long. */
const MAX_GROUP = 1000;
/** What is read at once at most. */
const PAGE = { count: 500, bytes: 128 * 1024 };
/** Until a subscriber who has enough to read is looked at again, ms. */
const PAUSE = 10;

/** Answers to "what came after" that are remembered; each is no more than a step. */
const MAX_RECENT = 64;

/** What came after an offset, as it goes over the wire. */
interface Missed {
  /** Offset of the last one in it. */
  upto: number;
  frames: Buffer;
}

/** What became of a publication. */
export type Outcome =
  /** `isFirst`: it was not there before under its key. */
  (Known & { isFirst: boolean }) | undefined;

/** A publication whose place is not settled yet. */
interface Pending {
  channel: Channel;
  publication: Publication;
  key: string | undefined;
  /** Called before anyone has it, so that the sender's `ack` is there first; with `undefined` where it cannot be kept. */
  done: ((outcome: Outcome) => void)[];
}

/** Channels, their history and their subscribers. */
export class Hub {
  readonly #writer: TickWriter;
  readonly #history: History;
  readonly #writing: Trouble;
  readonly #reading: Trouble;
  readonly #maxChannels: number;
  readonly #channels = new Map<string, Channel>();
  #pending: Pending[] = [];
  readonly #pendingKeys = new Map<string, Pending>();
  /** What one step of catching up sends at most: with what waits, half of what may wait. */
  readonly #stepBounds: Bounds;
  /** What was made for those who had missed something, the oldest first. */
  readonly #recent = new Map<string, Missed>();
  #quiet = false;

  /** @param now ms since 1970. */
  constructor(
    writer: TickWriter,
    history: History,
    log: Logger,
    now: () => number,
    maxChannels = MAX_CHANNELS,
  ) {
    this.#writer = writer;
    this.#history = history;
    this.#writing = new Trouble(
      log,
      now,
      'the history cannot be written; publishing is refused',
      'the history can be written again',
    );
    this.#reading = new Trouble(log, now, 'the history cannot be read', 'the history can be read again');
    this.#stepBounds = { ...PAGE, bytes: Math.min(PAGE.bytes, writer.limit / 4) };
    this.#maxChannels = maxChannels;
  }

  get channels(): Iterable<Channel> {
    return this.#channels.values();
  }

  get channelCount(): number {
    return this.#channels.size;
  }

  /** Where a channel stands. */
  position(name: string): Position {
    const { epoch, offset } = this.#channels.get(name) ?? this.#history.position(name);
    return { epoch, offset };
  }

  /** What became of a key: a message id with its sender, an idempotency key with its target. */
  find(key: string): Known | undefined {
    return this.#history.find(key);
  }

  /**
   * What came before an offset, the oldest first, and whether there is more before that; `undefined` where it cannot be
   * read.
   */
  before(name: string, offset: number, count: number): { entries: Entry[]; more: boolean } | undefined {
    return this.#read(() => this.#history.before(name, offset, { count, bytes: PAGE.bytes }));
  }

  /** @returns the channel, for `unsubscribe`. */
  subscribe(name: string, subscriber: Subscriber): Channel {
    const channel = this.#open(name);
    if (channel.subscribers.has(subscriber)) return channel;
    channel.subscribers.add(subscriber);
    if (channel.presence?.join(subscriber.person)) this.#tell(channel, 'join', subscriber);
    return channel;
  }

  /** Tells a subscriber who is there, and from now on who comes and goes. */
  watch(channel: Channel, subscriber: Subscriber): void {
    if (channel.presence === undefined) {
      channel.presence = new Presence();
      for (const { person } of channel.subscribers) channel.presence.join(person);
    }
    channel.watchers ??= new Set();
    channel.watchers.add(subscriber);
    this.#send(subscriber, presenceFrame(channel, 'state', channel.presence.people));
  }

  unwatch(channel: Channel, subscriber: Subscriber): void {
    if (!channel.watchers?.delete(subscriber) || channel.watchers.size > 0) return;
    channel.watchers = undefined;
    channel.presence = undefined;
  }

  unsubscribe(channel: Channel, subscriber: Subscriber): void {
    if (!channel.subscribers.delete(subscriber)) return;
    channel.behind?.delete(subscriber);
    this.unwatch(channel, subscriber);
    if (channel.presence?.leave(subscriber.person)) this.#tell(channel, 'leave', subscriber);
    if (channel.subscribers.size === 0 && channel.offset === 0) this.#channels.delete(channel.name);
  }

  /**
   * The offset from which a subscriber can be caught up; `undefined` where something after its position is gone. The
   * epoch alone would not do, since a position may claim an offset that the channel has not reached.
   */
  resume(channel: Channel, since: string): number | undefined {
    const { epoch, offset = 0 } = parsePosition(since) ?? {};
    const isKnown =
      epoch === channel.epoch &&
      this.#read(() => this.#history.after(channel.name, offset, { count: 1, bytes: 0 }));
    return isKnown ? offset : undefined;
  }

  /** Sends a subscriber what came after an offset, at the pace at which it reads; what is live waits until it has that. */
  catchUp(channel: Channel, subscriber: Subscriber, offset: number): void {
    // It may ask anew while it is still being caught up: what is under way ends then.
    channel.behind?.delete(subscriber);
    this.#step(channel, subscriber, offset);
  }

  #step(channel: Channel, subscriber: Subscriber, offset: number, turn?: object): void {
    if (turn !== undefined && channel.behind?.get(subscriber) !== turn) return;
    const { socket } = subscriber;
    let at = offset;
    while (at < channel.offset) {
      const waiting = (socket.tcp?.writableLength ?? 0) + (socket.pending?.length ?? 0);
      if (waiting > this.#stepBounds.bytes) {
        const next = {};
        channel.behind ??= new Map();
        channel.behind.set(subscriber, next);
        setTimeout(() => this.#step(channel, subscriber, at, next), PAUSE).unref();
        return;
      }
      const missed = this.#missed(channel, at);
      if (missed === undefined) {
        const { name, epoch } = channel;
        const frame = { type: 'subscribed', channel: name, epoch, offset: channel.offset, recovered: false };
        this.#send(subscriber, textFrame(JSON.stringify(frame)));
        break;
      }
      this.#send(subscriber, missed.frames);
      at = missed.upto;
    }
    channel.behind?.delete(subscriber);
  }

  /** What came after an offset. Many come back with the same position at the same time: their frames are made once. */
  #missed(channel: Channel, after: number): Missed | undefined {
    const key = `${channel.name} ${after} ${channel.offset}`;
    const known = this.#recent.get(key);
    if (known) return known;
    const entries = this.#read(() => this.#history.after(channel.name, after, this.#stepBounds));
    const last = entries?.at(-1);
    if (!entries || !last) return undefined;
    const missed = { frames: Buffer.concat(entries.map(({ text }) => textFrame(text))), upto: last.offset };
    this.#recent.set(key, missed);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > MAX_RECENT && oldest !== undefined) this.#recent.delete(oldest);
    return missed;
  }

  /**
   * Gives a publication its offset, keeps it and delivers it, in one step: nothing comes between. Where keeping takes a
   * disk's time, what a tick brings is kept together.
   *
   * @param key - A second one with the same is not published; it gets the first's outcome.
   * @param done - Called before anyone has it, so that the sender's `ack` is there first.
   */
  publish(
    name: string,
    publication: Publication,
    key: string | undefined,
    done: (outcome: Outcome) => void,
  ): void {
    const twin = key === undefined ? undefined : this.#pendingKeys.get(key);
    if (twin) {
      twin.done.push(done);
      return;
    }
    const pending = { channel: this.#open(name), publication, key, done: [done] };
    this.#pending.push(pending);
    if (key !== undefined) this.#pendingKeys.set(key, pending);
    if (!this.#history.isDurable || this.#pending.length >= MAX_GROUP) this.commit();
    else if (this.#pending.length === 1) setImmediate(this.commit);
  }

  /** Settles what was published and is not kept yet. */
  readonly commit = (): void => {
    const group = this.#pending;
    if (group.length === 0) return;
    this.#pending = [];
    this.#pendingKeys.clear();
    const offsets = new Map<Channel, number>();
    const entries = group.map(({ channel, publication, key }): Entry => {
      const offset = (offsets.get(channel) ?? channel.offset) + 1;
      offsets.set(channel, offset);
      const text = encode(publication, { channel: channel.name, offset });
      const time = publication.time.getTime();
      return { channel: channel.name, offset, time, text, bytes: Buffer.byteLength(text), key };
    });
    if (!this.#append(entries)) {
      for (const { done } of group) for (const each of done) each(undefined);
      return;
    }
    for (const [index, { channel, publication, done }] of group.entries()) {
      const { offset, time, text } = entries[index] as Entry;
      channel.offset = offset;
      for (const [n, each] of done.entries()) {
        each({ channel: channel.name, epoch: channel.epoch, offset, time, isFirst: n === 0 });
      }
      this.#deliver(channel, publication, text);
    }
  };

  /** To one client: no offset, not kept; behind what was published before. */
  deliver(subscriber: Subscriber, publication: Publication): void {
    this.commit();
    this.#send(
      subscriber,
      textFrame(subscriber.encoding === 1 ? encode(publication) : encodePlain(publication)),
    );
  }

  /** To everyone else on a channel who speaks more than plain. No publication: no offset, not kept. */
  tellTyping(
    name: string,
    typist: Subscriber,
    person: { clientId: string; userId?: string; name?: string },
  ): void {
    const channel = this.#channels.get(name);
    if (!channel) return;
    const frame = textFrame(JSON.stringify({ type: 'typing', channel: name, ...person }));
    for (const subscriber of channel.subscribers) {
      if (subscriber !== typist && subscriber.encoding === 1) this.#send(subscriber, frame);
    }
  }

  /** Who leaves is no longer told: everyone does. */
  quieten(): void {
    this.#quiet = true;
  }

  /** Lets go of what is no longer to be kept, and of channels above the most there may be. */
  sweep(now: number): void {
    try {
      this.#history.sweep(now);
    } catch (error) {
      this.#writing.meet(error);
    }
    for (const channel of this.#channels.values()) {
      if (this.#channels.size <= this.#maxChannels) return;
      if (channel.subscribers.size > 0) continue;
      this.#channels.delete(channel.name);
      this.#history.forget(channel.name);
    }
  }

  /** Settles what is not settled and lets go of the history. */
  close(): void {
    this.commit();
    this.#history.close();
  }

  #deliver(channel: Channel, publication: Publication, text: string): void {
    let full: Buffer | undefined;
    let plain: Buffer | undefined;
    for (const subscriber of channel.subscribers) {
      if (channel.behind?.has(subscriber)) continue;
      if (subscriber.encoding === 1) {
        full ??= textFrame(text);
        this.#writer.send(subscriber.socket, full, 1);
      } else {
        plain ??= textFrame(encodePlain(publication));
        this.#writer.send(subscriber.socket, plain, 0);
      }
    }
  }

  #append(entries: readonly Entry[]): boolean {
    try {
      this.#history.append(entries);
    } catch (error) {
      this.#writing.meet(error);
      return false;
    }
    this.#writing.pass();
    return true;
  }

  #read<T>(read: () => T): T | undefined {
    try {
      const found = read();
      this.#reading.pass();
      return found;
    } catch (error) {
      this.#reading.meet(error);
      return undefined;
    }
  }

  #open(name: string): Channel {
    let channel = this.#channels.get(name);
    if (channel === undefined) {
      channel = new Channel(name, this.#history.position(name));
      this.#channels.set(name, channel);
    }
    return channel;
  }

  #tell(channel: Channel, event: 'join' | 'leave', about: Subscriber): void {
    if (this.#quiet || !channel.watchers) return;
    const frame = presenceFrame(channel, event, [about.person]);
    for (const watcher of channel.watchers) {
      if (watcher !== about) this.#send(watcher, frame);
    }
  }

  #send(subscriber: Subscriber, frame: Buffer): void {
    this.#writer.send(subscriber.socket, frame, subscriber.encoding);
  }
}

function presenceFrame(channel: Channel, event: 'state' | 'join' | 'leave', users: Person[]): Buffer {
  return textFrame(JSON.stringify({ type: 'presence', channel: channel.name, event, users }));
}
