/**
 * Counts the frames of a server's stream without looking into them, so that thousands of receivers cost little: what is
 * read of a frame is its length (RFC 6455 §5.2; a server's frames are not masked).
 */
export class FrameCounter {
  /** Whole frames so far. */
  frames = 0;
  /** Of those, what was no text frame: pings, closes. */
  others = 0;
  bytes = 0;
  /** Bytes of the present frame's payload that are still to come. */
  #payload = 0;
  /** The header that began at the end of the last chunk. */
  #header: Buffer | undefined;

  /** @returns how many frames ended in these bytes. */
  read(chunk: Buffer): number {
    this.bytes += chunk.length;
    const before = this.frames;
    let data = chunk;
    if (this.#header !== undefined) {
      data = Buffer.concat([this.#header, chunk]);
      this.#header = undefined;
    }
    let at = 0;
    for (;;) {
      if (this.#payload > 0) {
        const taken = Math.min(this.#payload, data.length - at);
        at += taken;
        this.#payload -= taken;
        if (this.#payload > 0) break;
        this.frames += 1;
      }
      const size = headerSize(data, at);
      if (size === undefined || at + size > data.length) {
        if (at < data.length) this.#header = Buffer.from(data.subarray(at));
        break;
      }
      if (((data[at] as number) & 0x0f) !== 1) this.others += 1;
      this.#payload = payloadLength(data, at, size);
      at += size;
      if (this.#payload === 0) this.frames += 1;
    }
    return this.frames - before;
  }
}

function headerSize(data: Buffer, at: number): number | undefined {
  if (at + 1 >= data.length) return undefined;
  const length = (data[at + 1] as number) & 0x7f;
  return length === 127 ? 10 : length === 126 ? 4 : 2;
}

function payloadLength(data: Buffer, at: number, size: number): number {
  if (size === 2) return (data[at + 1] as number) & 0x7f;
  return size === 4 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
}
