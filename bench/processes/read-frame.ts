/** Where a text frame's payload begins and ends in a buffer. */
export interface FrameBounds {
  begin: number;
  end: number;
}

/**
 * Finds the text frame that begins at `at` (RFC 6455 §5.2; a server's frames are not masked).
 *
 * @returns `undefined` until all of it is there.
 * @throws {Error} It is no text frame, or not all of a message.
 */
export function readFrame(data: Buffer, at: number): FrameBounds | undefined {
  const [first, second] = [data[at], data[at + 1]];
  if (first === undefined || second === undefined) return undefined;
  if (first !== 0x81)
    throw new Error(`expected a text frame, got one that begins with 0x${first.toString(16)}`);
  if (second < 126) return within(data, at + 2, second);
  const begin = at + (second === 126 ? 4 : 10);
  if (begin > data.length) return undefined;
  const length = second === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
  return within(data, begin, length);
}

function within(data: Buffer, begin: number, length: number): FrameBounds | undefined {
  const end = begin + length;
  return end <= data.length ? { begin, end } : undefined;
}
