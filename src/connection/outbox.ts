import type { Acknowledgement } from './types.ts';

/** Messages at most. */
export const MAX_MESSAGES = 1000;

/** Bytes at most, as they go over the wire. */
export const MAX_BYTES = 1_048_576;

/** A message that the server has not acknowledged. */
export interface Outgoing {
  readonly id: string;
  readonly channel: string;
  /** Its frame. */
  readonly text: string;
  readonly bytes: number;
  resolve(acknowledgement: Acknowledgement): void;
  reject(error: Error): void;
  /** Since when it is in flight, ms since 1970. */
  sentAt?: number;
  /** A close has blamed a frame while it was in flight. */
  blamed?: boolean;
}

/**
 * What was accepted from the page, oldest first. Only the first is ever in flight: that keeps the order whatever the
 * server refuses, and when a close blames a frame there is no doubt which. In memory; a store over page loads would
 * keep `id`, `channel` and `text`.
 */
export type Outbox = Outgoing[];

/** Whether there is room for so many bytes more. */
export function hasRoom(outbox: Outbox, bytes: number): boolean {
  return (
    outbox.length < MAX_MESSAGES && outbox.reduce((sum, message) => sum + message.bytes, bytes) <= MAX_BYTES
  );
}
