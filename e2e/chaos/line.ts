import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from 'node:net';
import type { LinkFault, Lost } from './plan.ts';

/**
 * One client's way to the server: what goes over it can be cut, stalled, lost and delayed. Each client has a line of
 * its own, so that nobody has to read whose bytes they are.
 */
export class Line {
  readonly #targetPort: () => number | undefined;
  readonly #server: Server;
  readonly #links = new Set<Link>();
  /** What waits for a link that it can be done to. */
  readonly #due: LinkFault[] = [];
  /** How many faults were done. */
  faults = 0;

  private constructor(targetPort: () => number | undefined) {
    this.#targetPort = targetPort;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
  }

  /** @param targetPort - Where the server listens on 127.0.0.1; `undefined` while there is none. */
  static async open(targetPort: () => number | undefined): Promise<Line> {
    const line = new Line(targetPort);
    await once(line.#server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many links are open. */
  get links(): number {
    return this.#links.size;
  }

  /** Does it to the newest link, or to the next one if none is open. */
  break(fault: LinkFault): void {
    const link = [...this.#links].at(-1);
    if (link) this.#do(fault, link);
    else this.#due.push(fault);
  }

  async close(): Promise<void> {
    for (const link of this.#links) link.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(client: Socket): void {
    const port = this.#targetPort();
    if (port === undefined) {
      client.destroy();
      return;
    }
    const link = new Link(client, port);
    this.#links.add(link);
    client.once('close', () => this.#links.delete(link));
    for (const fault of this.#due.splice(0)) this.#do(fault, link);
  }

  #do(fault: LinkFault, link: Link): void {
    this.faults += 1;
    if (fault.kind === 'cut') link.cut();
    else if (fault.kind === 'stall') link.stall(fault.duration);
    else if (fault.kind === 'delay') link.delay(fault.latency, fault.duration);
    else link.lose(fault.lost);
  }
}

/** One TCP connection of a client's, and the server's end of it. */
class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #up: Way;
  readonly #down: Way;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(client: Socket, port: number) {
    this.#client = client;
    this.#server = dial({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    this.#up = new Way(client, this.#server);
    this.#down = new Way(this.#server, client);
    // An end that says good-bye and is not heard is gone all the same.
    client.on('end', () => (this.#up.isLost || this.#server.destroyed) && client.destroy());
    this.#server.on('end', () => this.#down.isLost && this.#server.destroy());
    // An end that vanishes takes the other with it, unless the news of it is lost.
    client.on('close', () => this.#end());
    this.#server.on('close', () => this.#down.isLost || client.destroy());
  }

  /** As a network that resets both ends. */
  cut(): void {
    this.#client.destroy();
  }

  stall(duration: number): void {
    this.#up.hold();
    this.#down.hold();
    this.#later(duration, () => {
      this.#up.release();
      this.#down.release();
    });
  }

  /** As a network that is gone without a word. */
  lose(lost: Lost): void {
    if (lost !== 'down') this.#up.isLost = true;
    if (lost !== 'up') this.#down.isLost = true;
  }

  delay(latency: number, duration: number): void {
    this.#up.latency = this.#down.latency = latency;
    this.#later(duration, () => {
      this.#up.latency = this.#down.latency = 0;
    });
  }

  #later(duration: number, callback: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, duration);
    this.#timers.add(timer);
  }

  #end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#up.end();
    this.#down.end();
    // Where the news of it is lost, the server has to find out by itself.
    this.#down.isLost = true;
    if (this.#up.isLost) this.#server.resume();
    else this.#server.destroy();
  }
}

/** Bytes in one direction, in their order. */
class Way {
  /** ms that everything takes. */
  latency = 0;
  /** What comes from now on is taken and goes nowhere. */
  isLost = false;
  readonly #from: Socket;
  readonly #to: Socket;
  /** `undefined` stands for the end. */
  readonly #waiting: { chunk: Buffer | undefined; due: number }[] = [];
  #isHeld = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket) {
    this.#from = from;
    this.#to = to;
    from.on('data', (chunk) => this.#take(chunk));
    from.on('end', () => this.#take(undefined));
    from.on('error', () => undefined);
    to.on('drain', () => {
      if (!this.#isHeld) from.resume();
    });
  }

  hold(): void {
    this.#isHeld = true;
    this.#from.pause();
  }

  release(): void {
    this.#isHeld = false;
    this.#from.resume();
    this.#pass();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#waiting.length = 0;
  }

  #take(chunk: Buffer | undefined): void {
    if (this.isLost) return;
    this.#waiting.push({ chunk, due: performance.now() + this.latency });
    this.#pass();
  }

  #pass(): void {
    clearTimeout(this.#timer);
    for (let next = this.#waiting[0]; next && !this.#isHeld; next = this.#waiting[0]) {
      const wait = next.due - performance.now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#pass(), wait);
        return;
      }
      this.#waiting.shift();
      if (this.isLost) continue;
      if (next.chunk === undefined) this.#to.end();
      else if (!this.#to.write(next.chunk)) this.#from.pause();
    }
  }
}
