/** Plays one case against a server. */
import { randomBytes } from 'node:crypto';
import type { Case, ConnectStep, HttpStep, Step } from './case.ts';
import { Endpoint } from './endpoint.ts';
import { schemaProblem } from './frame-schemas.ts';
import { difference, show } from './matching.ts';
import { CaseError, type Context, resolve, sign } from './values.ts';

export interface Target {
  /** `ws://127.0.0.1:8081`. */
  url: string;
  /** `http://127.0.0.1:8081`. */
  httpUrl: string;
  secret: string;
  apiKey: string;
  /** Milliseconds until waiting for one event is given up. Default 5,000. */
  timeout?: number;
}

/** @throws {Error} by rejection: which step failed, and how. */
export async function runCase({ steps }: Case, target: Target): Promise<void> {
  const run = new Run(target);
  try {
    await run.play(steps);
  } finally {
    run.end();
  }
}

class Run {
  readonly #target: Target;
  readonly #timeout: number;
  readonly #context: Context;
  readonly #endpoints = new Map<string, Endpoint>();

  constructor(target: Target) {
    this.#target = target;
    this.#timeout = target.timeout ?? 5000;
    const variables = new Map<string, unknown>([
      ['unique', randomBytes(5).toString('hex')],
      ['host', new URL(target.url).host],
      ['hostname', new URL(target.url).hostname],
    ]);
    this.#context = { secret: target.secret, variables };
  }

  async play(steps: readonly Step[], within = ''): Promise<void> {
    for (const [index, step] of steps.entries()) {
      const where = `${within}step ${index + 1}`;
      if ('repeat' in step) {
        for (let n = 1; n <= step.repeat; n++) {
          this.#context.variables.set('n', n);
          await this.play(step.steps, `${where}, time ${n}, `);
        }
        continue;
      }
      try {
        await this.#step(step);
      } catch (error) {
        if (!(error instanceof CaseError)) throw error;
        throw new Error(`${where} ${show(step)}\n    ${error.message}`);
      }
    }
  }

  /** Cuts what is still open. */
  end(): void {
    for (const endpoint of this.#endpoints.values()) endpoint.terminate();
  }

  async #step(step: Exclude<Step, { repeat: number }>): Promise<void> {
    if ('connect' in step) return this.#connect(step);
    if ('publish' in step) {
      const { publish: body, status = 200, answer } = step;
      return this.#http({ http: { method: 'POST', path: '/api/publish', body }, status, answer });
    }
    if ('http' in step) return this.#http(step);
    const endpoint = this.#endpoint(step.on);
    if ('send' in step) return endpoint.send(JSON.stringify(await this.#resolve(step.send)));
    if ('sendText' in step) return endpoint.send(String(await this.#resolve(step.sendText)));
    if ('sendBinary' in step)
      return endpoint.send(Buffer.from(String(await this.#resolve(step.sendBinary))), true);
    if ('expect' in step) return this.#compare(step.expect, await endpoint.frame());
    if ('expectNothing' in step) return endpoint.silent();
    if ('expectControl' in step) return endpoint.controlPing();
    if ('close' in step) return endpoint.close();
    if ('expectEventually' in step) {
      while (difference(step.expectEventually, await endpoint.frame(), this.#context) !== undefined);
      return;
    }
    const { code, reason } = await endpoint.closed(step.ignoring ?? false);
    this.#compare({ reason: { $any: true }, ...step.expectClose }, { code, reason });
  }

  async #connect({ on, connect, welcome }: ConnectStep): Promise<void> {
    const { token, query, path = '/', origin, pongs, ...named } = connect;
    const url = new URL(path, this.#target.url);
    const parameters = (await this.#resolve({ ...named, ...query })) as Record<string, string>;
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    if (typeof token === 'string') url.searchParams.set('token', String(await this.#resolve(token)));
    else if (token) url.searchParams.set('token', await sign(token, this.#context));

    this.#endpoints.get(on)?.terminate();
    const endpoint = new Endpoint(url, {
      plain: connect.protocol !== '1',
      origin: origin === undefined ? undefined : String(await this.#resolve(origin)),
      pongs,
      timeout: this.#timeout,
    });
    this.#endpoints.set(on, endpoint);
    await endpoint.opened();
    if (welcome === false) return;
    const frame = await endpoint.frame();
    this.#compare(welcome ?? { $contains: { type: 'welcome' } }, frame);
    this.#context.variables.set(`${on}.clientId`, frame.clientId);
  }

  async #http({ http, status, headers = {}, answer }: HttpStep): Promise<void> {
    const { apiKey, httpUrl } = this.#target;
    const keys = { right: `Bearer ${apiKey}`, wrong: `Bearer not${apiKey}`, absent: undefined };
    const authorization = http.authorization ?? keys[http.key ?? 'right'];
    const resolved = await this.#resolve(http.text ?? http.body);
    const body = http.text === undefined ? JSON.stringify(resolved) : String(resolved);
    const response = await fetch(new URL(String(await this.#resolve(http.path)), httpUrl), {
      method: http.method,
      headers: {
        ...(authorization && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body,
      signal: AbortSignal.timeout(this.#timeout),
      redirect: 'manual',
    }).catch((error) => {
      throw new CaseError(`no answer: ${error.message}`);
    });
    const text = await response.text();
    if (response.status !== status)
      throw new CaseError(`expected status ${status}, got ${response.status}: ${show(text)}`);
    this.#compare({ $contains: headers }, Object.fromEntries(response.headers));
    if (answer === undefined) return;
    let read: unknown;
    try {
      read = JSON.parse(text);
    } catch {
      throw new CaseError(`the answer is not JSON: ${show(text)}`);
    }
    const problem = status >= 400 ? schemaProblem('publish:error', read) : undefined;
    if (problem) throw new CaseError(`${problem}: ${show(read)}`);
    this.#compare(answer, read);
  }

  #endpoint(name: string): Endpoint {
    const endpoint = this.#endpoints.get(name);
    if (!endpoint) throw new CaseError(`"${name}" did not connect`);
    return endpoint;
  }

  #resolve(value: unknown): Promise<unknown> {
    return resolve(value, this.#context);
  }

  #compare(expected: unknown, actual: unknown): void {
    const found = difference(expected, actual, this.#context);
    if (found !== undefined) throw new CaseError(`${found}\n    in ${show(actual)}`);
  }
}
