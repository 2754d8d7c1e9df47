import type { ServerResponse } from 'node:http';
import type { ApiErrorCode } from '../../../protocol/src/error-codes.ts';

/** A status and the JSON that goes with it. */
export interface HttpAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export function errorAnswer(
  status: number,
  code: ApiErrorCode,
  message: string,
  field?: string,
  headers?: Record<string, string>,
): HttpAnswer {
  return { status, body: { error: { code, message, field } }, headers };
}

const SECURITY_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

export function sendAnswer(response: ServerResponse, { status, body, headers }: HttpAnswer): void {
  if (response.headersSent || response.destroyed) return;
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { ...SECURITY_HEADERS, 'content-length': text.length, ...headers });
  response.end(text);
}
