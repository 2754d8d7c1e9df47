import { EPOCH } from './names.ts';

/** Where a subscriber stands on a channel; written `epoch:offset`. */
export interface Position {
  /** Life of the numbering, 1–16 of `[A-Za-z0-9_-]`. */
  epoch: string;
  /** Offset of the last publication seen; 0 before the first. */
  offset: number;
}

/** Reads `epoch:offset`; `undefined` if it is not one. */
export function parsePosition(text: string): Position | undefined {
  const colon = text.lastIndexOf(':');
  const epoch = text.slice(0, Math.max(colon, 0));
  const digits = text.slice(colon + 1);
  const offset = Number(digits);
  return EPOCH.test(epoch) && /^\d{1,16}$/.test(digits) && Number.isSafeInteger(offset)
    ? { epoch, offset }
    : undefined;
}

/** Writes a position as it stands in attributes and frames. */
export function formatPosition({ epoch, offset }: Position): string {
  return `${epoch}:${offset}`;
}
