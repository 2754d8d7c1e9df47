import type { Page, WebSocketRoute } from 'playwright-core';

type Frame = { type: string; id?: string; channel?: string; [field: string]: unknown };

/** A server that does what a test says, frame by frame, so that every state can be held still. */
export class ScriptedServer {
  /** Nobody listens there: sockets end in here. */
  static readonly url = 'ws://127.0.0.1:9/ws';
  /** Whether new sockets are welcomed. */
  welcoming = true;
  /** What becomes of a message: nothing, `ack`, or the code of an error. */
  verdict = 'ack';
  /** Called with what each client subscribed to. */
  onSubscribed?: (channel: string) => void;
  readonly #opened = Promise.withResolvers<void>();
  readonly #sockets = new Set<WebSocketRoute>();
  /** By channel: a client asks again where it misses one. */
  readonly #offsets = new Map<string, number>();

  /** Takes the sockets that a page opens from now on. */
  static async for(page: Page): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await page.routeWebSocket(/:9\/ws/, (socket) => server.#accept(socket));
    return server;
  }

  /** Resolves with the first socket. */
  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  /** How many sockets are open. */
  get size(): number {
    return this.#sockets.size;
  }

  /** Welcomes who waits for it, and who comes from now on. */
  welcome(): void {
    this.welcoming = true;
    for (const socket of this.#sockets) this.#welcome(socket);
  }

  send(frame: Frame): void {
    for (const socket of this.#sockets) socket.send(JSON.stringify(frame));
  }

  publish(channel: string, data: Frame): void {
    const timestamp = '2024-01-01T12:00:00.000Z';
    this.send({ clientId: 'server', timestamp, ...data, channel, offset: this.#next(channel) });
  }

  /** Another person's message in the lobby. */
  say(name: string, message: string): void {
    this.publish('lobby', { type: 'message', clientId: name, userId: name.toLowerCase(), name, message });
  }

  close(code: number): void {
    for (const socket of this.#sockets) void socket.close({ code });
    this.#sockets.clear();
  }

  #accept(socket: WebSocketRoute): void {
    this.#sockets.add(socket);
    // Without a handler of its own the browser is told nothing of the close it began.
    socket.onClose((code) => {
      this.#sockets.delete(socket);
      void socket.close({ code: code === 1005 ? 1000 : code });
    });
    socket.onMessage((text) => this.#hear(JSON.parse(String(text)), socket));
    if (this.welcoming) this.#welcome(socket);
    this.#opened.resolve();
  }

  #welcome(socket: WebSocketRoute): void {
    const person = { clientId: 'client-1', userId: 'ana', name: 'Ana' };
    this.#answer(socket, { type: 'welcome', message: 'Hello', ...person, protocol: 1, heartbeat: 25_000 });
  }

  #hear(frame: Frame, socket: WebSocketRoute): void {
    const { type, id, channel = '' } = frame;
    const at = { id, channel, epoch: 'e', offset: this.#offsets.get(channel) ?? 0 };
    if (type === 'subscribe') {
      this.#answer(socket, { type: 'subscribed', ...at });
      const users = [
        { userId: 'ana', name: 'Ana' },
        { userId: 'ben', name: 'Ben' },
      ];
      if (frame.presence) this.#answer(socket, { type: 'presence', channel, event: 'state', users });
      this.onSubscribed?.(channel);
    } else if (type === 'unsubscribe') this.#answer(socket, { type: 'unsubscribed', id, channel });
    else if (type === 'ping') this.#answer(socket, { type: 'pong' });
    else if (type === 'message' && this.verdict === 'ack') {
      const timestamp = '2024-01-01T12:00:00.000Z';
      this.#answer(socket, { type: 'ack', ...at, offset: this.#next(channel), timestamp });
    } else if (type === 'message' && this.verdict) {
      this.#answer(socket, { type: 'error', id, channel, code: this.verdict, message: 'No.' });
    }
  }

  #next(channel: string): number {
    const offset = (this.#offsets.get(channel) ?? 0) + 1;
    this.#offsets.set(channel, offset);
    return offset;
  }

  #answer(socket: WebSocketRoute, frame: Frame): void {
    socket.send(JSON.stringify(frame));
  }
}
