/**
 * Stands for the browser's WebSocket, and for the server at its other end: what comes over a network comes one frame a
 * task, and what is measured is many in one. Everything behind `onmessage` is the element's own.
 */
export class FakeSocket {
  /** Where the page's one connection is. */
  static last?: FakeSocket;

  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number; reason: string }) => void;
  /** Resolves with the first subscription's channel. */
  readonly subscribed: Promise<string>;
  #tellSubscribed!: (channel: string) => void;

  constructor() {
    FakeSocket.last = this;
    this.subscribed = new Promise((resolve) => {
      this.#tellSubscribed = resolve;
    });
    queueMicrotask(() => {
      this.onopen?.();
      this.#receive({
        type: 'welcome',
        message: 'Connected to WebSocket server',
        clientId: 'c_bench',
        protocol: 1,
        heartbeat: 25_000,
        limits: { message: 1000, frame: 65_536, publications: 100, frames: 300, channels: 128 },
      });
    });
  }

  /** Hands a frame in, as the browser does. */
  deliver(data: string): void {
    this.onmessage?.({ data });
  }

  send(text: string): void {
    const frame = JSON.parse(text);
    queueMicrotask(() => this.#answer(frame));
  }

  close(): void {}

  #receive(frame: object): void {
    this.deliver(JSON.stringify(frame));
  }

  #answer({ type, id, channel, presence }: Record<string, string>): void {
    if (type === 'ping') this.#receive({ type: 'pong' });
    if (type !== 'subscribe') return;
    this.#receive({ type: 'subscribed', id, channel, epoch: 'bench', offset: 0 });
    if (presence) {
      this.#receive({ type: 'presence', channel, event: 'state', users: [{ clientId: 'c_bench' }] });
    }
    if (channel) this.#tellSubscribed(channel);
  }
}
