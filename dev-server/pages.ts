import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { type BackEnd, FormError, PRIORITIES, STATUS_NAMES } from './back-end.ts';
import { escapeHtml, renderView } from './view.ts';
import type { Visitor, Visitors } from './visitors.ts';

export interface PagesOptions {
  readonly visitors: Visitors;
  readonly backEnd: BackEnd;
  /** The script that a page's one tag names. */
  readonly script: string;
  readonly wsPort: number;
  readonly plainPort: number;
  /** A token for who is looking. */
  signToken(visitor: Visitor): Promise<string>;
  /** Cuts a person's connections; how many there were. */
  cut(userId: string): number;
  /** Somebody opened a page. */
  onVisit(): void;
}

const demo = new URL('../demo/', import.meta.url);

const views: Record<string, { view: string; title: string; plain?: true }> = {
  '/': { view: 'orders.html', title: 'Orders' },
  '/styling': { view: 'styling.html', title: 'Styling' },
  '/plain': { view: 'plain.html', title: 'Plain server', plain: true },
};

const assets = ['demo.css', 'demo.js', 'plain-client.js', 'favicon.svg'];

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Form fields are short; more than this, in bytes, is no form of ours. */
const MAX_FORM = 4096;

/** The demo's own site: pages, the script, the token endpoint and what its buttons do. */
export function createSite(options: PagesOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await new Exchange(request, response, options).answer();
    } catch (error) {
      const status = error instanceof BadRequest || error instanceof FormError ? 400 : 500;
      const message = error instanceof Error ? error.message : String(error);
      if (status === 500) console.error(`${request.method} ${request.url?.split('?')[0]}: ${message}`);
      if (response.headersSent) response.destroy();
      else response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
    }
  };
}

class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** One request and its answer. */
class Exchange {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #options: PagesOptions;
  readonly #url: URL;
  /** As the browser knows this machine; the server is looked for there, too. */
  readonly #hostname: string;

  constructor(request: IncomingMessage, response: ServerResponse, options: PagesOptions) {
    this.#request = request;
    this.#response = response;
    this.#options = options;
    const host = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d+)?$/i.exec(request.headers.host ?? 'localhost');
    if (!host?.[1]) throw new BadRequest('Host: expected a host name');
    this.#hostname = host[1];
    if (!request.url?.startsWith('/') || !URL.canParse(`http://site${request.url}`)) {
      throw new BadRequest('expected a path');
    }
    this.#url = new URL(`http://site${request.url}`);
  }

  async answer(): Promise<void> {
    const { pathname } = this.#url;
    this.#response.setHeader('x-content-type-options', 'nosniff');
    this.#response.setHeader('referrer-policy', 'same-origin');
    this.#response.setHeader('content-security-policy', this.#policy());
    const isPost = pathname.startsWith('/demo/');
    if (isPost ? this.#request.method !== 'POST' : !['GET', 'HEAD'].includes(this.#request.method ?? '')) {
      this.#response.setHeader('allow', isPost ? 'POST' : 'GET, HEAD');
      return this.#text(405, 'Method not allowed\n');
    }
    if (views[pathname]) return this.#page();
    if (pathname === '/websocket/token') return this.#token();
    if (pathname.startsWith('/assets/')) return this.#asset(pathname.slice('/assets/'.length));
    if (pathname === '/favicon.ico') return this.#asset('favicon.svg');
    if (isPost) return this.#action(pathname.slice('/demo/'.length));
    return this.#text(404, 'Not found\n');
  }

  /** As strict as a policy can be: everything is a file of this site's own, and `lit-html` alone makes HTML. */
  #policy(): string {
    const { wsPort, plainPort } = this.#options;
    const servers = `ws://${this.#hostname}:${wsPort} ws://${this.#hostname}:${plainPort}`;
    return [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      `connect-src 'self' ${servers}`,
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html',
    ].join('; ');
  }

  async #page(): Promise<void> {
    const { pathname, searchParams } = this.#url;
    const page = views[pathname];
    if (!page) return this.#text(404, 'Not found\n');
    const visitor = this.#visitor();
    const other = visitor.as === 'ben' ? 'ana' : 'ben';
    const rightToLeft = searchParams.get('dir') === 'rtl';
    const query = this.#query(visitor.as, rightToLeft);
    const { wsPort, plainPort, backEnd } = this.#options;
    const url = `ws://${this.#hostname}:${page.plain ? plainPort : wsPort}`;
    // A plain server knows no tokens, and one that was not made for it should see none.
    const token = page.plain ? '' : ` data-token-url="/websocket/token${this.#query(visitor.as, false)}"`;
    const values: Record<string, string> = {
      title: page.title,
      direction: rightToLeft ? 'rtl' : 'ltr',
      query,
      navigation: Object.entries(views)
        .map(([path, { title }]) => {
          const current = path === pathname ? ' aria-current="page"' : '';
          return `<a href="${escapeHtml(path + query)}"${current}>${escapeHtml(title)}</a>`;
        })
        .join(''),
      name: visitor.name,
      initial: visitor.name.charAt(0),
      other: other.charAt(0).toUpperCase() + other.slice(1),
      otherQuery: this.#query(other, rightToLeft),
      wsUrl: url,
      serverUrl: `ws://${this.#hostname}:${wsPort}`,
      scriptTag: `<script src="/assets/ws-elements.js" data-url="${url}"${token} defer></script>`,
      done: DONE[searchParams.get('done') ?? ''] ?? '',
      systems: backEnd.systems.map(renderSystem).join('\n'),
      systemOptions: backEnd.systems.map(({ id, label }) => option(id, label)).join(''),
      statusOptions: STATUS_NAMES.map((status) => option(status, capitalise(status))).join(''),
      priorityOptions: [...PRIORITIES]
        .reverse()
        .map((priority) => option(priority, capitalise(priority)))
        .join(''),
    };
    const content = await readFile(new URL(`views/${page.view}`, demo), 'utf8');
    const layout = await readFile(new URL('views/layout.html', demo), 'utf8');
    const html = renderView(
      layout.replace('<!-- content -->', () => content.trimEnd()),
      values,
    );
    this.#options.onVisit();
    this.#response.setHeader('cache-control', 'no-cache');
    this.#send(200, 'text/html; charset=utf-8', html);
  }

  async #token(): Promise<void> {
    const token = await this.#options.signToken(this.#visitor());
    this.#response.setHeader('cache-control', 'no-store');
    this.#send(200, 'application/json', JSON.stringify({ token }));
  }

  async #asset(name: string): Promise<void> {
    const { script } = this.#options;
    const file =
      name === 'ws-elements.js'
        ? script
        : name === 'ws-elements.js.map'
          ? `${script}.map`
          : assets.includes(name)
            ? new URL(`assets/${name}`, demo)
            : undefined;
    const body = file && (await readFile(file).catch(() => undefined));
    if (!body) return this.#text(404, 'Not found\n');
    this.#response.setHeader('cache-control', 'no-cache');
    this.#send(200, contentTypes[extname(name)] ?? 'application/octet-stream', body);
  }

  /** A button: works as a form without any script, and as a request of `demo.js` with it. */
  async #action(name: string): Promise<void> {
    this.#refuseOtherSites();
    const form = new URLSearchParams(await this.#body());
    const visitor = this.#visitor();
    const { backEnd } = this.#options;
    if (name === 'notify') {
      const user = form.get('to') === 'everyone' ? undefined : visitor.id;
      await backEnd.notify(user, form.get('priority') ?? 'normal');
    } else if (name === 'status') {
      await backEnd.setStatus(form.get('system') ?? '', form.get('status') ?? '');
    } else if (name === 'cut') {
      this.#options.cut(visitor.id);
    } else {
      return this.#text(404, 'Not found\n');
    }
    this.#response.setHeader('cache-control', 'no-store');
    if (this.#request.headers.accept?.includes('application/json')) {
      return this.#send(200, 'application/json', JSON.stringify({ message: DONE[name] }));
    }
    const rightToLeft = this.#url.searchParams.get('dir') === 'rtl';
    const query = this.#query(visitor.as, rightToLeft);
    this.#response.setHeader('location', `/${query}${query ? '&' : '?'}done=${name}`);
    this.#text(303, '');
  }

  /** A form of another site must not press our buttons. Browsers always say where a POST comes from. */
  #refuseOtherSites(): void {
    const { origin, host } = this.#request.headers;
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
      throw new BadRequest('Origin: expected this site');
    }
  }

  async #body(): Promise<string> {
    let body = '';
    for await (const chunk of this.#request.setEncoding('utf8')) {
      body += chunk;
      if (body.length > MAX_FORM) throw new BadRequest(`expected a form of at most ${MAX_FORM} bytes`);
    }
    return body;
  }

  #visitor(): Visitor {
    const visitor = this.#options.visitors.recognise(this.#request, this.#url.searchParams.get('as'));
    if (visitor.setCookie) this.#response.setHeader('set-cookie', visitor.setCookie);
    return visitor;
  }

  #query(as: string | undefined, rightToLeft: boolean): string {
    const query = new URLSearchParams();
    if (as) query.set('as', as);
    if (rightToLeft) query.set('dir', 'rtl');
    return query.size ? `?${query}` : '';
  }

  #text(status: number, text: string): void {
    this.#send(status, 'text/plain; charset=utf-8', text);
  }

  #send(status: number, contentType: string, body: string | Buffer): void {
    this.#response.setHeader('content-type', contentType);
    this.#response.setHeader('content-length', Buffer.byteLength(body));
    this.#response.writeHead(status).end(this.#request.method === 'HEAD' ? undefined : body);
  }
}

/** What is said when a button has done its work. */
const DONE: Record<string, string> = {
  notify: 'Sent. It arrives at the bell above.',
  status: 'Published. The list beside it follows.',
  cut: 'The cable is out for four seconds. Write something meanwhile.',
};

function renderSystem({ id, label, status, message }: BackEnd['systems'][number]): string {
  return `<li data-system="${id}" data-status="${status}"><span>${escapeHtml(label)}</span>
<strong>${escapeHtml(capitalise(status))}</strong><small>${escapeHtml(message)}</small></li>`;
}

function option(value: string, label: string): string {
  return `<option value="${escapeHtml(value)}">${escapeHtml(label)}</option>`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
