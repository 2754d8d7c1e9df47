import { setTimeout as wait } from 'node:timers/promises';
import { CloseCode } from '../../../protocol/src/close-codes.ts';
import type { Session } from './session.ts';

/** Connections that are closed at once, at least; more where there are so many that it would take too long. */
const BATCH = 100;
const BATCHES = 40;
/** Between two batches, ms. */
const PAUSE = 50;
/** Time to answer the close frame, ms. */
const PATIENCE = 1000;
/** Clients that come back a second, wherever that is. */
const RETURNS_PER_SECOND = 500;

/**
 * Says goodbye to everyone: when to come back, spread so that they do not all come at once, then 4000. Resolves when all are
 * gone; who does not answer is cut off.
 */
export async function closeInBatches(
  sessions: ReadonlyMap<string, Session>,
  random: () => number = Math.random,
): Promise<void> {
  const all = [...sessions.values()];
  const spread = 500 + (1000 * all.length) / RETURNS_PER_SECOND;
  const size = Math.max(BATCH, Math.ceil(all.length / BATCHES));
  for (let start = 0; start < all.length; start += size) {
    if (start > 0) await wait(PAUSE);
    for (const session of all.slice(start, start + size)) {
      if (session.encoding === 1 && session.socket.isOpen) {
        session.send({ type: 'reconnect', after: Math.round(random() * spread) });
      }
      session.close(CloseCode.Restart, 'Restart');
    }
  }
  const sockets = all
    .map((session) => session.socket)
    .filter((socket) => socket.readyState !== socket.CLOSED);
  if (sockets.length === 0) return;
  const stop = new AbortController();
  const closed = Promise.all(
    sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))),
  ).then(() => stop.abort());
  await wait(PATIENCE, undefined, { signal: stop.signal }).catch(() => undefined);
  for (const socket of sockets) socket.terminate();
  await closed;
}
