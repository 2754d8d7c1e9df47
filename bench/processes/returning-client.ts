/**
 * A client that can be cut off and come back: a bare TCP socket that speaks its server's dialect. Whoever stayed has told
 * what everyone missed, so what a client gets back is compared byte by byte and parsed only where it is something else:
 * thousands of them cost less than the server that they come back to.
 */
import { connect, type Socket } from 'node:net';
import type { Dialect, Kept } from '../dialects/dialect.ts';
import { maskedFrame, upgradeRequest } from './client-bytes.ts';
import { readFrame } from './read-frame.ts';

/** What is the same for all of them. */
export interface Surroundings {
  port: number;
  dialect: Dialect;
  /** Payloads of what was missed, in order. */
  missed: Buffer[];
  /** A client heard a publication that it had not missed. */
  onPublication(): void;
  /** A client has everything that it missed. */
  onWhole(): void;
  /** Something else came than should have, or nothing more will. */
  onError(error: Error): void;
}

/** They read one after the other, so one buffer does for all. */
const shared = Buffer.allocUnsafeSlow(256 * 1024);
const nothing = Buffer.alloc(0);

export class ReturningClient {
  /** Publications besides those that were missed, and their payloads. */
  readonly heard: string[] = [];
  readonly payloads: Buffer[] = [];
  readonly #surroundings: Surroundings;
  readonly #kept: Kept = {};
  #socket: Socket | undefined;
  /** What came of a frame, or of the handshake's answer, that is not whole. */
  #rest = nothing;
  #isUpgraded = false;
  #follows = false;
  /** How much it has of what was missed. */
  #recovered = 0;
  #resolve: (() => void) | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Resolves once the server has taken it in; what was missed may still be to come. */
  connect(): Promise<void> {
    const { port, dialect } = this.#surroundings;
    this.#rest = nothing;
    this.#isUpgraded = this.#follows = false;
    this.#recovered = 0;
    return new Promise((resolve) => {
      this.#resolve = resolve;
      const socket = connect({ port, host: '127.0.0.1', onread: { buffer: shared, callback: this.#read } });
      this.#socket = socket;
      socket.on('error', this.#fail);
      socket.on('close', this.#onClose);
      socket.write(upgradeRequest(port, dialect.path));
    });
  }

  /** A reset, as where a network breaks; a close would be a farewell, and leave thousands of sockets in TIME_WAIT. */
  async cutOff(): Promise<void> {
    const socket = this.#socket as Socket;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.off('close', this.#onClose);
    socket.resetAndDestroy();
    await closed;
  }

  get isConnected(): boolean {
    return this.#socket?.destroyed === false;
  }

  get isWhole(): boolean {
    return this.#follows && this.#recovered === this.#surroundings.missed.length;
  }

  readonly #fail = (error: Error): void => this.#surroundings.onError(error);

  readonly #onClose = (): void => this.#fail(new Error('the server closed the connection'));

  readonly #read = (length: number, buffer: Uint8Array): boolean => {
    const chunk = buffer.subarray(0, length) as Buffer;
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    try {
      const used = this.#isUpgraded ? this.#readFrames(data, 0) : this.#readAnswer(data);
      this.#rest = used === data.length ? nothing : Buffer.from(data.subarray(used));
    } catch (error) {
      this.#fail(error as Error);
    }
    return true;
  };

  /** @returns how much of it is dealt with. */
  #readAnswer(data: Buffer): number {
    const end = data.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    if (!data.toString('latin1', 0, 12).endsWith(' 101'))
      throw new Error(`refused: ${data.toString('latin1')}`);
    this.#isUpgraded = true;
    return this.#readFrames(data, end + 4);
  }

  #readFrames(data: Buffer, from: number): number {
    const { missed } = this.#surroundings;
    let at = from;
    for (let frame = readFrame(data, at); frame; frame = readFrame(data, at)) {
      const { begin, end } = frame;
      const next = missed[this.#recovered];
      if (next?.length === end - begin && next.compare(data, begin, end) === 0) this.#recover();
      else this.#hear(Buffer.from(data.subarray(begin, end)));
      at = end;
    }
    return at;
  }

  #recover(): void {
    this.#recovered += 1;
    if (this.isWhole) this.#surroundings.onWhole();
  }

  #hear(payload: Buffer): void {
    const { dialect, missed, onPublication, onWhole } = this.#surroundings;
    const { answer, follows, publication } = dialect.hear(payload.toString(), this.#kept);
    if (answer !== undefined) this.#socket?.write(maskedFrame(answer));
    if (follows) {
      this.#follows = true;
      this.#resolve?.();
      if (this.isWhole) onWhole();
    }
    if (publication !== undefined) {
      if (this.#recovered < missed.length) {
        throw new Error(`came back and got ${payload}, expected ${missed[this.#recovered]}`);
      }
      this.heard.push(publication);
      this.payloads.push(payload);
      onPublication();
    }
  }
}
