/**
 * Answers where there is no response object: to what is no HTTP, and to upgrades.
 */
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ApiErrorCode } from '../../../protocol/src/error-codes.ts';

function answerAndEnd(socket: Duplex, status: number, code: string, message: string): void {
  if (socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.on('error', () => socket.destroy());
  const body = JSON.stringify({ error: { code, message } });
  socket.once('finish', () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      'X-Content-Type-Options: nosniff',
      'Cache-Control: no-store',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

/** The server shuts down: a failed handshake sends a proxy to the next server. */
export function refuseUpgrade(socket: Duplex): void {
  answerAndEnd(socket, 503, ApiErrorCode.Unavailable, 'the server shuts down');
}

/** Something came that is no HTTP, or too much of it, or too slowly. */
export function answerClientError(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET') {
    socket.destroy();
  } else if (error.code === 'HPE_HEADER_OVERFLOW') {
    answerAndEnd(socket, 431, ApiErrorCode.TooLarge, 'the headers are too large');
  } else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    answerAndEnd(socket, 408, ApiErrorCode.InvalidRequest, 'the request took too long');
  } else {
    answerAndEnd(socket, 400, ApiErrorCode.InvalidRequest, 'this is no HTTP request');
  }
}
