import { Batch, type Frame } from './batch.ts';
import type { ServerSocket } from './server-socket.ts';

/** Past this many bytes for one socket in one tick, waiting for the rest saves nothing any more. */
const EARLY_WRITE = 262_144;

/** Collects what a tick brings for each socket and writes it at the tick's end, in one write a socket. */
export class TickWriter {
  /** Bytes that may wait for one socket, what comes included. */
  readonly limit: number;
  readonly #cutOff: (socket: ServerSocket, queued: number) => void;
  #dirty: ServerSocket[] = [];
  /** One tree an encoding: mixed, the two would break up each other's lists. */
  #roots = [new Batch(), new Batch()] as const;

  /**
   * @param cutOff Told of a socket that was terminated for it.
   */
  constructor(limit: number, cutOff: (socket: ServerSocket, queued: number) => void) {
    this.limit = limit;
    this.#cutOff = cutOff;
  }

  /** @param encoding Receivers of the same publications share one: 0 plain, 1 `protocol=1`. */
  send(socket: ServerSocket, frame: Frame, encoding: 0 | 1): void {
    let batch = socket.pending;
    if (batch === undefined) {
      if (!socket.isOpen) return;
      if (this.#dirty.push(socket) === 1) setImmediate(this.#flush);
      batch = this.#roots[encoding];
    }
    batch = batch.with(frame);
    socket.pending = batch;
    if (batch.length > EARLY_WRITE) this.#write(socket);
  }

  readonly #flush = (): void => {
    const dirty = this.#dirty;
    this.#dirty = [];
    this.#roots = [new Batch(), new Batch()];
    for (const socket of dirty) this.#write(socket);
  };

  #write(socket: ServerSocket): void {
    if (socket.flush(this.limit)) return;
    const queued = socket.tcp?.writableLength ?? 0;
    socket.terminate();
    this.#cutOff(socket, queued);
  }
}
