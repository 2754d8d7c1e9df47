import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type Listening, listen } from '../../dev-server/listen.ts';
import { Wire } from '../../dev-server/wire.ts';
import { createServer, type ServerOptions, type WsServer } from '../../server/src/index.ts';
import { launchChromium } from './chromium.ts';
import { randomSecret, type Site, startSite } from './site.ts';
import { type Watch, watch } from './watch.ts';

/** A browser, the server, pages, and a wire between them that can be cut. */
export class Stage {
  readonly secret = randomSecret();
  readonly apiKey = randomSecret();
  readonly #options: ServerOptions;
  readonly #contexts: BrowserContext[] = [];
  #browser!: Browser;
  #server!: WsServer;
  #site!: Site;
  #wire!: Wire;
  #cable!: Listening;
  #port = 0;
  #pages = 0;

  private constructor(options: ServerOptions) {
    this.#options = { port: 0, host: '127.0.0.1', logger: false, history: 'memory', ...options };
  }

  static async start(
    options: ServerOptions = {},
    browser: { backForwardCache?: boolean } = {},
  ): Promise<Stage> {
    const stage = new Stage(options);
    [stage.#browser, stage.#server, stage.#site] = await Promise.all([
      launchChromium(browser),
      stage.#startServer(),
      startSite({ secret: stage.secret }),
    ]);
    stage.#wire = new Wire(stage.#port);
    stage.#cable = await listen(() => stage.#wire.createServer(), 0, '127.0.0.1');
    return stage;
  }

  get server(): WsServer {
    return this.#server;
  }

  get site(): Site {
    return this.#site;
  }

  get wire(): Wire {
    return this.#wire;
  }

  /** Where pages find the server: the other end of the wire. */
  get wsUrl(): string {
    return `ws://127.0.0.1:${this.#cable.port}`;
  }

  /** A script tag for a user, or for guests. */
  tag(user?: string, { life = 600 } = {}): string {
    const token = user ? ` data-token-url="/token?user=${user}&amp;life=${life}"` : '';
    return `<script src="/assets/ws-elements.js" data-url="${this.wsUrl}"${token} defer></script>`;
  }

  /** A browser profile of its own, watched for what no page may cause. */
  async visitor(options?: BrowserContextOptions): Promise<{ context: BrowserContext; watch: Watch }> {
    const context = await this.#browser.newContext(options);
    this.#contexts.push(context);
    context.setDefaultTimeout(15_000);
    return { context, watch: await watch(context) };
  }

  /** Opens a page with a body, for a user, in a profile of its own. */
  async open(body: string, user?: string): Promise<{ page: Page; watch: Watch }> {
    // Of its own, however many are opened at the same time.
    const path = `/page-${++this.#pages}`;
    const { context, watch } = await this.visitor();
    const page = await context.newPage();
    await page.goto(this.#site.page(path, { head: this.tag(user), body }));
    return { page, watch };
  }

  /** Ends the server, as an operator does. */
  async stopServer(): Promise<void> {
    await this.#server.close();
  }

  /** Starts it again, where it was. */
  async startServerAgain(): Promise<void> {
    this.#server = await this.#startServer();
  }

  /** Publishes as a back end does: over HTTP, with the key. */
  async publish(body: object): Promise<Response> {
    return this.#ask('publish', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** What `GET /api/…` answers, `history?channel=lobby`. */
  async read<Answer>(path: string): Promise<Answer> {
    return (await this.#ask(path)).json() as Promise<Answer>;
  }

  #ask(path: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
    const authorization = `Bearer ${this.apiKey}`;
    return fetch(`${this.#server.httpUrl}/api/${path}`, { ...init, headers: { ...headers, authorization } });
  }

  /** Closes the profiles that a test opened, and begins anew with a server that has kept nothing. */
  async reset(): Promise<void> {
    await this.#closeProfiles();
    await this.stopServer();
    await this.startServerAgain();
  }

  async close(): Promise<void> {
    await this.#closeProfiles();
    await this.#browser.close();
    const closed = this.#cable.close();
    this.#wire.close();
    await Promise.all([closed, this.#server.close(), this.#site.close()]);
  }

  async #closeProfiles(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  /** On any port the first time, and on the same one ever after. */
  async #startServer(): Promise<WsServer> {
    const { secret, apiKey } = this;
    const server = createServer({ ...this.#options, port: this.#port, secret, apiKey });
    this.#port = (await server.listen()).port;
    return server;
  }
}
