/** A text frame as servers send it: final, unmasked, uncompressed (RFC 6455 §5.2). */
export function textFrame(text: string): Buffer {
  // Not from the pool: one small frame that a slow reader keeps would keep a whole slab of the pool with it.
  const frame = Buffer.allocUnsafeSlow(textFrameLength(text));
  writeTextFrame(text, frame, 0, frame.length);
  return frame;
}

/** Bytes of a text's frame. */
export function textFrameLength(text: string): number {
  const length = Buffer.byteLength(text);
  return headerLength(length) + length;
}

/** Writes a text's frame into `target`, from `start` up to `end`: as many bytes as `textFrameLength` says. */
export function writeTextFrame(text: string, target: Buffer, start: number, end: number): void {
  const header = end - start < 128 ? 2 : end - start < 65_540 ? 4 : 10;
  const length = end - start - header;
  target[start] = 0x81;
  if (header === 2) {
    target[start + 1] = length;
  } else if (header === 4) {
    target[start + 1] = 126;
    target.writeUInt16BE(length, start + 2);
  } else {
    target[start + 1] = 127;
    target.writeUInt32BE(0, start + 2);
    target.writeUInt32BE(length, start + 6);
  }
  target.write(text, start + header, 'utf8');
}

function headerLength(length: number): number {
  return length < 126 ? 2 : length < 65_536 ? 4 : 10;
}
