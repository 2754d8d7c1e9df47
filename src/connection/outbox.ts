import type { Acknowledgement, Unsent } from './types.ts';

/** Messages at most. */
export const MAX_MESSAGES = 1000;

/** UTF-16 code units at most, the measure of browsers' storage too. */
export const MAX_LENGTH = 1_000_000;

/** Older messages of the page before are not sent: the server may no longer know them by their ids, ms. */
export const MAX_AGE = 600_000;

/** A message that the server has not acknowledged. */
export interface Outgoing extends Unsent {
  /** Its frame, which `message` was read from. */
  readonly text: string;
  /** The two that settle `sent`. */
  resolve(acknowledgement: Acknowledgement): void;
  reject(error: Error): void;
  /** A close has blamed a frame while it was in flight. */
  blamed?: boolean;
}

/**
 * What was accepted from the page, oldest first. Only the first is ever in flight: that keeps the order whatever the
 * server refuses, and when a close blames a frame there is no doubt which.
 */
export type Outbox = Outgoing[];

/** Whether there is room for one more. */
export function hasRoom(outbox: readonly Pick<Outgoing, 'text'>[], { length }: string): boolean {
  return (
    outbox.length < MAX_MESSAGES && outbox.reduce((sum, { text }) => sum + text.length, length) <= MAX_LENGTH
  );
}
