import { parsePosition } from '../../../../protocol/src/position.ts';
import type { Transport, TransportCallbacks } from '../../../connection/transport.ts';
import type { Frame } from '../messages.ts';

interface ModelChannel {
  offset: number;
  /** The oldest offset that is kept. */
  first: number;
}

/** A server as the specification has it, which does nothing until {@link step} is called: one thing at a time. */
export class ModelServer {
  readonly epoch = 'e';
  /** Every socket that was opened, the oldest first. */
  readonly sockets: ModelSocket[] = [];
  /** Offsets by message id: what is known already. */
  readonly accepted = new Map<string, number>();
  readonly #channels = new Map<string, ModelChannel>();

  connect(url: string, callbacks: TransportCallbacks): Transport {
    const socket = new ModelSocket(this, url, callbacks, `client-${this.sockets.length + 1}`);
    this.sockets.push(socket);
    return socket.transport;
  }

  channel(name: string): ModelChannel {
    const channel = this.#channels.get(name) ?? { offset: 0, first: 1 };
    this.#channels.set(name, channel);
    return channel;
  }

  publish(name: string, fields: object = {}): number {
    const channel = this.channel(name);
    channel.offset += 1;
    for (const socket of this.sockets) socket.offer(name, channel.offset, fields);
    return channel.offset;
  }

  /** Keeps no more than the last `count`. */
  trim(name: string, count: number): void {
    const channel = this.channel(name);
    channel.first = Math.max(channel.first, channel.offset - count + 1);
  }

  /** What could happen next, each on a socket of its own. */
  get ready(): ModelSocket[] {
    return this.sockets.filter((socket) => socket.isReady);
  }
}

/** One socket, seen from the server. */
export class ModelSocket {
  readonly transport: Transport;
  readonly sent: Frame[] = [];
  isClosed = false;
  readonly subscribed = new Set<string>();
  readonly watched = new Set<string>();
  /** Frames on their way to the client. */
  readonly #down: string[] = [];
  /** Frames on their way to the server. */
  readonly #up: Frame[] = [];
  /** Offset up to which the client was caught up, by channel: what is live waits. */
  readonly #behind = new Map<string, number>();
  #isOpen = false;

  constructor(
    readonly server: ModelServer,
    readonly url: string,
    readonly callbacks: TransportCallbacks,
    readonly clientId: string,
  ) {
    this.transport = {
      send: (text) => {
        if (this.isClosed || !this.#isOpen) throw new Error(`sent to a socket that is not open: ${text}`);
        this.sent.push(JSON.parse(text));
        this.#up.push(JSON.parse(text));
      },
      close: () => {
        this.isClosed = true;
      },
    };
  }

  get isReady(): boolean {
    return (
      !this.isClosed &&
      (!this.#isOpen || this.#down.length > 0 || this.#up.length > 0 || this.#behind.size > 0)
    );
  }

  /** Opens, delivers a frame, handles one or catches up by one. `choice` says which, where several could be. */
  step(choice: number): void {
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.callbacks.open();
      this.receive({ type: 'welcome', clientId: this.clientId, protocol: 1, heartbeat: 25_000 });
      return;
    }
    const steps = [
      this.#down.length > 0 && (() => this.callbacks.message(`${this.#down.shift()}`)),
      this.#up.length > 0 && (() => this.#handle(this.#up.shift() as Frame)),
      this.#behind.size > 0 && (() => this.#catchUp()),
    ].filter((step) => step !== false);
    steps[choice % steps.length]?.();
  }

  /** Sends a frame to the client. */
  receive(frame: object): void {
    this.#down.push(JSON.stringify(frame));
  }

  /** Everything that is on its way is lost. */
  lose(code = 1006): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.callbacks.close(code, '');
  }

  offer(channel: string, offset: number, fields: object = {}): void {
    if (this.isClosed || !this.subscribed.has(channel) || this.#behind.has(channel)) return;
    this.receive({ type: 'n', channel, offset, ...fields });
  }

  #handle(frame: Frame): void {
    const { type, id, channel: name = '', since, presence } = frame;
    const { server } = this;
    const channel = server.channel(name);
    if (type === 'subscribe') {
      this.subscribed.add(name);
      this.#behind.delete(name);
      const at = parsePosition(`${since ?? ''}`)?.offset;
      const recovered = at === undefined ? undefined : at >= channel.first - 1 && at <= channel.offset;
      const { epoch } = server;
      this.receive({ type: 'subscribed', id, channel: name, epoch, offset: channel.offset, recovered });
      if (presence) {
        this.watched.add(name);
        this.receive({ type: 'presence', channel: name, event: 'state', users: [{ userId: 'ana' }] });
      }
      if (recovered && at !== undefined && at < channel.offset) this.#behind.set(name, at);
    } else if (type === 'unsubscribe') {
      this.subscribed.delete(name);
      this.#behind.delete(name);
      this.receive({ type: 'unsubscribed', id, channel: name });
    } else if (type === 'ping') this.receive({ type: 'pong' });
    else if (type === 'message' && id) {
      const known = server.accepted.get(id);
      const offset = known ?? channel.offset + 1;
      server.accepted.set(id, offset);
      this.receive({ type: 'ack', id, channel: name, epoch: server.epoch, offset });
      if (known === undefined) server.publish(name, { type: 'message', id });
    }
  }

  /** One publication of what the client missed; in between anything may happen. */
  #catchUp(): void {
    for (const [name, at] of this.#behind) {
      const channel = this.server.channel(name);
      if (at + 1 < channel.first) {
        this.#behind.delete(name);
        const { epoch } = this.server;
        this.receive({ type: 'subscribed', channel: name, epoch, offset: channel.offset, recovered: false });
        return;
      }
      this.receive({ type: 'n', channel: name, offset: at + 1 });
      if (at + 1 < channel.offset) this.#behind.set(name, at + 1);
      else this.#behind.delete(name);
      return;
    }
  }
}
