import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BlockList } from 'node:net';
import { ApiErrorCode } from '../../../protocol/src/error-codes.ts';
import type { Core } from '../core.ts';
import { addressKey, clientAddress } from '../net/client-address.ts';
import type { Api } from './api.ts';
import type { ApiKeyCheck } from './api-key.ts';
import { errorAnswer, type HttpAnswer, sendAnswer } from './http-answer.ts';
import { readBody } from './read-body.ts';

/** Answers HTTP requests: `/healthz`, the API behind its key, and 404 to all else. */
export class RequestListener {
  readonly #core: Core;
  readonly #api: Api;
  readonly #key: ApiKeyCheck | undefined;
  readonly #proxies: BlockList;
  readonly #isClosing: () => boolean;

  constructor(
    core: Core,
    api: Api,
    key: ApiKeyCheck | undefined,
    proxies: BlockList,
    isClosing: () => boolean,
  ) {
    this.#core = core;
    this.#api = api;
    this.#key = key;
    this.#proxies = proxies;
    this.#isClosing = isClosing;
  }

  /** Never rejects. */
  async listen(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.on('error', ignore);
    response.on('error', ignore);
    try {
      const answer = await this.#answer(request);
      sendAnswer(
        response,
        this.#isClosing() ? { ...answer, headers: { ...answer.headers, connection: 'close' } } : answer,
      );
      if (!request.complete) request.resume();
    } catch (error) {
      if (request.destroyed && !request.complete) return;
      this.#core.log.error({ err: error }, 'a request could not be handled');
      const problem = 'the request could not be handled; the server’s log says why';
      sendAnswer(response, errorAnswer(503, ApiErrorCode.Unavailable, problem));
    }
  }

  async #answer(request: IncomingMessage): Promise<HttpAnswer> {
    // Through a proxy the whole address may come (RFC 9112 §3.2.2).
    const target = (request.url ?? '').replace(/^https?:\/\/[^/?#]*/i, '');
    const [path = '', search = ''] = target.split(/\?(.*)/s);
    const query = new URLSearchParams(search);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (method === 'GET' && path === '/healthz') return this.#health();
    if (!path.startsWith('/api/')) return notFound();
    const refused = this.#refuse(request);
    if (refused) return refused;
    const route = this.#api[`${method} ${path}`];
    if (!route) return notFound();
    if (!route.takesBody) return route.answer({ body: Buffer.alloc(0), query });
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') {
      const message = `Content-Encoding: expected a body as it is, got ${encoding.slice(0, 80)}`;
      return errorAnswer(400, ApiErrorCode.InvalidRequest, message, 'Content-Encoding');
    }
    const { body: limit } = this.#core.settings.limits;
    const body = await readBody(request, limit);
    return body === undefined
      ? errorAnswer(413, ApiErrorCode.TooLarge, `expected a body of at most ${limit} bytes`)
      : route.answer({ body, query });
  }

  #health(): HttpAnswer {
    return this.#isClosing()
      ? errorAnswer(503, ApiErrorCode.Unavailable, 'the server shuts down')
      : { status: 200, body: { status: 'ok' } };
  }

  #refuse(request: IncomingMessage): HttpAnswer | undefined {
    if (this.#key === undefined) {
      return errorAnswer(
        503,
        ApiErrorCode.ApiDisabled,
        'the API is off: the server has no API key (WS_API_KEY)',
      );
    }
    const address = clientAddress(request.socket.remoteAddress ?? '', request.headers, this.#proxies);
    const verdict = this.#key.check(request.headers.authorization, addressKey(address), this.#core.now());
    if (verdict === 'wrong') {
      return errorAnswer(
        401,
        ApiErrorCode.Unauthorized,
        'expected Authorization: Bearer and the API key',
        undefined,
        {
          'www-authenticate': 'Bearer',
        },
      );
    }
    if (verdict !== 'ok') {
      return errorAnswer(429, ApiErrorCode.RateLimited, 'too many wrong API keys', undefined, {
        'retry-after': String(Math.ceil(verdict / 1000)),
      });
    }
    return this.#isClosing()
      ? errorAnswer(503, ApiErrorCode.Unavailable, 'the server shuts down')
      : undefined;
  }
}

function notFound(): HttpAnswer {
  return errorAnswer(404, ApiErrorCode.NotFound, 'no such route');
}

function ignore(): void {
  // Whoever breaks off a request gets no answer; there is nothing else to do.
}
