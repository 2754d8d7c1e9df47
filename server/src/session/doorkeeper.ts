import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { CloseCode } from '../../../protocol/src/close-codes.ts';
import { BROADCAST_CHANNEL, PROTOCOL_VERSION, USER_CHANNEL_PREFIX } from '../../../protocol/src/names.ts';
import { mayRead } from '../auth/grants.ts';
import type { Core } from '../core.ts';
import { forLog } from '../log.ts';
import type { AcceptedSockets } from '../net/accepted-sockets.ts';
import { addressKey, clientAddress } from '../net/client-address.ts';
import { ServerSocket } from '../wire/server-socket.ts';
import { type Handshake, invalidAuthentication, type Refusal, readHandshake, refuse } from './handshake.ts';
import { bearerIdentity, guestIdentity, remaining } from './identity.ts';
import { receive } from './receive.ts';
import { type Identity, Session } from './session.ts';

/** How long the other side has to answer a close frame, ms. */
const CLOSE_TIMEOUT = 5000;

/**
 * Lets clients in. Everything is decided before the handshake is completed, so that `welcome`, or the code that refuses, is
 * the first thing that a client hears.
 */
export class Doorkeeper {
  readonly #core: Core;
  readonly #accepted: AcceptedSockets;
  readonly #proxies: BlockList;
  /** Of every guest without a name; there may be tens of thousands. */
  readonly #guest: Identity;
  readonly #upgrader: WebSocketServer;

  constructor(core: Core, accepted: AcceptedSockets, proxies: BlockList) {
    this.#core = core;
    this.#accepted = accepted;
    this.#proxies = proxies;
    this.#guest = guestIdentity(core.settings);
    const { frame } = core.settings.limits;
    this.#upgrader = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      WebSocket: ServerSocket,
      closeTimeout: CLOSE_TIMEOUT,
      // A frame somewhat too large gets an error and the connection stays; one far too large is not even read.
      maxPayload: 4 * frame,
      // What one frame may be cut into: enough for any client that streams, too little to make its parts costly.
      maxFragments: 256,
      maxBufferedChunks: 1024,
      maxPendingAutoPongs: 32,
      // None is spoken here, so none is chosen.
      handleProtocols: () => false,
    } as ConstructorParameters<typeof WebSocketServer>[0]);
  }

  /** Answers an upgrade request. Never rejects. */
  async open(request: IncomingMessage, tcp: Socket, head: Buffer): Promise<void> {
    // Until `ws` takes over nobody else listens, and an unheard error ends the process.
    tcp.on('error', destroy);
    try {
      const address = clientAddress(tcp.remoteAddress ?? '', request.headers, this.#proxies);
      this.#accepted.attribute(tcp, address);
      const handshake = readHandshake(request);
      const decision = this.#refuseCrowd(await this.#decide(handshake, tcp));
      if (tcp.destroyed) return;
      this.#upgrader.handleUpgrade(request, tcp, head, (socket) => {
        tcp.removeListener('error', destroy);
        this.#accepted.settle(tcp);
        if ('code' in decision) this.#turnAway(socket as ServerSocket, decision, address);
        else this.#welcome(socket as ServerSocket<Session>, handshake, decision, address);
      });
    } catch (error) {
      this.#core.log.error({ err: error }, 'an upgrade request could not be handled');
      tcp.destroy();
    }
  }

  async #decide(handshake: Handshake, tcp: Socket): Promise<Identity | Refusal> {
    const { settings, verifier } = this.#core;
    const refusal = refuse(handshake, settings);
    if (refusal) return refusal;
    const excess = this.#accepted.excess(tcp);
    if (excess) return tooMany(`limits.${excess} is reached`);
    if (handshake.token === undefined && !settings.anonymous) {
      return invalidAuthentication('no token; clients without one are let in by --anonymous only');
    }
    if (handshake.token === undefined) {
      return handshake.name === undefined ? this.#guest : { ...this.#guest, name: handshake.name };
    }
    const bearer = await verifier?.verify(handshake.token);
    if (bearer === undefined)
      return invalidAuthentication('a token came, but there is no secret to check it with');
    if ('refused' in bearer) return invalidAuthentication(`the token is refused: ${bearer.refused}`);
    return bearerIdentity(bearer);
  }

  /** Counts a user's connections at the last moment, so that two at once cannot both be the last one. */
  #refuseCrowd(decision: Identity | Refusal): Identity | Refusal {
    if ('code' in decision || decision.userId === undefined) return decision;
    const { settings, users } = this.#core;
    return users.count(decision.userId) < settings.limits.connectionsPerUser
      ? decision
      : tooMany(`limits.connectionsPerUser is reached by user ${decision.userId}`);
  }

  #turnAway(socket: ServerSocket, { code, reason, detail }: Refusal, address: string): void {
    socket.on('error', ignore);
    this.#core.stats.refused += 1;
    this.#core.log.info({ code, address }, `refused: ${forLog(detail)}`);
    socket.close(code, reason);
  }

  #welcome(socket: ServerSocket<Session>, handshake: Handshake, identity: Identity, address: string): void {
    const { settings, sessions, users, stats, log, now } = this.#core;
    const { userId, name, expiresAt } = identity;
    const clientId = randomBytes(12).toString('base64url');
    const session = new Session(this.#core, socket, {
      clientId,
      encoding: handshake.protocol === null ? 0 : 1,
      identity,
      address,
      allowanceKey: userId === undefined ? addressKey(address) : `user ${userId}`,
      sender:
        userId !== undefined
          ? `user ${userId}`
          : handshake.session
            ? `session ${handshake.session}`
            : clientId,
    });
    socket.session = session;
    socket.on('message', onMessage);
    socket.on('ping', onControlFrame);
    socket.on('pong', onControlFrame);
    socket.on('error', onError);
    socket.on('close', onClose);
    sessions.set(clientId, session);
    if (userId !== undefined) users.add(userId);
    stats.accepted += 1;
    log.debug({ clientId, userId, address, protocol: session.encoding }, 'connected');
    log.debug(`Total connections: ${sessions.size}`);

    const welcome = { type: 'welcome', message: 'Connected to WebSocket server', clientId };
    if (session.encoding === 0) {
      session.send(welcome);
      this.#followUnasked(session);
      return;
    }
    const { message, frame, publications, frames, channels } = settings.limits;
    session.send({
      ...welcome,
      protocol: PROTOCOL_VERSION,
      userId,
      name,
      heartbeat: settings.heartbeat,
      tokenExpiresIn: userId === undefined ? undefined : remaining(expiresAt, now()),
      limits: { message, frame, publications, frames, channels },
    });
  }

  /** Plain clients cannot ask, so they get what there is for them, as far as they may read it. */
  #followUnasked(session: Session): void {
    const { defaultChannel } = this.#core.settings;
    const { grants, userId } = session.identity;
    for (const channel of [
      defaultChannel,
      BROADCAST_CHANNEL,
      userId === undefined ? undefined : `${USER_CHANNEL_PREFIX}${userId}`,
    ]) {
      if (channel === undefined) continue;
      if (mayRead(grants, userId, channel)) session.subscribe(channel);
      else this.#core.log.debug({ clientId: session.clientId, channel }, 'reading is not granted');
    }
  }
}

function tooMany(detail: string): Refusal {
  return { code: CloseCode.TooManyConnections, reason: 'Too many connections', detail };
}

function destroy(this: Socket): void {
  this.destroy();
}

function ignore(): void {
  // `ws` closes a socket that it finds an error on, with the code for it.
}

function sessionOf(socket: WebSocket): Session {
  return (socket as ServerSocket<Session>).session as Session;
}

function onMessage(this: WebSocket, data: unknown, isBinary: boolean): void {
  receive(sessionOf(this), data as Buffer, isBinary);
}

/** `ws` answers pings by itself; here they count, as do pongs that nobody asked for. */
function onControlFrame(this: WebSocket): void {
  const session = sessionOf(this);
  if (!session.socket.isOpen) return;
  if (session.pongDue) session.pongDue = false;
  else session.allow('frames');
}

function onError(this: WebSocket, error: Error): void {
  const { core, clientId } = sessionOf(this);
  core.log.debug({ clientId, error: error.message }, 'socket error');
}

function onClose(this: WebSocket): void {
  sessionOf(this).end();
}
