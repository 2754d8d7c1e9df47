/**
 * The public shapes of the connection: what elements and pages see of it.
 */
import type { ErrorFrame, TypingNotice } from '../../protocol/src/index.ts';
import type { AnnouncedLimits } from '../../protocol/src/limits.ts';
import type { Person } from '../../protocol/src/person.ts';
import type { Position } from '../../protocol/src/position.ts';

export type { AnnouncedLimits, ErrorFrame, Person, Position, TypingNotice };

/**
 * `disconnected` is the user's own doing; `refused` is terminal and has a reason; everything else heals by
 * itself.
 */
export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'disconnected' | 'refused';

/** Why a connection was refused for good. `configuration`: its URL cannot be one. */
export type RefusedReason = 'token' | 'origin' | 'protocol' | 'ended' | 'configuration';

/** A snapshot; a new object with every change. */
export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** While `reconnecting`: when the next try starts, ms since 1970 as by `Date.now()`. Absent while a try is under way. */
  readonly retryAt?: number;
  /** While `refused`. */
  readonly reason?: RefusedReason;
  /** The browser says that it has no network. */
  readonly offline?: boolean;
}

/** What arrived on a channel, whatever its type. */
export interface Publication {
  readonly type: string;
  /** Absent from a plain server's. */
  readonly channel?: string;
  readonly offset?: number;
  /** The sender's message id. */
  readonly id?: string;
  /** The sender's; `server` for what a back end published. */
  readonly clientId?: string;
  readonly userId?: string;
  readonly name?: string;
  /** Chat text, for `type: "message"`. */
  readonly message?: string;
  /** ISO 8601, UTC; a plain server's is normalised to it. */
  readonly timestamp?: string;
  readonly [field: string]: unknown;
}

/** The server has it. */
export interface Acknowledgement {
  readonly id: string;
  readonly channel: string;
  /** Absent from a plain server's. */
  readonly epoch?: string;
  readonly offset?: number;
  readonly timestamp?: string;
}

/** Why something was not sent. */
export class SendError extends Error {
  override readonly name = 'SendError';
  constructor(
    /**
     * The server's code, or the client's own: `outbox_full`; `refused` with the connection; `closed` with the
     * connection, or while it was in flight: it may have arrived, and is not sent again lest it arrive twice.
     */
    readonly code: string,
    message = `Not sent: ${code}`,
    readonly id: string,
  ) {
    super(message);
  }
}

export interface SendOptions {
  /** Message id, 1–64 of `[A-Za-z0-9_-]`; random by default. */
  id?: string;
}

/** A message that was not acknowledged yet. */
export interface Unsent {
  readonly id: string;
  readonly channel: string;
  /** Its fields, `type` and the rest. */
  readonly message: { readonly type: string; readonly [field: string]: unknown };
  /** ms since 1970. */
  readonly at: number;
  /** As {@link Connection.send} answers. */
  readonly sent: Promise<Acknowledgement>;
}

/** A page of what the server keeps of a channel. */
export interface HistoryPage {
  /** The oldest first. */
  readonly publications: readonly Publication[];
  /** Whether there is more before them. */
  readonly more: boolean;
}

export interface SubscriptionOptions {
  /** Where to continue, `epoch:offset`: recovers what came since. */
  since?: string;
  /** Follow who is on the channel. */
  presence?: boolean;
  /** A publication on the channel, of any type, one's own included. */
  onPublication?(publication: Publication): void;
  /** Everyone on the channel now; `change` says who came or left. */
  onPresence?(people: readonly Person[], change?: { event: 'join' | 'leave'; person: Person }): void;
  /** Someone else is typing. */
  onTyping?(notice: TypingNotice): void;
  /** Subscribed, also again after a reconnect. `recovered: false`: something may have been missed. */
  onSubscribed?(result: { position?: Position; recovered?: boolean }): void;
  /** The server refused the subscription, or ended it. */
  onError?(error: ErrorFrame): void;
}

/** One subscriber's hold on a channel. The connection subscribes once, however many hold it. */
export interface Subscription {
  readonly channel: string;
  /** The last publication seen. */
  readonly position: Position | undefined;
  /** Empty unless someone on this connection asked for presence. */
  readonly people: readonly Person[];
  /** Lets go; the connection unsubscribes with the last holder. */
  unsubscribe(): void;
}

/** Attributes and `data-*` come down to this. */
export interface ConnectionOptions {
  /** `ws:`, `wss:`, `http:`, `https:` or relative to the page; default: the page's origin and `/ws`. */
  url?: string;
  /** A JWT. */
  token?: string;
  /** Answers `{"token": "…"}`; asked before the token expires. */
  tokenUrl?: string;
  /** Name of a guest, 1–64 code points. */
  name?: string;
  /** One socket for all tabs of this origin and user, where the browser has what that needs. Default false. */
  shareTabs?: boolean | '';
}

export interface Connection {
  /** Without query: no token is ever in it. */
  readonly url: string;
  /** Read live; also told by {@link onStatusChange}. */
  readonly status: ConnectionStatus;
  /** `status.state`. */
  readonly state: ConnectionState;
  /** Undefined until the first welcome. */
  readonly clientId: string | undefined;
  /** The token's `sub`, as the server read it. */
  readonly userId: string | undefined;
  readonly name: string | undefined;
  /** The server speaks the plain protocol only: one channel, no presence, no acknowledgement. */
  readonly plain: boolean;
  readonly limits: AnnouncedLimits | undefined;
  /** Of the last {@link ping}, ms; undefined before one was answered. */
  readonly latency: number | undefined;
  /** Messages that were accepted from the page and not yet acknowledged, oldest first. */
  readonly pending: readonly string[];
  /**
   * Of the tabs that share a socket, the one to draw attention, by a sound for instance: the one that is seen, or was last.
   * True where each has its own; changes with the document's event `ws-primary-change`.
   */
  readonly isPrimary: boolean;

  /** Connects after {@link disconnect} or a refusal; otherwise tries at once. */
  connect(): void;
  /** Stays away until {@link connect}. What is in the outbox stays there. */
  disconnect(): void;
  onStatusChange(listener: (status: ConnectionStatus, previous: ConnectionStatus) => void): () => void;

  /**
   * Calls back for every publication of a type on any channel that the page follows (`broadcast` always), and
   * for any frame of a type that the protocol does not know. Returns what stops it.
   */
  on(type: string, listener: (publication: Publication) => void): () => void;
  /**
   * Sends chat text, or a message of another type. Waits in the outbox while there is no connection.
   *
   * @throws {SendError} by rejection: the server refused it, or the outbox is full.
   */
  send(
    channel: string,
    message: string | { type: string; [field: string]: unknown },
    options?: SendOptions,
  ): Promise<Acknowledgement>;
  /** What is on its way to a channel, the oldest first: also what the page before left in this tab. */
  unsent(channel: string): Unsent[];
  subscribe(channel: string, options?: SubscriptionOptions): Subscription;
  /**
   * Asks for what was published on a channel before an offset; without one for the newest. At most 100.
   *
   * @throws {SendError} by rejection: not connected, not granted, or a plain server, which keeps nothing.
   */
  history(channel: string, options?: { before?: number; limit?: number }): Promise<HistoryPage>;
  /** Tells others on the channel that this user is typing; throttled, dropped while not connected. */
  typing(channel: string): void;
  /** Measures {@link latency}, and whether the connection is alive. A plain server has no answer to it. */
  ping(): void;
  /** Gives up one hold on it, as `connect()` and elements take them; closed a moment after the last. */
  release(): void;
}
