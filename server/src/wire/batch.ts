import { textFrameLength, writeTextFrame } from './text-frame.ts';

/** What goes to many is framed once; what goes to one socket is its text, and becomes bytes only when it is written. */
export type Frame = Buffer | string;

/**
 * What a tick brings for a socket: a list of frames as a node in a tree. Sockets that got the same frames in the same
 * order stand at the same node, so the list is kept once and joined once, however many they are.
 */
export class Batch {
  /** Bytes of all frames. */
  readonly length: number;
  readonly #frame: Frame | undefined;
  readonly #previous: Batch | undefined;
  #next: Batch | undefined;
  #joined: Buffer | undefined;

  /** Without arguments: the empty list. */
  constructor(frame?: Frame, previous?: Batch) {
    this.#frame = frame;
    this.#previous = previous;
    this.length = frame && previous ? previous.length + frameLength(frame) : 0;
  }

  /** The list and one frame more. A publication goes to all its receivers in one go, so the last answer is the likely one. */
  with(frame: Frame): Batch {
    const next = this.#next;
    if (next !== undefined && next.#frame === frame) return next;
    this.#next = new Batch(frame, this);
    return this.#next;
  }

  /** All frames in one buffer; of one frame, that very frame. */
  get bytes(): Buffer {
    this.#joined ??= this.#join();
    return this.#joined;
  }

  #join(): Buffer {
    if (typeof this.#frame === 'object' && this.#previous?.length === 0) return this.#frame;
    const joined = Buffer.allocUnsafeSlow(this.length);
    let end = this.length;
    let batch: Batch | undefined = this;
    while (batch !== undefined) {
      const frame: Frame | undefined = batch.#frame;
      const previous: Batch | undefined = batch.#previous;
      if (frame === undefined || previous === undefined) break;
      if (typeof frame === 'string') writeTextFrame(frame, joined, previous.length, end);
      else joined.set(frame, previous.length);
      end = previous.length;
      batch = previous;
    }
    return joined;
  }
}

function frameLength(frame: Frame): number {
  return typeof frame === 'string' ? textFrameLength(frame) : frame.length;
}
