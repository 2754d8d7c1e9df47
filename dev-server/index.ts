import { access } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type PlainServer, startPlainServer } from '../e2e/plain-server/plain-server.ts';
import { createServer } from '../server/src/index.ts';
import { BackEnd } from './back-end.ts';
import { type Listening, listen, PortTakenError } from './listen.ts';
import { createSite } from './pages.ts';
import { SimulatedLife } from './simulated-life.ts';
import { randomSecret, signToken } from './tokens.ts';
import { Visitors } from './visitors.ts';
import { Wire } from './wire.ts';

export { PortTakenError } from './listen.ts';

export interface DemoOptions {
  /** Of the pages. Default: 8080; 0 takes any free port. */
  port?: number;
  /** Of the server. Default: 8081. */
  wsPort?: number;
  /** Of the plain server behind one of the pages. Default: 8082, or any other where that is taken. */
  plainPort?: number;
  /** Address to listen on. Default: this machine's loopback, so that nobody else gets a token. */
  host?: string;
  /** No simulated life. */
  quiet?: boolean;
  /** Logs frames. */
  debug?: boolean;
  /** Seconds that a token lives. Default: 600. */
  tokenLife?: number;
  /** For how long "Cut the connection" cuts it, ms. Default: 4,000. */
  outage?: number;
  /** The bundle. Default: `dist/ws-elements.js`. */
  script?: string;
}

export interface Demo {
  readonly httpUrl: string;
  readonly wsUrl: string;
  readonly plainUrl: string;
  close(): Promise<void>;
}

/** Longest wait for connections to be closed in good order, ms. */
const CLOSE_TIMEOUT = 1_000;

/**
 * Starts the server, the demo's pages, and a plain server for one of them. Secret and API key are new with
 * every start, and nobody sees them.
 *
 * @throws {PortTakenError}
 * @throws {Error} the script has not been built.
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { port = 8080, wsPort = 8081, plainPort, host, tokenLife = 600, outage = 4_000 } = options;
  const script = options.script ?? fileURLToPath(new URL('../dist/ws-elements.js', import.meta.url));
  await access(script).catch(() => {
    throw new Error(`${script} is missing: run "npm run build" first`);
  });

  /** What ends it all again, the newest first. */
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const secret = randomSecret();
    const apiKey = randomSecret();
    const server = createServer({
      history: 'memory',
      port: 0,
      host: '127.0.0.1',
      secret,
      apiKey,
      anonymous: true,
      ...(options.debug ? { debug: true } : { logger: false }),
    });
    const target = await server.listen();
    // It says goodbye through the cable, if that takes no longer than anyone waits.
    closers.push(() => settled(server.close(), CLOSE_TIMEOUT));

    const wire = new Wire(target.port);
    const cable = await listen(() => wire.createServer(), wsPort, host);
    closers.unshift(() => {
      const closed = cable.close();
      wire.close();
      return closed;
    });

    const plain = await startPlain(plainPort, host);
    closers.push(() => plain.close());

    const backEnd = new BackEnd(server.httpUrl, apiKey);
    const life = new SimulatedLife(backEnd, () => wire.size > 0);
    closers.push(() => life.stop());

    const answer = createSite({
      visitors: new Visitors(),
      backEnd,
      script,
      wsPort: cable.port,
      plainPort: plain.port,
      signToken: (visitor) => signToken(visitor, secret, tokenLife),
      cut: (userId) => wire.cut(userId, outage),
      onVisit: () => options.quiet || life.welcome(),
    });
    const sites: Server[] = [];
    const site: Listening = await listen(
      () => {
        const one = createHttpServer(answer);
        sites.push(one);
        return one;
      },
      port,
      host,
    );
    closers.push(() => {
      const closed = site.close();
      for (const one of sites) one.closeAllConnections();
      return closed;
    });

    const shown = host && !['0.0.0.0', '::'].includes(host) ? bracketed(host) : 'localhost';
    return {
      httpUrl: `http://${shown}:${site.port}`,
      wsUrl: `ws://${shown}:${cable.port}`,
      plainUrl: plain.url,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nobody asked for 8082 by name, so another port does as well: only one page needs to know it. */
async function startPlain(port: number | undefined, host: string | undefined): Promise<PlainServer> {
  const start = (candidate: number) => startPlainServer({ port: candidate, ...(host && { host }) });
  try {
    return await start(port ?? 8082);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (port) throw new PortTakenError(port);
    return start(0);
  }
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Waits for a promise, but no longer than this, in ms. */
async function settled(promise: Promise<unknown>, timeout: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, timeout);
  });
  await Promise.race([promise, patience]).finally(() => clearTimeout(timer));
}
