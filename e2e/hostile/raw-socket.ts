/** A TCP socket that says what no WebSocket library would. */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Frame {
  opcode: number;
  payload: Buffer;
}

export interface FrameParts {
  fin?: boolean;
  rsv?: number;
  opcode: number;
  payload?: Buffer | string;
  masked?: boolean;
  /** What the header says, where that is not the payload's length. */
  length?: number | bigint;
  /** Bytes for it: 0 in the second byte, 2 or 8. By default the fewest. */
  lengthBytes?: 0 | 2 | 8;
}

/** A frame as a client sends it (RFC 6455 §5.2), right only as far as its parts are. */
export function frame({
  fin = true,
  rsv = 0,
  opcode,
  payload = '',
  masked = true,
  length,
  lengthBytes,
}: FrameParts): Buffer {
  const data = Buffer.from(payload);
  const said = BigInt(length ?? data.length);
  const size = lengthBytes ?? (said < 126n ? 0 : said < 65_536n ? 2 : 8);
  const header = Buffer.alloc(2 + size);
  header[0] = (fin ? 0x80 : 0) | ((rsv & 7) << 4) | (opcode & 15);
  header[1] = (masked ? 0x80 : 0) | (size === 0 ? Number(said & 0x7fn) : size === 2 ? 126 : 127);
  if (size === 2) header.writeUInt16BE(Number(said & 0xffffn), 2);
  if (size === 8) header.writeBigUInt64BE(BigInt.asUintN(64, said), 2);
  if (!masked) return Buffer.concat([header, data]);
  const mask = randomBytes(4);
  for (let index = 0; index < data.length; index++) data[index] = (data[index] ?? 0) ^ (mask[index & 3] ?? 0);
  return Buffer.concat([header, mask, data]);
}

export const text = (payload: string | Buffer) => frame({ opcode: 1, payload });

/** A request that every server takes. */
export function upgradeRequest(path = '/?protocol=1', headers: readonly string[] = []): string {
  return [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
    ...headers,
    '\r\n',
  ].join('\r\n');
}

export class RawSocket {
  readonly socket: Socket;
  readonly #ended: Promise<void>;
  #received = Buffer.alloc(0);
  #isEnded = false;
  #wake: (() => void) | undefined;

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    this.socket.on('data', (data) => {
      this.#received = Buffer.concat([this.#received, data]);
      this.#wake?.();
    });
    this.socket.on('end', () => this.#end());
    this.socket.on('error', () => this.#end());
    this.#ended = new Promise((resolve) => {
      this.socket.on('close', () => {
        this.#end();
        resolve();
      });
    });
  }

  /** What came, as text. */
  get received(): string {
    return this.#received.toString('latin1');
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  write(data: string | Buffer): void {
    if (this.socket.writable) this.socket.write(data);
  }

  /** Until the server ends its side, then ours. */
  async ended(): Promise<void> {
    await this.#until(() => this.#isEnded);
    this.socket.destroy();
    await this.#ended;
  }

  /** Ends our side, then waits for the server's. */
  async finish(): Promise<void> {
    this.socket.end();
    await this.ended();
  }

  /** RST instead of FIN, which the server sees as ECONNRESET. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** Until the response's head is there, or the end. */
  async response(): Promise<number | undefined> {
    await this.#until(() => this.#isEnded || this.#received.includes('\r\n\r\n'));
    const status = /^HTTP\/1\.1 (\d{3})/.exec(this.received)?.[1];
    return status === undefined ? undefined : Number(status);
  }

  /** The frames behind the response's head, as far as they are whole. */
  get frames(): Frame[] {
    const start = this.#received.indexOf('\r\n\r\n');
    const frames: Frame[] = [];
    if (start < 0) return frames;
    for (let at = start + 4; at + 2 <= this.#received.length; ) {
      const short = (this.#received[at + 1] ?? 0) & 0x7f;
      const size = short === 126 ? 2 : short === 127 ? 8 : 0;
      if (at + 2 + size > this.#received.length) break;
      const length =
        size === 2
          ? this.#received.readUInt16BE(at + 2)
          : size === 8
            ? Number(this.#received.readBigUInt64BE(at + 2))
            : short;
      const end = at + 2 + size + length;
      if (end > this.#received.length) break;
      frames.push({
        opcode: (this.#received[at] ?? 0) & 15,
        payload: this.#received.subarray(at + 2 + size, end),
      });
      at = end;
    }
    return frames;
  }

  /** Until a frame is as wanted; `undefined` if the end comes first. */
  async frame(wanted: (frame: Frame) => boolean): Promise<Frame | undefined> {
    let found: Frame | undefined;
    await this.#until(() => {
      found = this.frames.find(wanted);
      return found !== undefined || this.#isEnded;
    });
    return found;
  }

  /** The code of the server's close frame; `undefined` if it ended without one. */
  async closeCode(): Promise<number | undefined> {
    const close = await this.frame(({ opcode }) => opcode === 8);
    return close && close.payload.length >= 2 ? close.payload.readUInt16BE(0) : undefined;
  }

  #end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** Connected and welcomed. */
export async function openRaw(port: number, path?: string, headers?: readonly string[]): Promise<RawSocket> {
  const raw = new RawSocket(port);
  raw.write(upgradeRequest(path, headers));
  const status = await raw.response();
  if (status !== 101) throw new Error(`expected 101, got ${status}: ${raw.received.slice(0, 200)}`);
  await raw.frame(({ opcode }) => opcode === 1);
  return raw;
}
