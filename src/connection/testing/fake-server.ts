import { isProtocolType } from '../../../protocol/src/names.ts';
import { plainTimestamp } from '../../../protocol/src/timestamps.ts';
import { closeAll } from '../registry.ts';
import { forgetServers } from '../shared-connection.ts';
import type { Transport, TransportCallbacks } from '../transport.ts';
import { setTransportFactory } from '../websocket-transport.ts';

export interface FakeServerOptions {
  /** Who every client is; guests by default. */
  userId?: string;
  name?: string;
  /** Speaks the plain protocol only, as the documentation's server. */
  plain?: boolean;
  /** Answers questions for history with what was published. Default false: nothing is kept. */
  keeps?: boolean;
  /** Opens, welcomes and answers by itself, in microtasks. Default true. */
  auto?: boolean;
}

type Frame = { type: string; id?: string; channel?: string; [field: string]: unknown };

/** A server without a network, for tests. Every connection's transport leads to it until {@link restore}. */
export class FakeServer {
  readonly url = 'ws://fake.test/ws';
  /** Every socket that was opened, the oldest first. */
  readonly sockets: FakeSocket[] = [];
  /** False: new sockets close with 1006 at once. */
  accepting = true;
  readonly epoch = 'fake';
  readonly #offsets = new Map<string, number>();
  readonly #kept: Frame[] = [];
  readonly #putBack: () => void;

  constructor(readonly options: FakeServerOptions = {}) {
    forgetServers();
    this.#putBack = setTransportFactory((url, callbacks) => {
      const socket = new FakeSocket(this, url, callbacks, `client-${this.sockets.length + 1}`);
      this.sockets.push(socket);
      if (!this.accepting) queueMicrotask(() => socket.close());
      else if (options.auto ?? true) {
        queueMicrotask(() => {
          socket.open();
          socket.welcome();
        });
      }
      return socket.transport;
    });
  }

  /** The newest socket. */
  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('nobody has connected yet');
    return socket;
  }

  /** Position of a channel's last publication, 0 before the first. */
  offset(channel: string): number {
    return this.#offsets.get(channel) ?? 0;
  }

  /** Publishes to everyone who is subscribed; returns the publication. */
  publish(channel: string, data: Frame): Frame {
    const offset = this.offset(channel) + 1;
    this.#offsets.set(channel, offset);
    const { plain } = this.options;
    const publication: Frame = {
      clientId: 'server',
      timestamp: plain ? plainTimestamp(new Date()) : new Date().toISOString(),
      ...data,
      ...(plain ? {} : { channel, offset }),
    };
    this.#kept.push(publication);
    for (const socket of this.sockets) {
      if (plain || socket.channels.has(channel)) socket.receive(publication);
    }
    return publication;
  }

  /** What is kept of a channel before an offset: at most `limit`, and whether there is more. */
  page(channel: string, before = Infinity, limit = 100): { publications: Frame[]; more: boolean } {
    const all = this.options.keeps
      ? this.#kept.filter((each) => each.channel === channel && Number(each.offset) < before)
      : [];
    return { publications: all.slice(-limit), more: all.length > limit };
  }

  /** Lets microtasks that wait for each other come to rest; needs no timers. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 50; turn++) await null;
  }

  /** Closes all connections of the page and gives the real transport back. */
  restore(): void {
    closeAll();
    this.#putBack();
    forgetServers();
  }
}

/** One client's socket, seen from the server. */
export class FakeSocket {
  /** What the client sent, parsed. */
  readonly sent: Frame[] = [];
  /** What it is subscribed to, with `auto`. */
  readonly channels = new Set<string>();
  readonly transport: Transport;
  state: 'connecting' | 'open' | 'closed' = 'connecting';

  constructor(
    readonly server: FakeServer,
    readonly url: string,
    readonly callbacks: TransportCallbacks,
    readonly clientId: string,
  ) {
    this.transport = {
      send: (text) => {
        if (this.state !== 'open') throw new Error(`sent while ${this.state}: ${text}`);
        const frame = JSON.parse(text);
        this.sent.push(frame);
        if (server.options.auto ?? true) queueMicrotask(() => this.#answer(frame));
      },
      close: () => {
        this.state = 'closed';
      },
    };
  }

  /** The query that it was opened with. */
  get query(): URLSearchParams {
    return new URL(this.url).searchParams;
  }

  open(): void {
    if (this.state !== 'connecting') return;
    this.state = 'open';
    this.callbacks.open();
  }

  welcome(overrides: object = {}): void {
    const { plain, userId, name } = this.server.options;
    const welcome = { type: 'welcome', message: 'Connected to WebSocket server', clientId: this.clientId };
    const limits = { message: 1000, frame: 65_536, publications: 100, frames: 300, channels: 128 };
    const more = plain ? {} : { protocol: 1, userId, name, heartbeat: 25_000, limits };
    this.receive({ ...welcome, ...more, ...overrides });
  }

  /** Sends a frame to the client. */
  receive(frame: object): void {
    if (this.state === 'open') this.callbacks.message(JSON.stringify(frame));
  }

  close(code = 1006, reason = ''): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.callbacks.close(code, reason);
  }

  /** The client itself, as presence has it. */
  get person(): { userId?: string; clientId?: string; name?: string } {
    const { userId, name } = this.server.options;
    return userId ? { userId, name } : { clientId: this.clientId, name: this.query.get('name') ?? name };
  }

  #answer(frame: Frame): void {
    const { type, id, channel = '' } = frame;
    const { server } = this;
    if (server.options.plain) {
      server.publish('', { ...frame, clientId: this.clientId, timestamp: plainTimestamp(new Date()) });
    } else if (type === 'subscribe') {
      const { epoch } = server;
      const offset = server.offset(channel);
      this.channels.add(channel);
      const { since } = frame;
      this.receive({
        type: 'subscribed',
        id,
        channel,
        epoch,
        offset,
        ...(since ? { recovered: since === `${epoch}:${offset}` } : {}),
      });
      if (frame.presence) this.receive({ type: 'presence', channel, event: 'state', users: [this.person] });
    } else if (type === 'unsubscribe') {
      this.channels.delete(channel);
      this.receive({ type: 'unsubscribed', id, channel });
    } else if (type === 'history') {
      const { before, limit } = frame as { before?: number; limit?: number };
      this.receive({ type, id, channel, ...server.page(channel, before, limit) });
    } else if (type === 'ping') {
      this.receive({ type: 'pong' });
    } else if (type === 'auth') {
      this.receive({ type: 'ack', id, tokenExpiresIn: 3_600_000 });
    } else if (!isProtocolType(type)) {
      const timestamp = new Date().toISOString();
      const offset = server.offset(channel) + 1;
      const { userId, name } = this.person;
      this.receive({ type: 'ack', id, channel, epoch: server.epoch, offset, timestamp });
      server.publish(channel, { ...frame, clientId: this.clientId, userId, name, timestamp });
    }
  }
}
