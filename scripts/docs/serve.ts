import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import { extname } from 'node:path';
import type { Duplex } from 'node:stream';
import { type Listening, listen } from '../../dev-server/listen.ts';
import { randomSecret, signToken } from '../../dev-server/tokens.ts';
import { createServer, type PublishOptions } from '../../server/src/index.ts';
import type { Site } from './site.ts';

export interface DocsOptions {
  /** 0 takes any free one. */
  port: number;
  /** Of the server's HTTP API. By default new with every start, and nobody sees it. */
  apiKey?: string;
}

export interface Docs {
  /** `http://localhost:…` */
  readonly url: string;
  /** The server's own HTTP address: `/api/…`. */
  readonly serverUrl: string;
  close(): Promise<void>;
}

/** As strict as a policy can be. The server is the page's own origin, which `'self'` is for sockets, too. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Examples have channels of many names. */
const everything = { read: ['*'], write: ['*'] };

/** A token's life, seconds. */
const TOKEN_LIFE = 600;

/** `elements/ws-notifications#example-12` is shorter, bytes. */
const MAX_BODY = 256;

/**
 * Serves the site to this machine, with the server behind it that its examples talk with, on the one port.
 *
 * @throws {PortTakenError}
 */
export async function startDocs(site: Site, { port, apiKey = randomSecret() }: DocsOptions): Promise<Docs> {
  const secret = randomSecret();
  const server = createServer({
    port: 0,
    host: '127.0.0.1',
    history: 'memory',
    secret,
    apiKey,
    anonymous: true,
    anonymousRead: everything.read,
    anonymousWrite: everything.write,
    logger: false,
  });
  const target = await server.listen();
  for (const request of site.before) await server.publish(request as PublishOptions);
  // Examples show positions of a server that ran once; pages are rendered with those of this one.
  const epoch = await readEpoch(server.httpUrl, apiKey);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://docs');
    const path = decodeURI(pathname.slice(1)) || 'index.html';
    const user = searchParams.get('user') ?? '';
    const content = site.files.get(path);
    if (path === 'publish' && request.method === 'POST' && isOwn(request)) {
      const publication = site.publications.get(await readBody(request));
      if (!publication) return send(response, 404, 'text/plain', 'There is no such example.\n');
      await server.publish(publication as PublishOptions);
      send(response, 200, 'application/json', '{}');
    } else if (!['GET', 'HEAD'].includes(request.method ?? '')) {
      send(response, 405, 'text/plain', 'Method not allowed\n');
    } else if (path === 'token' && /^[a-z0-9]{1,32}$/.test(user)) {
      const name = user.charAt(0).toUpperCase() + user.slice(1);
      const grants = searchParams.has('read-only') ? { ...everything, write: [] } : everything;
      const token = await signToken({ id: user, name }, secret, TOKEN_LIFE, grants);
      send(response, 200, 'application/json', JSON.stringify({ token }));
    } else if (content === undefined) {
      send(response, 404, 'text/plain', 'Not found\n');
    } else {
      const type = contentTypes[extname(path)] ?? 'application/octet-stream';
      const isPage = type === contentTypes['.html'];
      send(
        response,
        200,
        type,
        isPage ? `${content}`.replace(/ since="\w+:/g, ` since="${epoch}:`) : content,
      );
    }
  };

  const pages: Server[] = [];
  const sockets = new Set<Duplex>();
  const create = () => {
    const one = createHttpServer((request, response) => {
      answer(request, response).catch((error: Error) => {
        if (response.headersSent) response.destroy();
        else send(response, 400, 'text/plain', `${error.message}\n`);
      });
    });
    one.on('upgrade', (request, socket, head) => {
      sockets.add(socket.on('close', () => sockets.delete(socket)));
      passOn(request, socket, head, target.port);
    });
    pages.push(one);
    return one;
  };
  let listening: Listening;
  try {
    listening = await listen(create, port);
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    url: `http://localhost:${listening.port}`,
    serverUrl: server.httpUrl,
    async close() {
      const closed = listening.close();
      for (const socket of sockets) socket.destroy();
      for (const one of pages) one.closeAllConnections();
      await Promise.all([closed, server.close()]);
    },
  };
}

/** The epoch of every channel. */
async function readEpoch(address: string, apiKey: string): Promise<string> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(`${address}/api/position?channel=docs`, { headers });
  const { positions } = (await response.json()) as { positions: Record<string, string> };
  return `${positions.docs}`.replace(/:.*/, '');
}

/** Hands an upgrade to the server as it came, then bytes both ways. */
function passOn(request: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
  const server = connect(port, '127.0.0.1');
  const headers = request.rawHeaders.map((text, index) => (index % 2 ? `${text}\r\n` : `${text}: `)).join('');
  server.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers}\r\n`);
  server.write(head);
  socket.on('error', () => server.destroy()).on('close', () => server.destroy());
  server.on('error', () => socket.destroy()).on('close', () => socket.destroy());
  socket.pipe(server).pipe(socket);
}

/** Another site's page must not press our buttons. Browsers always say where a POST comes from. */
function isOwn({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin === `http://${host}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > MAX_BODY) throw new Error(`expected at most ${MAX_BODY} bytes`);
  }
  return body;
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response
    .writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    })
    .end(body);
}
