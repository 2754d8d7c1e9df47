import type { Position } from '../../protocol/src/position.ts';
import type { Person, Publication, Subscription, SubscriptionOptions } from './types.ts';

/** What the connection knows of a channel that somebody follows. */
export interface Channel {
  readonly name: string;
  readonly holders: Map<Subscription, SubscriptionOptions>;
  position?: Position;
  /** A position was known once, so that a fresh start is a gap. */
  continued?: boolean;
  /** Id of the `subscribe` that waits for its answer. */
  request?: string;
  /** The server said `subscribed` on the present socket. */
  live?: boolean;
  /** The server was asked who is there. */
  presence?: boolean;
  people: readonly Person[];
  /** Came behind a gap; waits for the server to say whether it can be filled. */
  held: Publication[];
}

/** Where a publication stands to the last one seen: 1 is the next, less was seen already, more is behind a gap. */
export function placeOf(offset: number, position: Position): number {
  return offset - position.offset;
}
