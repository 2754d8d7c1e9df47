import { createHmac, randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { Server } from '../server.ts';
import type { ServerOptions } from '../types.ts';
import { TestClient } from './test-client.ts';

/** A server on a free port of the loopback, with a clock that stands still until it is told. */
export class TestServer {
  readonly secret = randomBytes(32).toString('base64url');
  readonly apiKey = randomBytes(24).toString('base64url');
  /** What it logged, one object a line. */
  readonly logged: { msg: string; [field: string]: unknown }[] = [];
  readonly server: Server;
  now = Date.UTC(2024, 0, 1, 12);
  port = 0;
  readonly #clients: TestClient[] = [];

  constructor(options: ServerOptions = {}) {
    const stream = { write: (line: string) => void this.logged.push(JSON.parse(line)) };
    this.server = new Server({
      port: 0,
      host: '127.0.0.1',
      secret: this.secret,
      apiKey: this.apiKey,
      history: 'memory',
      logger: pino({ base: undefined }, stream),
      now: () => this.now,
      ...options,
    });
  }

  static async start(options?: ServerOptions): Promise<TestServer> {
    const started = new TestServer(options);
    ({ port: started.port } = await started.server.listen());
    return started;
  }

  /** Lets time pass, and has the server look at what it ends. */
  pass(milliseconds: number): void {
    this.now += milliseconds;
    this.server.sweep();
  }

  /** An HS256 token, made by hand so that it can also be made wrong. */
  token(claims: object = {}, { secret = this.secret, header = { alg: 'HS256' } as object } = {}): string {
    const payload = { sub: '7', exp: Math.floor(this.now / 1000) + 300, ...claims };
    const signed = [header, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }

  /** Opens a connection; it is there, or closed, when this resolves. */
  async connect(
    query: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<TestClient> {
    const client = new TestClient(`${this.server.url}/ws?${new URLSearchParams(query)}`, headers);
    this.#clients.push(client);
    await client.ready;
    return client;
  }

  api(path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    return fetch(`${this.server.httpUrl}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${this.apiKey}`, ...init.headers },
    });
  }

  async publish(request: unknown): Promise<{ status: number; answer: Record<string, never> }> {
    const response = await this.api('/api/publish', { method: 'POST', body: JSON.stringify(request) });
    return { status: response.status, answer: (await response.json()) as Record<string, never> };
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.drop();
    await this.server.close();
  }
}
