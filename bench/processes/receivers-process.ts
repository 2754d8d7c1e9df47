/**
 * All receivers, in a process of their own: bare TCP sockets that upgrade, say what they want and from then on only count.
 * They share one buffer to read into, so that thousands of them cost less than the server they listen to.
 */
import { connect, type Socket } from 'node:net';
import { CHANNEL } from '../servers/bench-server.ts';
import { answer } from './child.ts';
import { maskedFrame, upgradeRequest } from './client-bytes.ts';
import { FrameCounter } from './frame-counter.ts';

export interface GroupOptions {
  port: number;
  count: number;
  /** Asks for `protocol=1` and subscribes; else it is plain and only waits for its `welcome`. */
  subscribes: boolean;
  /** Reads nothing once it is ready. */
  reads: boolean;
}

interface Group {
  sockets: Set<Socket>;
  /** Frames since all were ready, of all receivers. */
  frames: number;
  bytes: number;
  others: number;
  /** Sockets that ended while they were wanted. */
  ended: number;
  /** Text of a frame that the first receiver got lately. */
  sample: string;
  waiting: { frames: number; timer: NodeJS.Timeout; resolve(): void } | undefined;
}

/** So many handshakes at a time: beyond a listener's backlog the system would drop them for a second. */
const CONNECTING = 100;

/** ms until what has not come is missing. */
const PATIENCE = 20_000;

const shared = Buffer.allocUnsafeSlow(256 * 1024);
const groups = new Map<string, Group>();

const methods = {
  async connect(name: string, options: GroupOptions): Promise<void> {
    const group: Group = {
      sockets: new Set(),
      frames: 0,
      bytes: 0,
      others: 0,
      ended: 0,
      sample: '',
      waiting: undefined,
    };
    groups.set(name, group);
    let left = options.count;
    const connectSome = async () => {
      while (left > 0) {
        left -= 1;
        await addReceiver(group, options);
      }
    };
    await Promise.all(Array.from({ length: CONNECTING }, connectSome));
    group.frames = group.bytes = group.others = 0;
  },

  /** Resolves once all receivers of a group together have had so many frames since they were ready. */
  async received(name: string, frames: number): Promise<void> {
    const group = find(name);
    if (group.frames >= frames) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        const { connected, ended } = methods.status(name);
        const missing = frames - group.frames;
        reject(new Error(`${name}: ${missing} frames missing, ${connected} connected, ${ended} cut off`));
      }, PATIENCE);
      group.waiting = { frames, timer, resolve };
    });
  },

  /** Has those read that did not, and waits for their sockets to end. @returns whether they did. */
  async release(name: string): Promise<boolean> {
    const group = find(name);
    const ends = Array.from(
      group.sockets,
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
    for (const socket of group.sockets) socket.resume();
    await Promise.race([Promise.all(ends), new Promise((resolve) => setTimeout(resolve, 2000).unref())]);
    return group.sockets.size === 0;
  },

  status(name: string) {
    const { sockets, frames, bytes, others, ended, sample } = find(name);
    return { connected: sockets.size, frames, bytes, others, ended, sample };
  },

  /** Resets, not closes: thousands of sockets in TIME_WAIT would be in the way of the next ones. */
  async disconnect(name: string): Promise<void> {
    const { sockets } = find(name);
    groups.delete(name);
    const closed = Array.from(sockets, (socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of sockets) socket.resetAndDestroy();
    await Promise.all(closed);
  },
};

export type ReceiversMethods = typeof methods;

answer(methods);

function find(name: string): Group {
  const group = groups.get(name);
  if (!group) throw new Error(`no receivers "${name}"`);
  return group;
}

/** Resolves when it is there, and subscribed if it wants to be. */
function addReceiver(group: Group, { port, subscribes, reads }: GroupOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const isFirst = group.sockets.size === 0;
    const last = subscribes ? '"subscribed"' : '"welcome"';
    let counter: FrameCounter | undefined;
    let greeting = '';
    let asked = false;
    const read = (length: number, buffer: Uint8Array): boolean => {
      const chunk = buffer.subarray(0, length) as Buffer;
      if (counter !== undefined) {
        count(group, counter, chunk);
        if (isFirst) group.sample = firstPayload(chunk);
        return true;
      }
      greeting += chunk.toString('latin1');
      if (subscribes && !asked && greeting.includes('"welcome"')) {
        asked = true;
        socket.write(maskedFrame(JSON.stringify({ type: 'subscribe', id: 's', channel: CHANNEL })));
      }
      if (!greeting.includes(last)) return true;
      counter = new FrameCounter();
      resolve();
      return reads;
    };
    const socket = connect({ port, host: '127.0.0.1', onread: { buffer: shared, callback: read } });
    group.sockets.add(socket);
    socket.on('error', (error) => {
      if (counter === undefined) reject(error);
    });
    socket.on('close', () => {
      group.sockets.delete(socket);
      group.ended += 1;
      if (counter === undefined) reject(new Error(`refused: ${greeting}`));
    });
    socket.write(upgradeRequest(port, `/${subscribes ? '?protocol=1' : ''}`));
  });
}

function count(group: Group, counter: FrameCounter, chunk: Buffer): void {
  group.bytes += chunk.length;
  const others = counter.others;
  group.frames += counter.read(chunk);
  group.others += counter.others - others;
  if (group.waiting !== undefined && group.frames >= group.waiting.frames) {
    clearTimeout(group.waiting.timer);
    group.waiting.resolve();
    group.waiting = undefined;
  }
}

/** Text of the frame that a chunk begins with: enough to see that it is what was published. */
function firstPayload(chunk: Buffer): string {
  const length = (chunk[1] as number) & 0x7f;
  if (length < 126) return chunk.toString('utf8', 2, 2 + length);
  return length === 126 ? chunk.toString('utf8', 4, 4 + chunk.readUInt16BE(2)) : '';
}
