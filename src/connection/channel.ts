import type { Position } from '../../protocol/src/position.ts';
import type { Person, Subscription, SubscriptionOptions } from './types.ts';

/** What the connection knows of a channel that somebody follows. */
export interface Channel {
  readonly holders: Map<Subscription, SubscriptionOptions>;
  /** A new object with every step. */
  position?: Position;
  /** A position was known once, so that a fresh start is a gap. */
  continued?: boolean;
  /** Id of the `subscribe` that waits for its answer; true once it has it. Absent: not on this socket. */
  asked?: string | true;
  /** Id of the `subscribe` by which the position is compared with the server's. */
  check?: string;
  /** The server was asked who is there. */
  presence?: boolean;
  people: readonly Person[];
}

/** Where a publication stands to the last one seen: 1 is the next, less was seen already, more is behind a gap. */
export function placeOf(offset: number, position: Position): number {
  return offset - position.offset;
}
