import { type RawData, WebSocket } from 'ws';
import { formatPosition, type Position } from '../../protocol/src/position.ts';
import type { Entry } from './compare.ts';
import type { Off } from './off.ts';
import type { Random } from './random.ts';

interface Frame {
  type: string;
  id?: string;
  channel?: string;
  epoch?: string;
  offset?: number;
  recovered?: boolean;
  heartbeat?: number;
  code?: string;
  message?: string;
}

export interface ScriptedClientOptions {
  /** With its token and `protocol=1`. */
  url: string;
  /** Where its log begins, by channel. */
  positions: ReadonlyMap<string, Position>;
  random: Random;
  off?: Off;
  onAcknowledged(entry: Entry): void;
  /** A message left the outbox, acknowledged or not. */
  onSettled(): void;
  onDelivered(): void;
}

/** How often it looks at the clock, ms. */
const TICK = 200;
/** A connection without `welcome`, a ping or a message without answer for so long counts as dead, ms. */
const PATIENCE = 1500;

/**
 * A client written from the specification and nothing else. It believes the server: what comes on the socket in use is
 * delivered as it comes, so that its log shows what a client that drops doubles and fills gaps would hide.
 */
export class ScriptedClient {
  readonly log: Entry[] = [];
  /** What the server did that the specification does not let it do here. */
  readonly complaints: string[] = [];
  readonly #options: ScriptedClientOptions;
  readonly #positions: Map<string, Position>;
  /** What was accepted and not acknowledged, the oldest first; only the first is ever in flight. */
  readonly #outbox: { id: string; channel: string }[] = [];
  readonly #ticker: NodeJS.Timeout;
  #socket: WebSocket | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #heartbeat = Number.POSITIVE_INFINITY;
  /** By `performance.now()`; `undefined` where nothing is waited for. */
  #heardAt = 0;
  #openedAt: number | undefined;
  #pingedAt: number | undefined;
  #sentAt: number | undefined;
  #isWelcome = false;

  constructor(options: ScriptedClientOptions) {
    this.#options = options;
    this.#positions = new Map(options.positions);
    this.#ticker = setInterval(() => this.#tick(), TICK);
    this.#open();
  }

  /** Nothing is left in the outbox. */
  get isSettled(): boolean {
    return this.#outbox.length === 0;
  }

  position(channel: string): number {
    return this.#positions.get(channel)?.offset ?? 0;
  }

  send(id: string, channel: string): void {
    this.#outbox.push({ id, channel });
    this.#flush();
  }

  close(): void {
    clearInterval(this.#ticker);
    clearTimeout(this.#retry);
    this.#drop();
  }

  #open(): void {
    const socket = new WebSocket(this.#options.url, { perMessageDeflate: false });
    this.#socket = socket;
    this.#openedAt = performance.now();
    // What a socket that was given up still says is nobody's business.
    const ours = (callback: (data: RawData) => void) => (data: RawData) => {
      if (socket === this.#socket) callback(data);
    };
    socket.on(
      'message',
      ours((data) => this.#receive(JSON.parse(String(data)))),
    );
    socket.on(
      'close',
      ours(() => this.#lose()),
    );
    socket.on('error', () => undefined);
  }

  #receive(frame: Frame): void {
    this.#heardAt = performance.now();
    this.#pingedAt = undefined;
    const { type, id, channel = '', epoch = '', offset = 0 } = frame;
    if (type === 'welcome') this.#welcome(frame);
    else if (type === 'ping') this.#transmit({ type: 'pong' });
    else if (type === 'subscribed') this.#subscribed(frame);
    else if (type === 'ack') {
      if (id === undefined || id !== this.#outbox[0]?.id) return;
      this.#options.onAcknowledged({ channel, offset, id });
      this.#settle();
      this.#flush();
    } else if (type === 'error') this.complaints.push(`${frame.code} (${frame.message}) for ${id}`);
    else if (type !== 'pong') {
      const position = this.#positions.get(channel);
      this.#positions.set(channel, { epoch: position?.epoch ?? epoch, offset });
      this.log.push({ channel, offset, id: id ?? '' });
      this.#options.onDelivered();
    }
  }

  #welcome({ heartbeat = 0 }: Frame): void {
    this.#heartbeat = heartbeat;
    this.#openedAt = undefined;
    this.#isWelcome = true;
    this.#failures = 0;
    for (const [channel, position] of this.#positions) {
      const since = this.#options.off === 'recovery' ? undefined : formatPosition(position);
      this.#transmit({ type: 'subscribe', id: 'subscribe', channel, since });
    }
    this.#flush();
  }

  #subscribed({ channel = '', epoch = '', offset = 0, recovered }: Frame): void {
    if (recovered) return;
    const since = formatPosition(this.#positions.get(channel) as Position);
    if (recovered === false) this.complaints.push(`${channel} was not recovered since ${since}`);
    this.#positions.set(channel, { epoch, offset });
  }

  #settle(): void {
    this.#outbox.shift();
    this.#sentAt = undefined;
    this.#options.onSettled();
  }

  #flush(): void {
    const [first] = this.#outbox;
    if (!first || !this.#isWelcome || this.#sentAt !== undefined) return;
    this.#sentAt = performance.now();
    this.#transmit({ type: 'message', ...first, message: first.id });
    if (this.#options.off !== 'ack') return;
    this.#settle();
    this.#flush();
  }

  #transmit(frame: object): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #tick(): void {
    const now = performance.now();
    const isLate = (since: number | undefined) => since !== undefined && now - since > PATIENCE;
    if (isLate(this.#openedAt) || isLate(this.#pingedAt) || isLate(this.#sentAt)) this.#lose();
    else if (
      this.#isWelcome &&
      this.#pingedAt === undefined &&
      now - this.#heardAt > 1.25 * this.#heartbeat
    ) {
      this.#pingedAt = now;
      this.#transmit({ type: 'ping' });
    }
  }

  #lose(): void {
    if (this.#options.off === 'outbox' && this.#sentAt !== undefined) this.#settle();
    this.#drop();
    const wait = Math.min(1000, 100 * 2 ** this.#failures) * this.#options.random.next();
    this.#failures += 1;
    this.#retry = setTimeout(() => this.#open(), wait);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isWelcome = false;
    this.#openedAt = this.#pingedAt = this.#sentAt = undefined;
    socket?.terminate();
  }
}
