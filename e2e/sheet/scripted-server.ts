import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ErrorCode } from '../../protocol/src/index.ts';
import { BROADCAST_CHANNEL, DEFAULT_CHANNEL, SERVER_CLIENT_ID } from '../../protocol/src/names.ts';
import type { Person } from '../../protocol/src/person.ts';
import * as frames from '../../protocol/src/server-frames.ts';
import type { Closing, Frame } from './scene.ts';

/** What the server does on a path; by default it lets everyone in and takes every message. */
export interface Script {
  /** Never says welcome. */
  silent?: boolean;
  /** Closes with this code in place of a welcome. */
  refuses?: number;
  /** Answers every subscription so. */
  denies?: ErrorCode;
  /** Who is on a channel, beside the user. */
  people?: readonly Person[];
  /** Sent once their channel is followed: publications and `typing`. */
  says?: readonly Frame[];
  /** How it answers messages: with that error, or not at all. */
  messages?: ErrorCode | 'unanswered';
}

/** Who every client is. */
export const self = { userId: 'ana', name: 'Ana' } as const;

const EPOCH = 'sheet';
const limits = { message: 1000, frame: 65_536, publications: 100, frames: 300, channels: 128 };

/** What the protocol says of each frame that is sent here: a script must not show what no server can cause. */
const schemas: Record<string, v.GenericSchema> = {
  welcome: frames.Welcome,
  subscribed: frames.Subscribed,
  presence: frames.Presence,
  typing: frames.TypingNotice,
  message: frames.MessagePublication,
  notification: frames.BackEndPublication,
  ack: frames.Acknowledgement,
  error: frames.ErrorFrame,
  reconnect: frames.Reconnect,
  pong: frames.ServerPong,
};

/** A server that plays a script on each path, to bring elements into states that a real one is rarely in. */
export class ScriptedServer {
  readonly #server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  readonly #scripts = new Map<string, Script>();
  readonly #clients = new Map<string, Client>();
  readonly #now: Date;

  private constructor(now: Date) {
    this.#now = now;
    this.#server.on('connection', (socket, request) => {
      const path = new URL(request.url ?? '/', 'ws://server').pathname;
      this.#clients.set(path, new Client(socket, this.#scripts.get(path) ?? {}, this.#now));
    });
  }

  /** @param now - The time of its answers, and of publications that have none. */
  static async start(now: Date): Promise<ScriptedServer> {
    const server = new ScriptedServer(now);
    await once(server.#server, 'listening');
    return server;
  }

  /** Where a script is played from now on. */
  url(path: string, script: Script = {}): string {
    this.#scripts.set(path, script);
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Sends to whoever came last on a path. */
  send(path: string, ...sent: Frame[]): void {
    for (const frame of sent) this.#client(path).send(frame);
  }

  /** Closes the last connection on a path; `after` tells the client how long to stay away, ms. */
  end(path: string, { code, after }: Closing): void {
    this.#client(path).end(code, after);
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #client(path: string): Client {
    const client = this.#clients.get(path);
    if (!client) throw new Error(`${path}: nobody has connected yet`);
    return client;
  }
}

class Client {
  readonly #socket: WebSocket;
  readonly #script: Script;
  readonly #now: Date;
  readonly #offsets = new Map<string, number>();

  constructor(socket: WebSocket, script: Script, now: Date) {
    this.#socket = socket;
    this.#script = script;
    this.#now = now;
    socket.on('message', (data) => this.#answer(JSON.parse(String(data))));
    if (script.refuses) socket.close(script.refuses);
    else if (!script.silent) {
      this.send({
        type: 'welcome',
        message: 'Connected to WebSocket server',
        protocol: 1,
        clientId: 'client-ana',
        ...self,
        heartbeat: 25_000,
        limits,
      });
    }
  }

  /** Fills in what every publication has. */
  send(frame: Frame): void {
    const { type } = frame;
    const isPublication = type === 'message' || type === 'notification';
    const channel = channelOf(frame);
    const full = isPublication
      ? {
          clientId: SERVER_CLIENT_ID,
          timestamp: this.#now.toISOString(),
          ...frame,
          channel,
          offset: this.#next(channel),
        }
      : frame;
    v.parse(schemas[type] ?? v.never(`${type}: no frame that scripts send`), full);
    this.#socket.send(JSON.stringify(full));
  }

  end(code: number, after?: number): void {
    if (after !== undefined) this.send({ type: 'reconnect', after });
    this.#socket.close(code);
  }

  #answer({ type, id = '', channel = '', presence, message }: Frame): void {
    const { denies, people = [], says = [], messages } = this.#script;
    const mayRead = channel === BROADCAST_CHANNEL || channel.startsWith('user:') || !denies;
    if (type === 'ping') this.send({ type: 'pong' });
    else if (type === 'subscribe' && !mayRead) {
      this.send({ type: 'error', code: denies, message: 'No', id, channel });
    } else if (type === 'subscribe') {
      this.send({ type: 'subscribed', id, channel, epoch: EPOCH, offset: this.#offsets.get(channel) ?? 0 });
      if (presence) this.send({ type: 'presence', channel, event: 'state', users: [self, ...people] });
      for (const frame of says) if (channelOf(frame) === channel) this.send(frame);
    } else if (type === 'message' && !messages) {
      const offset = this.#next(channel);
      const timestamp = this.#now.toISOString();
      this.send({ type: 'ack', id, channel, epoch: EPOCH, offset, timestamp });
      const own = { type, id, channel, offset, clientId: 'client-ana', ...self, message, timestamp };
      this.#socket.send(JSON.stringify(own));
    } else if (type === 'message' && messages !== 'unanswered') {
      this.send({ type: 'error', code: messages, message: 'No', id });
    }
  }

  #next(channel: string): number {
    const offset = (this.#offsets.get(channel) ?? 0) + 1;
    this.#offsets.set(channel, offset);
    return offset;
  }
}

function channelOf({ type, channel }: Frame): string {
  return channel ?? (type === 'notification' ? BROADCAST_CHANNEL : DEFAULT_CHANNEL);
}
