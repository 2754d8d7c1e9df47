import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { Batch } from './batch.ts';

/**
 * The socket of `ws`, which goes on to read, check and answer control frames, with a way past its sender: a buffer that is
 * framed already is written as it is. `ws` offers none, and framing the same text once for each of 5,000 receivers
 * is most of what a fan-out costs; hence the one use of its private `_socket`. That is safe because nothing is compressed:
 * its sender then has no queue of its own, and each of its frames is one uninterrupted write, as each of ours is.
 */
export class ServerSocket<Session = unknown> extends WebSocket {
  /** Whom its events are for. */
  session: Session | undefined = undefined;
  /** What this tick has brought so far. */
  pending: Batch | undefined = undefined;
  /** Something was written since the last sweep. */
  spoke = false;
  /** What was read when the last sweep looked. */
  bytesSeen = 0;

  /** The TCP socket; `undefined` once closed. */
  get tcp(): Socket | undefined {
    return (this as unknown as { _socket: Socket | undefined })._socket ?? undefined;
  }

  get isOpen(): boolean {
    return this.readyState === WebSocket.OPEN;
  }

  /** Writes what this tick has brought. @returns false if that would be more than `limit` bytes waiting; nothing is written then. */
  flush(limit: number): boolean {
    const batch = this.pending;
    if (batch === undefined) return true;
    this.pending = undefined;
    const tcp = this.tcp;
    if (tcp === undefined || this.readyState !== WebSocket.OPEN) return true;
    if (tcp.writableLength + batch.length > limit) return false;
    this.spoke = true;
    tcp.write(batch.bytes);
    return true;
  }

  /** What was queued before goes out before; `ws` calls this too, to answer the other side's close frame. */
  override close(code?: number, reason?: string | Buffer): void {
    this.flush(Number.POSITIVE_INFINITY);
    super.close(code, reason);
  }

  /** Lets go of what is queued with the socket. */
  override terminate(): void {
    this.pending = undefined;
    super.terminate();
  }
}
