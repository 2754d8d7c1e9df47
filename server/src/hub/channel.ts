import type { Person } from '../../../protocol/src/person.ts';
import type { Position } from '../../../protocol/src/position.ts';
import type { ServerSocket } from '../wire/server-socket.ts';
import type { Presence } from './presence.ts';

/** Whom a channel delivers to. */
export interface Subscriber {
  readonly socket: ServerSocket;
  /** 0 plain, 1 `protocol=1`. */
  readonly encoding: 0 | 1;
  readonly person: Person;
}

/** A named stream of publications and those who read it. */
export class Channel {
  readonly name: string;
  readonly epoch: string;
  /** Of the last publication; 0 before the first. */
  offset: number;
  readonly subscribers = new Set<Subscriber>();
  /** Those who are still being caught up, each with its turn: what is live is not for them yet. */
  behind: Map<Subscriber, object> | undefined;
  /** Those who asked for presence; kept, and `presence` with it, only while there are any. */
  watchers: Set<Subscriber> | undefined;
  presence: Presence | undefined;

  constructor(name: string, { epoch, offset }: Position) {
    this.name = name;
    this.epoch = epoch;
    this.offset = offset;
  }
}
