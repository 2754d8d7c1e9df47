/** One client's socket: what came waits in a queue until a step asks for it. */
import { WebSocket } from 'ws';
import { frameProblem } from './frame-schemas.ts';
import { show } from './matching.ts';
import { CaseError } from './values.ts';

export type Event =
  | { kind: 'frame'; frame: Record<string, unknown> }
  | { kind: 'close'; code: number; reason: string }
  | { kind: 'ping' }
  | { kind: 'pong'; payload: string }
  | { kind: 'fault'; problem: string };

export interface EndpointOptions {
  plain: boolean;
  origin?: string;
  pongs?: boolean;
  /** Milliseconds until waiting for an event is given up. */
  timeout: number;
}

export class Endpoint {
  readonly plain: boolean;
  readonly #socket: WebSocket;
  readonly #timeout: number;
  readonly #events: Event[] = [];
  #wake: (() => void) | undefined;
  #pings = 0;

  constructor(url: URL, { plain, origin, pongs = true, timeout }: EndpointOptions) {
    this.plain = plain;
    this.#timeout = timeout;
    const socket = new WebSocket(url, {
      origin,
      autoPong: pongs,
      perMessageDeflate: false,
      handshakeTimeout: timeout,
    });
    this.#socket = socket;
    socket.on('message', (data, binary) => this.#push(this.#read(String(data), binary)));
    socket.on('ping', () => this.#push({ kind: 'ping' }));
    socket.on('pong', (payload) => this.#push({ kind: 'pong', payload: String(payload) }));
    socket.on('close', (code, reason) => this.#push({ kind: 'close', code, reason: String(reason) }));
    socket.on('error', (error) => this.#push({ kind: 'fault', problem: error.message }));
  }

  /** Resolves when the handshake is through. */
  async opened(): Promise<void> {
    if (this.#socket.readyState === WebSocket.OPEN) return;
    await new Promise<void>((resolve, reject) => {
      this.#socket.once('open', () => resolve());
      this.#socket.once('error', (error) => reject(new CaseError(`the handshake failed: ${error.message}`)));
    });
  }

  send(data: string | Buffer, binary = false): void {
    this.#socket.send(data, { binary });
  }

  /** The next frame. Control pings and pongs are passed over. */
  async frame(): Promise<Record<string, unknown>> {
    const event = await this.#next((event) => event.kind !== 'ping' && event.kind !== 'pong');
    if (event.kind !== 'frame') throw new CaseError(`expected a frame, got ${told(event)}`);
    return event.frame;
  }

  /** The close, with no frame before it unless they are ignored. */
  async closed(ignoring: boolean): Promise<{ code: number; reason: string }> {
    for (;;) {
      const event = await this.#next((event) => event.kind !== 'ping' && event.kind !== 'pong');
      if (event.kind === 'close') return event;
      // An end without a close frame tells itself as an error first.
      if (event.kind === 'fault' || ignoring) continue;
      throw new CaseError(`expected a close, got ${told(event)}`);
    }
  }

  async controlPing(): Promise<void> {
    const event = await this.#next((event) => event.kind !== 'pong');
    if (event.kind !== 'ping') throw new CaseError(`expected a control ping, got ${told(event)}`);
  }

  /**
   * That nothing came: a ping that the server answers after everything it had to say, a frame of protocol=1 or a
   * control frame. So it takes a round trip and no time to wait.
   */
  async silent(): Promise<void> {
    if (this.plain) {
      const payload = `conformance-${++this.#pings}`;
      this.#socket.ping(payload);
      const event = await this.#next((event) => event.kind !== 'ping');
      if (event.kind !== 'pong' || event.payload !== payload)
        throw new CaseError(`expected nothing, got ${told(event)}`);
      return;
    }
    this.send('{"type":"ping"}');
    const event = await this.#next((event) => event.kind !== 'ping' && event.kind !== 'pong');
    if (event.kind !== 'frame' || event.frame.type !== 'pong')
      throw new CaseError(`expected nothing, got ${told(event)}`);
  }

  async close(): Promise<void> {
    this.#socket.close(1000);
    await this.#next((event) => event.kind === 'close');
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #read(text: string, binary: boolean): Event {
    const problem = binary ? 'a binary frame' : frameProblem(text, this.plain);
    return problem
      ? { kind: 'fault', problem: `${problem}: ${show(text)}` }
      : { kind: 'frame', frame: JSON.parse(text) };
  }

  #push(event: Event): void {
    this.#events.push(event);
    this.#wake?.();
  }

  async #next(wanted: (event: Event) => boolean): Promise<Event> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#wake?.();
    }, this.#timeout);
    try {
      for (;;) {
        while (this.#events.length > 0) {
          const event = this.#events.shift() as Event;
          if (wanted(event)) return event;
        }
        if (late) throw new CaseError(`nothing came for ${this.#timeout} ms`);
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

function told(event: Event): string {
  switch (event.kind) {
    case 'frame':
      return show(event.frame);
    case 'close':
      return `a close with ${event.code} ${JSON.stringify(event.reason)}`;
    case 'fault':
      return event.problem;
    default:
      return `a control ${event.kind}`;
  }
}
