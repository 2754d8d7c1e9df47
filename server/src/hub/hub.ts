import { randomBytes } from 'node:crypto';
import type { Person } from '../../../protocol/src/person.ts';
import { parsePosition } from '../../../protocol/src/position.ts';
import { textFrame } from '../wire/text-frame.ts';
import type { TickWriter } from '../wire/tick-writer.ts';
import { Channel, type Subscriber } from './channel.ts';
import { Presence } from './presence.ts';
import { encode, encodePlain, type Publication } from './publication.ts';

/** Above so many, channels that nobody reads are given up; what is published there anew begins a new epoch. */
const MAX_CHANNELS = 100_000;

export interface Position {
  epoch: string;
  offset: number;
}

/** Channels, their positions and their subscribers. */
export class Hub {
  readonly #writer: TickWriter;
  readonly #maxChannels: number;
  readonly #channels = new Map<string, Channel>();
  #epoch = newEpoch();
  #quiet = false;

  constructor(writer: TickWriter, maxChannels = MAX_CHANNELS) {
    this.#writer = writer;
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
    const channel = this.#channels.get(name);
    return { epoch: channel?.epoch ?? this.#epoch, offset: channel?.offset ?? 0 };
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
    this.unwatch(channel, subscriber);
    if (channel.presence?.leave(subscriber.person)) this.#tell(channel, 'leave', subscriber);
    if (channel.subscribers.size === 0 && channel.offset === 0) this.#channels.delete(channel.name);
  }

  /**
   * Whether nothing was published since a position. Without history, whatever was is lost; and the epoch alone would not
   * do, since a position may claim an offset that the channel has not reached.
   */
  isCurrent(name: string, since: string): boolean {
    const claimed = parsePosition(since);
    const { epoch, offset } = this.position(name);
    return claimed?.epoch === epoch && claimed.offset === offset;
  }

  /**
   * Gives a publication its offset and delivers it, in one step: nothing comes between.
   *
   * @param accepted Called with its position before anyone has it, so that the sender's `ack` is there first.
   */
  publish(name: string, publication: Publication, accepted?: (position: Position) => void): Position {
    const channel = this.#open(name);
    channel.offset += 1;
    const position = { epoch: channel.epoch, offset: channel.offset };
    accepted?.(position);
    let full: Buffer | undefined;
    let plain: Buffer | undefined;
    for (const subscriber of channel.subscribers) {
      if (subscriber.encoding === 1) {
        full ??= textFrame(encode(publication, { channel: name, offset: channel.offset }));
        this.#writer.send(subscriber.socket, full, 1);
      } else {
        plain ??= textFrame(encodePlain(publication));
        this.#writer.send(subscriber.socket, plain, 0);
      }
    }
    return position;
  }

  /** To one client: no offset, not kept. */
  deliver(subscriber: Subscriber, publication: Publication): void {
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

  /** Gives up channels above the most there may be. Their numbering ends, so new ones must not look like it. */
  sweep(): void {
    for (const channel of this.#channels.values()) {
      if (this.#channels.size <= this.#maxChannels) return;
      if (channel.subscribers.size > 0) continue;
      this.#channels.delete(channel.name);
      this.#epoch = newEpoch();
    }
  }

  #open(name: string): Channel {
    let channel = this.#channels.get(name);
    if (channel === undefined) {
      channel = new Channel(name, this.#epoch);
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

function newEpoch(): string {
  return randomBytes(6).toString('base64url');
}
