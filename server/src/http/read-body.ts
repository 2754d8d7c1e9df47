import type { IncomingMessage } from 'node:http';

/** How many times the limit is read of a body that does not say how long it is, and thrown away. */
const PATIENCE = 16;

/**
 * A request's whole body, or `undefined` as soon as it is longer than the limit. Its rest is then read into nothing: a server
 * that answers and closes on a client in the middle of sending resets the connection, and the answer is lost. What has no end
 * is broken off; what announced one has the time that Node gives a request.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    const announced = Number(request.headers['content-length'] ?? 0);
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      resolve(undefined);
      if (announced === 0 && length > PATIENCE * limit) request.destroy();
    });
    request.on('end', () => resolve(length <= limit ? Buffer.concat(chunks, length) : undefined));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the request was broken off')));
    if (announced > limit) resolve(undefined);
  });
}
