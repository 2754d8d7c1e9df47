/** Where a subscriber stands on a channel; written `epoch:offset`. */
export interface Position {
  /** Life of the numbering, 1–16 of `[A-Za-z0-9_-]`. */
  epoch: string;
  /** Offset of the last publication seen; 0 before the first. */
  offset: number;
}

/** `epoch:offset`; fifteen digits are exact in every language's numbers. */
export const POSITION = /^([A-Za-z0-9_-]{1,16}):(\d{1,15})$/;

/** Reads `epoch:offset`; `undefined` if it is not one. */
export function parsePosition(text: string): Position | undefined {
  const [, epoch, offset] = POSITION.exec(text) ?? [];
  return epoch === undefined ? undefined : { epoch, offset: Number(offset) };
}

/** Writes a position as it stands in attributes and frames. */
export function formatPosition({ epoch, offset }: Position): string {
  return `${epoch}:${offset}`;
}
