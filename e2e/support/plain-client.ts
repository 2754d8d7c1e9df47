import { once } from 'node:events';
import { WebSocket } from 'ws';

type Frame = Record<string, unknown>;

/** The documentation's client: a socket and JSON. */
export class PlainClient {
  readonly frames: Frame[] = [];
  readonly #socket: WebSocket;

  private constructor(url: string) {
    this.#socket = new WebSocket(url);
    this.#socket.on('message', (data) => this.frames.push(JSON.parse(String(data))));
  }

  /** Connects, and waits for the welcome, which is `frames[0]`. */
  static async connect(url: string): Promise<PlainClient> {
    const client = new PlainClient(url);
    await client.until((frame) => frame.type === 'welcome');
    return client;
  }

  /** Sends a message with the documented four fields. */
  say(message: string): void {
    const clientId = this.frames[0]?.clientId;
    const timestamp = '2024-01-01 12:00:00';
    this.#socket.send(JSON.stringify({ type: 'message', clientId, message, timestamp }));
  }

  /** The first frame that is so, among those that came and those to come. */
  async until(isSo: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const frame = this.frames.find(isSo);
      if (frame) return frame;
      await once(this.#socket, 'message');
    }
  }

  close(): void {
    this.#socket.terminate();
  }
}
