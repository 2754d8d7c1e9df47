/** Of the newest, rows that stay in any case. */
export const KEPT = 30;

/** Rows that are shown to a reader further up, where nothing may move; what comes then waits behind them. */
export const SHOWN = 400;

/** Rows that go together. */
const MANY = 20;

/** A longer pause begins a group anew, so that its time is seen, ms. */
const PAUSE = 300_000;

/** Where a message stands in its group. */
export type Place = 'single' | 'top' | 'middle' | 'bottom';

/** A message, or a note that the element makes itself. */
export interface Row {
  /** Absent where the page shows something of its own in its place. */
  readonly text?: string;
  /** Who wrote it; absent from a note. */
  readonly sender?: string;
  readonly name?: string;
  readonly userId?: string;
  /** The user's. */
  own?: boolean;
  /** What the page shows in place of the text: the name of its slot. */
  slot?: string;
  /** Of what was sent here, until its publication comes. */
  id?: string;
  /** Its place on the channel, where it has one. */
  offset?: number;
  time: Date;
  /** Of the user's own messages. */
  state?: 'pending' | 'sent' | 'failed';
  /** Why it failed, a sentence. */
  reason?: string;
  /** Of a note: it takes the place of a note on the same topic that it would follow. */
  readonly topic?: string;
}

/**
 * Adds a row. What the server has not taken yet stays last, because that is where it will stand. Bounded: while the
 * reader is at the end the oldest go, but for {@link SHOWN}; else what the reader has not come to.
 *
 * @param from - The first row that is shown, where the reader is not at the end.
 */
export function addRow(rows: Row[], row: Row, from?: number): void {
  let index = rows.length;
  if (row.state !== 'pending') while (rows[index - 1]?.state === 'pending') index--;
  const same = row.topic && rows[index - 1]?.topic === row.topic ? 1 : 0;
  rows.splice(index - same, same, row);
  const first = from === undefined ? 0 : from + SHOWN;
  if (rows.length > first + (first ? KEPT : SHOWN) + MANY) rows.splice(first, MANY);
}

/**
 * Puts what was published earlier before the first row that has a place on the channel; where there is none, before
 * what waits to be sent.
 */
export function addEarlier(rows: Row[], earlier: readonly Row[]): void {
  const known = new Set(rows.map(({ offset }) => offset));
  const placed = rows.findIndex(({ offset }) => offset);
  const waiting = rows.findIndex(({ state }) => state === 'pending');
  const index = placed < 0 ? (waiting < 0 ? rows.length : waiting) : placed;
  rows.splice(index, 0, ...earlier.filter(({ offset }) => !known.has(offset)));
}

/**
 * The row of a message that was sent here, as its publication comes. That has its id, or from a plain server none: then
 * it is the oldest of one's own with the same text.
 */
export function findSent(rows: readonly Row[], { own, text }: Row, id: string | undefined): Row | undefined {
  return rows.find((row) => row.id && (id ? row.id === id : own && row.text === text));
}

/** Whether a row begins another day than the one before, in the user's zone. */
export function isNewDay({ time }: Row, before: Row | undefined): boolean {
  return time.toDateString() !== before?.time.toDateString();
}

/** Where a message stands among what one person wrote in succession. `mark`: a row that begins a group in any case. */
export function placeOf(row: Row, before?: Row, after?: Row, mark?: Row): Place {
  const joins = (one: Row | undefined, next: Row | undefined) =>
    one &&
    next &&
    next !== mark &&
    one.sender === next.sender &&
    +next.time - +one.time < PAUSE &&
    !isNewDay(next, one);
  if (joins(before, row)) return joins(row, after) ? 'middle' : 'bottom';
  return joins(row, after) ? 'top' : 'single';
}
