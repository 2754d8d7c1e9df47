import type { Position } from '../../../protocol/src/position.ts';

/** A publication as it is kept. */
export interface Entry {
  channel: string;
  /** From 1, without gaps. */
  offset: number;
  /** ms since 1970, when it was accepted. */
  time: number;
  /** Its frame, as clients with `protocol=1` get it. */
  text: string;
  /** Of `text`, in UTF-8. */
  bytes: number;
  /** By which the server knows it when it comes again: a message id with its sender, an idempotency key with its target. */
  key?: string;
}

/** One whose key is known: what its publisher was answered. */
export interface Known extends Position {
  channel: string;
  /** ms since 1970. */
  time: number;
}

/** Bounds of one answer. */
export interface Bounds {
  count: number;
  /** Of the frames; the first is given whatever its size. */
  bytes: number;
}

/** How long a key is known at least, ms; longer where its publication is still kept. */
export const KEY_LIFE = 600_000;

/** Where publications are kept. Everything is at once: what an answer tells holds until the next call. */
export interface History {
  /**
   * Whether appending takes a disk's time, so that what comes together is better appended together.
   */
  readonly isDurable: boolean;
  /** Where a channel stands; one that is new stands at 0. */
  position(channel: string): Position;
  /**
   * Appends all or nothing. The offsets of each channel follow its position.
   *
   * @throws {Error} It could not be kept; nothing has changed.
   */
  append(entries: readonly Entry[]): void;
  /** What came after an offset, the oldest first; `undefined` if some of it is gone. An empty list: nothing did. */
  after(channel: string, offset: number, bounds: Bounds): Entry[] | undefined;
  /** What came before an offset, the oldest first, and whether there is more before that. */
  before(channel: string, offset: number, bounds: Bounds): { entries: Entry[]; more: boolean };
  /** What became of a key. */
  find(key: string): Known | undefined;
  /** Lets go of what is no longer to be kept. */
  sweep(now: number): void;
  /** Channels whose position may be forgotten: nobody reads them. @returns whether it was; it begins anew then. */
  forget(channel: string): boolean;
  close(): void;
}
