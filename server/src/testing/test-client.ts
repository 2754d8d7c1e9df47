import { WebSocket } from 'ws';

export interface TestFrame {
  type: string;
  [field: string]: unknown;
}

/** A client that keeps what comes until somebody asks for it. */
export class TestClient {
  readonly socket: WebSocket;
  /** Resolves with the first frame, or when the connection is closed without one. */
  readonly ready: Promise<void>;
  /** Resolves with how the connection ended. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #frames: TestFrame[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, { headers });
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        this.#ended = true;
        resolve({ code, reason: String(reason) });
        this.#wake?.();
      });
    });
    this.ready = new Promise((resolve) => {
      this.socket.once('message', () => resolve());
      this.socket.once('close', () => resolve());
    });
    this.socket.on('message', (data) => {
      this.#frames.push(JSON.parse(String(data)) as TestFrame);
      this.#wake?.();
    });
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** The next frame, or the next of a type; what came before it is dropped. */
  async next(type?: string): Promise<TestFrame> {
    for (;;) {
      for (let frame = this.#frames.shift(); frame !== undefined; frame = this.#frames.shift()) {
        if (type === undefined || frame.type === type) return frame;
      }
      if (this.#ended) throw new Error(`the connection is closed, and no ${type ?? 'frame'} came`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Sends a frame and gives the next of what comes. */
  ask(frame: unknown, type?: string): Promise<TestFrame> {
    this.send(frame);
    return this.next(type);
  }

  /** Everything that was sent is handled, and everything before that was said is here. @returns it. */
  async settle(): Promise<TestFrame[]> {
    const seen: TestFrame[] = [];
    this.send({ type: 'ping' });
    for (let frame = await this.next(); frame.type !== 'pong'; frame = await this.next()) seen.push(frame);
    return seen;
  }

  drop(): void {
    this.socket.terminate();
  }
}
