import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { text } from 'node:stream/consumers';
import { SignJWT } from 'jose';

export const script = new URL('../../dist/ws-elements.js', import.meta.url);

/** What the script fetches from beside itself. */
const extras = /^\/assets\/extras\/[a-z-]+\.js$/;

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** A page of a test's own. */
export interface TestPage {
  /** Attributes of the root; by default `lang="en"`. */
  root?: string;
  /** HTML of the body. */
  body?: string;
  /** HTML of the head; `/assets/ws-elements.js` is the script, `/files/…` what `files` has. */
  head?: string;
  /** What `script-src` says; by default `'self'`. */
  scripts?: string;
  /** Takes what a form posts to it; then the page is shown again, as it is by then. */
  posted?: (form: URLSearchParams) => unknown;
}

export interface Site {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  /** Adds a page and returns its address. */
  page(path: string, page: TestPage): string;
  /** Adds a file under `/files/`. */
  file(name: string, content: string): void;
  /** Requests of a path, method and all, that came so far. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** A secret or an API key for one test run. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** @param life - Seconds; negative for one that has expired. */
export function signToken(user: string, secret: string, { life = 600, channels = ['lobby'] } = {}) {
  return new SignJWT({
    name: user.charAt(0).toUpperCase() + user.slice(1),
    read: channels,
    write: channels,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(user)
    .setExpirationTime(Math.floor(Date.now() / 1000) + life)
    .sign(new TextEncoder().encode(secret));
}

/**
 * The pages of a test, under the strictest policy there is, with a token endpoint: `/token?user=ana`, and
 * `&life=2` for another life in seconds.
 */
export async function startSite({ secret = randomSecret() } = {}): Promise<Site> {
  const pages = new Map<string, TestPage>();
  const files = new Map<string, string>();
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://site');
    requests.push(`${request.method} ${url.pathname}`);
    const answer = (type: string, body: string | Buffer) =>
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(body);
    if (url.pathname === '/token') {
      const { user = 'ana', life = '600' } = Object.fromEntries(url.searchParams);
      response.setHeader('cache-control', 'no-store');
      const token = await signToken(user, secret, { life: Number(life) });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token }));
    } else if (url.pathname === '/assets/ws-elements.js') {
      answer('text/javascript; charset=utf-8', await readFile(script));
    } else if (/^\/assets\/locales\/[a-z]+\.json$/.test(url.pathname)) {
      answer('application/json', await readFile(new URL(url.pathname.replace('/assets/', './'), script)));
    } else if (extras.test(url.pathname)) {
      const code = await readFile(new URL(url.pathname.replace('/assets/', './'), script));
      answer('text/javascript; charset=utf-8', code);
    } else if (files.has(url.pathname)) {
      const type = types[extname(url.pathname)] ?? 'text/javascript; charset=utf-8';
      answer(type, files.get(url.pathname) ?? '');
    } else if (request.method === 'POST' && pages.get(url.pathname)?.posted) {
      await pages.get(url.pathname)?.posted?.(new URLSearchParams(await text(request)));
      response.writeHead(303, { location: url.pathname }).end();
    } else if (pages.has(url.pathname)) {
      const { root = 'lang="en"', head = '', body = '', scripts = "'self'" } = pages.get(url.pathname) ?? {};
      response.setHeader('content-security-policy', `${policy}; script-src ${scripts}`);
      answer(
        'text/html; charset=utf-8',
        `<!doctype html><html ${root}><head><meta charset="utf-8"><title>Test</title>
<link rel="icon" href="/files/icon.svg">${head}</head><body><main><h1>Test</h1>${body}</main></body></html>`,
      );
    } else if (url.pathname === '/files/icon.svg') {
      answer('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    } else {
      response.writeHead(404).end();
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    page(path, page) {
      pages.set(path, page);
      return `${url}${path}`;
    },
    file(name, content) {
      files.set(`/files/${name}`, content);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self' ws://127.0.0.1:*",
  "form-action 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');
