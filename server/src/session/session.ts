import { CloseCode } from '../../../protocol/src/close-codes.ts';
import { ErrorCode } from '../../../protocol/src/error-codes.ts';
import type { ErrorFrame } from '../../../protocol/src/index.ts';
import { CHANNEL_NAME, MESSAGE_ID } from '../../../protocol/src/names.ts';
import type { Person } from '../../../protocol/src/person.ts';
import type { Grants } from '../auth/grants.ts';
import type { Core } from '../core.ts';
import type { Channel, Subscriber } from '../hub/channel.ts';
import { type FixedWindow, newWindow, take } from '../limits/fixed-window.ts';
import { forLog } from '../log.ts';
import type { ServerSocket } from '../wire/server-socket.ts';

/** Who a client is and what it may do, as its token says or as everyone may. */
export interface Identity {
  userId: string | undefined;
  name: string | undefined;
  grants: Grants;
  /** ms since 1970. */
  expiresAt: number;
}

export interface SessionStart {
  clientId: string;
  encoding: 0 | 1;
  identity: Identity;
  /** Whose address it is, for people to read. */
  address: string;
  /** Whom its allowance is counted by. */
  allowanceKey: string;
  /** Whom its message ids are told apart by. */
  sender: string;
}

/** What an `error` frame says beside its code and message. */
export type ErrorDetail = Pick<ErrorFrame, 'field' | 'retryAfter'> & { id?: unknown; channel?: unknown };

const NO_CHANNELS: readonly Channel[] = [];

/**
 * One client's connection: who it is, what it subscribed to, what it is told. There may be tens of thousands, so it keeps
 * little and has no timer and no closure of its own; what it shares with others is in `core`.
 */
export class Session implements Subscriber {
  readonly core: Core;
  readonly socket: ServerSocket<Session>;
  readonly clientId: string;
  readonly encoding: 0 | 1;
  readonly address: string;
  readonly sender: string;
  readonly connectedAt: number;
  identity: Identity;
  /** Replaced, not pushed to: an array that grows reserves room for seventeen, and most have one or two. */
  channels: readonly Channel[] = NO_CHANNELS;
  /** When something last came from there, and went there, as far as the last sweep saw. */
  heardAt: number;
  spokeAt: number;
  pingedAt = 0;
  /** A ping is out that was not answered yet. */
  pongDue = false;
  /** Frames that wait until the one before them is done. */
  held: { data: Buffer; isBinary: boolean }[] | undefined;
  /** Its publications that are not settled yet. */
  publishing = 0;
  readonly #allowanceKey: string;
  #errors: FixedWindow | undefined;
  #ended = false;

  constructor(core: Core, socket: ServerSocket<Session>, start: SessionStart) {
    this.core = core;
    this.socket = socket;
    this.clientId = start.clientId;
    this.encoding = start.encoding;
    this.address = start.address;
    this.sender = start.sender;
    this.identity = start.identity;
    this.#allowanceKey = start.allowanceKey;
    socket.bytesSeen = socket.tcp?.bytesRead ?? 0;
    this.connectedAt = this.heardAt = this.spokeAt = core.now();
  }

  /** How it appears to others. */
  get person(): Person {
    const { userId, name } = this.identity;
    return userId === undefined ? { clientId: this.clientId, name } : { userId, name };
  }

  send(frame: { type: string; [field: string]: unknown }): void {
    this.sendText(JSON.stringify(frame));
  }

  sendText(text: string): void {
    // Frames are answered in their order, so what was asked before must be settled now.
    if (this.publishing > 0) this.core.hub.commit();
    if (this.core.debug) {
      this.core.log.debug({ clientId: this.clientId, frame: forLog(text) }, 'frame out');
    }
    this.core.writer.send(this.socket, text, this.encoding);
  }

  /** Answers with an error; the connection stays, unless it is flooded with what is answered so. */
  error(code: ErrorCode, message: string, { id, channel, field, retryAfter }: ErrorDetail = {}): void {
    this.#errors ??= newWindow();
    this.core.stats.errors += 1;
    if (take(this.#errors, this.core.settings.limits.errors, this.core.now()) > 0) {
      this.close(CloseCode.Flood, 'Too many errors');
      return;
    }
    this.send({
      type: 'error',
      code,
      message,
      id: typeof id === 'string' && MESSAGE_ID.test(id) ? id : undefined,
      channel: typeof channel === 'string' && CHANNEL_NAME.test(channel) ? channel : undefined,
      field,
      retryAfter,
    });
  }

  /** Refuses a frame, which counts as one of those that are no publications. */
  refuse(code: ErrorCode, message: string, detail: ErrorDetail = {}): void {
    if (this.allow('frames', detail)) this.error(code, message, detail);
  }

  /** Takes one from the allowance. @returns false if there is none left, which the client is told. */
  allow(kind: 'publications' | 'frames', detail: ErrorDetail = {}): boolean {
    const retryAfter = this.core.allowances.take(this.#allowanceKey, kind, this.core.now());
    if (retryAfter === 0) return true;
    this.error(ErrorCode.RateLimited, 'Rate limit exceeded', {
      id: detail.id,
      channel: detail.channel,
      retryAfter,
    });
    return false;
  }

  subscribe(name: string): Channel {
    const channel = this.core.hub.subscribe(name, this);
    if (!this.channels.includes(channel)) this.channels = this.channels.concat(channel);
    return channel;
  }

  unsubscribe(name: string): void {
    const channel = this.channels.find((each) => each.name === name);
    if (channel === undefined) return;
    this.channels = this.channels.filter((each) => each !== channel);
    this.core.hub.unsubscribe(channel, this);
  }

  /** Ends the connection with a code; what was queued goes out before. */
  close(code: number, reason: string): void {
    if (!this.socket.isOpen) return;
    this.core.log.debug({ clientId: this.clientId, code, reason }, 'closing');
    this.socket.close(code, reason);
    this.end();
  }

  /** Leaves everything it was part of. It is called by whatever ends the connection, first come. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { core } = this;
    for (const channel of this.channels) core.hub.unsubscribe(channel, this);
    this.channels = NO_CHANNELS;
    this.held = undefined;
    core.sessions.delete(this.clientId);
    if (this.identity.userId !== undefined) core.users.remove(this.identity.userId);
    core.log.debug({ clientId: this.clientId }, `Total connections: ${core.sessions.size}`);
  }
}
