import { createServer as createHttpServer, type Server as HttpServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Logger, pino } from 'pino';
import { ApiErrorCode } from '../../protocol/src/error-codes.ts';
import type { DeliveryAnswer, PublishAnswer } from '../../protocol/src/index.ts';
import { TokenVerifier } from './auth/token.ts';
import type { Core } from './core.ts';
import { openHistory } from './history/open-history.ts';
import { createApi } from './http/api.ts';
import { ApiKeyCheck } from './http/api-key.ts';
import { answerClientError, refuseUpgrade } from './http/raw-answer.ts';
import { RequestListener } from './http/request-listener.ts';
import { Hub } from './hub/hub.ts';
import { PublishError } from './hub/publish-error.ts';
import { Publisher } from './hub/publisher.ts';
import { Allowances } from './limits/allowances.ts';
import { createLogger } from './log.ts';
import { AcceptedSockets } from './net/accepted-sockets.ts';
import { addressSet } from './net/address-ranges.ts';
import { Tally } from './net/tally.ts';
import { completeOptions } from './options/settings.ts';
import { closeInBatches } from './session/close-in-batches.ts';
import { Doorkeeper } from './session/doorkeeper.ts';
import { checkLiveness } from './session/liveness.ts';
import type { Session } from './session/session.ts';
import { newStats } from './stats.ts';
import type { PublishOptions, ServerOptions, WsServer } from './types.ts';
import { TickWriter } from './wire/tick-writer.ts';

/** How often counters are logged, ms. */
const REPORT_INTERVAL = 60_000;
/** How long requests under way may take once the server closes, ms. */
const LAST_REQUESTS = 2000;

/** Puts the parts together and looks after them. */
export class Server implements WsServer {
  readonly #core: Core;
  readonly #http: HttpServer;
  readonly #accepted: AcceptedSockets;
  readonly #publisher: Publisher;
  readonly #keyCheck: ApiKeyCheck | undefined;
  #sweepTimer: NodeJS.Timeout | undefined;
  #sweepSoon: NodeJS.Immediate | undefined;
  #closed: Promise<void> | undefined;
  #reportedAt: number;
  #reported = '';

  constructor(options: ServerOptions) {
    const settings = completeOptions(options);
    const now = options.now ?? Date.now;
    const log = chooseLogger(options.logger, settings.debug);
    const stats = newStats(now());
    const writer = new TickWriter(settings.limits.queued, (socket, queued) => {
      stats.slowReaders += 1;
      const { clientId } = socket.session as Session;
      log.warn({ clientId, queued, limit: settings.limits.queued }, 'slow reader cut off');
    });
    this.#core = {
      settings,
      now,
      log,
      debug: log.isLevelEnabled('debug'),
      stats,
      writer,
      hub: new Hub(writer, openHistory(settings, log, now), log, now),
      allowances: new Allowances(settings.limits),
      verifier: settings.secret === undefined ? undefined : new TokenVerifier(settings.secret, now),
      sessions: new Map(),
      users: new Tally(),
    };
    this.#reportedAt = stats.startedAt;
    this.#publisher = new Publisher(this.#core);
    this.#keyCheck = settings.apiKey === undefined ? undefined : new ApiKeyCheck(settings.apiKey);
    const proxies = addressSet(settings.trustProxy);
    this.#accepted = new AcceptedSockets(settings.limits, proxies);
    const doorkeeper = new Doorkeeper(this.#core, this.#accepted, proxies);
    const requests = new RequestListener(
      this.#core,
      createApi(this.#core, this.#publisher),
      this.#keyCheck,
      proxies,
      () => this.#closed !== undefined,
    );
    this.#http = createTightServer(settings.limits.connecting);
    const accepted = this.#accepted;
    // One function for all of them: tens of thousands of closures are megabytes.
    function release(this: Socket): void {
      accepted.release(this);
    }
    this.#http.on('connection', (tcp: Socket) => {
      if (accepted.accept(tcp, now())) tcp.on('close', release);
    });
    const answer = (...[request, response]: Parameters<RequestListener['listen']>): void => {
      this.#accepted.settle(request.socket);
      void requests.listen(request, response);
    };
    this.#http.on('request', answer);
    this.#http.on('checkContinue', (request, response) => {
      const announced = Number(request.headers['content-length'] ?? 0);
      if (announced <= settings.limits.body) response.writeContinue();
      answer(request, response);
    });
    this.#http.on('upgrade', (request, tcp: Socket, head) => {
      if (!isForWebSocket(request)) readAgain(this.#http, request, tcp, head);
      else if (this.#closed) refuseUpgrade(tcp);
      else void doorkeeper.open(request, tcp, head);
    });
    this.#http.on('clientError', answerClientError);
  }

  listen(): Promise<{ host: string; port: number }> {
    const { port, host, heartbeat, limits } = this.#core.settings;
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen({ port, host }, () => {
        this.#http.removeListener('error', reject);
        this.#http.on('error', (error) => this.#core.log.error({ err: error }, 'server error'));
        const interval = Math.max(10, Math.min(1000, heartbeat / 4, limits.connecting / 4));
        // What has arrived is read before it is judged who has been silent, however busy the machine was.
        this.#sweepTimer = setInterval(() => {
          clearImmediate(this.#sweepSoon);
          this.#sweepSoon = setImmediate(() => this.sweep());
        }, interval);
        const { address, port: taken } = this.#http.address() as AddressInfo;
        resolve({ host: address, port: taken });
      });
    });
  }

  get url(): string {
    return `ws://${this.#authority}`;
  }

  get httpUrl(): string {
    return `http://${this.#authority}`;
  }

  /** Connections now. */
  get connections(): number {
    return this.#core.sessions.size;
  }

  async publish(request: PublishOptions): Promise<PublishAnswer | DeliveryAnswer> {
    if (this.#closed) throw new PublishError(ApiErrorCode.Unavailable, 'the server shuts down');
    return this.#publisher.publish(request);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** One look at everything that time ends. By itself every second or so; tests with a clock of their own call it. */
  sweep(): void {
    const now = this.#core.now();
    const { sessions, allowances, hub, stats, log } = this.#core;
    for (const session of sessions.values()) checkLiveness(session, now);
    stats.refused += this.#accepted.sweep(now);
    allowances.sweep(now);
    this.#publisher.sweep(now);
    this.#keyCheck?.sweep(now);
    hub.sweep(now);
    if (now - this.#reportedAt >= REPORT_INTERVAL) {
      this.#reportedAt = now;
      this.#report(log);
    }
  }

  async #close(): Promise<void> {
    const { hub, sessions, log } = this.#core;
    hub.quieten();
    await closeInBatches(sessions);
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeIdleConnections();
      // Who has not yet said what it wants will not be answered any more.
      this.#accepted.sweep(Number.POSITIVE_INFINITY);
      setTimeout(() => {
        this.#http.closeAllConnections();
        this.#accepted.destroyAll();
      }, LAST_REQUESTS).unref();
    });
    clearInterval(this.#sweepTimer);
    clearImmediate(this.#sweepSoon);
    hub.close();
    this.#report(log);
  }

  #report(log: Logger): void {
    const { sessions, stats } = this.#core;
    const text = `Total connections: ${sessions.size}. Total messages processed: ${stats.messages}`;
    if (text !== this.#reported) log.info(text);
    this.#reported = text;
  }

  get #authority(): string {
    const address = this.#http.address() as AddressInfo | null;
    if (address === null) throw new Error('the server has no address before listen() and after close()');
    const host = ['::', '0.0.0.0'].includes(address.address) ? '127.0.0.1' : address.address;
    return `${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  }
}

function chooseLogger(given: Logger | false | undefined, debug: boolean): Logger {
  if (given === false) return pino({ level: 'silent' });
  if (given === undefined) return createLogger(debug);
  return debug ? given.child({}, { level: 'debug' }) : given;
}

/** Anything else that a client would like to upgrade to (h2c, as some HTTP clients offer by themselves) is an ordinary request. */
function isForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** Node before 24.9 asks nobody whether to upgrade, and no longer reads that socket: here it begins anew, without the offer. */
function readAgain(server: HttpServer, request: IncomingMessage, socket: Socket, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (!/^upgrade$/i.test(`${rawHeaders[index]}`))
      lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

/** Node's own guards against those who send slowly or without end, drawn as tight as the time to connect. */
function createTightServer(connecting: number): HttpServer {
  const server = createHttpServer({
    maxHeaderSize: 16_384,
    headersTimeout: connecting,
    requestTimeout: connecting,
    connectionsCheckingInterval: Math.max(50, Math.min(1000, connecting / 4)),
    keepAliveTimeout: 5000,
    noDelay: true,
    shouldUpgradeCallback: isForWebSocket,
  } as Parameters<typeof createHttpServer>[0]);
  server.maxHeadersCount = 100;
  return server;
}
