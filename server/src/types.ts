/**
 * The public shapes of the server: what it takes and what it offers.
 */
import type { Logger } from 'pino';
import type { DeliveryAnswer, PublishAnswer } from '../../protocol/src/index.ts';
import type { RetentionRule } from './history/retention.ts';

/** All are on by default, each a whole number of at least 1. */
export interface Limits {
  /** Unicode code points in a chat message that a client sends. Default 1,000. */
  message: number;
  /** Bytes in a frame that a client sends; above four times as many the socket is closed with 1009. Default 65,536. */
  frame: number;
  /** Bytes in a publication's own fields, as JSON. Default 65,536. */
  publication: number;
  /** Bytes in an HTTP body. Default 1,048,576. */
  body: number;
  /** Publications a minute, by user, or by address where there is no token. Default 100. */
  publications: number;
  /** Other frames a minute, by user, or by address where there is no token. Default 300. */
  frames: number;
  /** Bytes queued for one reader before it is cut off. Default 1,048,576. */
  queued: number;
  /** Channels that one connection may subscribe to. Default 128. */
  channels: number;
  /** Milliseconds from TCP accept to `welcome`. Default 10,000. */
  connecting: number;
  /** Connections in all, counted from TCP accept. Default 10,000. */
  connections: number;
  /** Connections of one user. Default 50. */
  connectionsPerUser: number;
  /** Connections of one address (IPv6: of one /64), counted from TCP accept. Default 1,000. */
  connectionsPerAddress: number;
  /** Error answers a minute before the connection is closed with 4006. Default 100. */
  errors: number;
}

export interface ServerOptions {
  /** TCP port; 0 takes any free one. Default 8081. */
  port?: number;
  /** Address to listen on. Default: every interface. */
  host?: string;
  /** HS256 secret of the tokens, at least 32 bytes in UTF-8. Without it, `anonymous` must be set. */
  secret?: string;
  /** Key of everything under `/api/`. Without it the API is off. */
  apiKey?: string;
  /** Origins of pages that may connect, exactly (`https://shop.example`). Default: pages from the server's own host name. */
  origins?: string[];
  /** Lets clients in without a token, to read and write the default channel. Default false. */
  anonymous?: boolean;
  /** Channel patterns that clients without a token may read besides. */
  anonymousRead?: string[];
  /** Channel patterns that clients without a token may write besides. */
  anonymousWrite?: string[];
  /** The channel of plain clients. Default `lobby`. */
  defaultChannel?: string;
  /** Logs every frame, tokens masked. Default false. */
  debug?: boolean;
  /** Milliseconds of silence before a ping; closed after twice as many without a sign of life. Default 25,000. */
  heartbeat?: number;
  /** Where publications are kept: `memory`, or `sqlite:` and a file. Default `sqlite:data/ws-elements.sqlite`. */
  history?: string;
  /**
   * How much of which channels is kept, as `PATTERN=COUNT/AGE/BYTES` (`user:*=500/30d/1M`) or an object; the first that fits decides.
   * Default: 1,000 publications, 30 days, 4 MiB a channel.
   */
  retention?: (string | RetentionRule)[];
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-For` and `X-Real-IP` are believed. */
  trustProxy?: string[];
  limits?: Partial<Limits>;
  /** A pino instance, or `false` for silence. Default: pino to standard output. */
  logger?: Logger | false;
  /** Milliseconds since 1970. Default `Date.now`; tests bring their own. */
  now?: () => number;
}

/** Exactly one of `channel`, `user`, `client` and `broadcast`. */
export interface PublishOptions {
  channel?: string;
  user?: string;
  client?: string;
  broadcast?: true;
  /** The message with its `type`; `timestamp` is added where absent. */
  data: { type: string; [field: string]: unknown };
  /** Per target, ten minutes: the same key again is answered as the first was. */
  idempotencyKey?: string;
}

export interface WsServer {
  /**
   * Starts to accept connections.
   *
   * @throws {Error} by rejection, with the system's `code`: the port is in use, the address is not this machine's.
   */
  listen(): Promise<{ host: string; port: number }>;
  /** `ws://127.0.0.1:8081`. After {@link listen}. */
  readonly url: string;
  /** `http://127.0.0.1:8081`. After {@link listen}. */
  readonly httpUrl: string;
  /**
   * What `POST /api/publish` does, without HTTP.
   *
   * @throws {PublishError} by rejection: the request is wrong; `code` and `field` as over HTTP.
   */
  publish(request: PublishOptions): Promise<PublishAnswer | DeliveryAnswer>;
  /** Tells clients when to come back, closes them in batches with 4000, then stops. */
  close(): Promise<void>;
}
