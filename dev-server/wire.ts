import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { decodeJwt } from 'jose';

/**
 * The cable between browsers and the server, which the demo can pull out: it passes bytes on as they are, and
 * cuts a person's connections in the middle, without a close frame, as a lost network does.
 */
export class Wire {
  /** Open connections and whose they are: the `sub` of their token, undefined for a guest. */
  readonly #connections = new Map<Socket, string | undefined>();
  readonly #cutOff = new Map<string, NodeJS.Timeout>();
  readonly #targetPort: number;

  /** @param targetPort - Where the server listens, on 127.0.0.1. */
  constructor(targetPort: number) {
    this.#targetPort = targetPort;
  }

  /** How many connections are open. */
  get size(): number {
    return this.#connections.size;
  }

  /** One end of the cable, to listen with. */
  createServer(): Server {
    // Half-open: what one side has still to say after the other has finished is passed on, too.
    return createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
  }

  /**
   * Cuts a person's connections, and lets no new one through for a while.
   *
   * @param outage - ms.
   * @returns how many were cut.
   */
  cut(userId: string, outage: number): number {
    const theirs = [...this.#connections].filter(([, user]) => user === userId);
    for (const [client] of theirs) client.destroy();
    clearTimeout(this.#cutOff.get(userId));
    this.#cutOff.set(
      userId,
      setTimeout(() => this.#cutOff.delete(userId), outage),
    );
    return theirs.length;
  }

  /** Ends everything. */
  close(): void {
    for (const timer of this.#cutOff.values()) clearTimeout(timer);
    this.#cutOff.clear();
    for (const client of this.#connections.keys()) client.destroy();
  }

  #accept(client: Socket): void {
    const server = dial({ port: this.#targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    this.#connections.set(client, undefined);
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
    client.on('close', () => {
      this.#connections.delete(client);
      server.destroy();
    });
    server.on('close', () => client.destroy());
    client.once('data', (start: Buffer) => {
      const user = bearer(start);
      if (user === undefined) return;
      if (this.#cutOff.has(user)) client.destroy();
      else this.#connections.set(client, user);
    });
    client.pipe(server).pipe(client);
  }
}

/** Whose token a request line carries. Only read, never trusted: the server checks it. */
function bearer(start: Buffer): string | undefined {
  const token = /^GET \S*[?&]token=([^&\s]+)/.exec(start.toString('latin1'))?.[1];
  if (!token) return undefined;
  try {
    return decodeJwt(token).sub;
  } catch {
    return undefined;
  }
}
