import { connections } from './connections.ts';
import type { SharedConnection } from './shared-connection.ts';
import { withStorage } from './storage.ts';

const KEY = 'ws-elements:outbox';

/** What is kept of a message: where to, whose it is, its frame and its time. */
type Kept = [url: string, owner: string, text: string, at: number];

/** What the page before left and no connection of this one has taken yet. */
let left: Set<Kept>;

/**
 * As a page begins, or comes back from the back/forward cache: what a page wrote meanwhile that is gone now is nobody
 * else's. What this page's connections have themselves is not left.
 */
export function readLeft(): void {
  const own = [...connections.values()].flatMap(({ outbox }) => outbox.map(({ text }) => text));
  left = new Set(
    withStorage((storage) =>
      (JSON.parse(storage[KEY]) as Kept[]).filter(([, , text]) => !own.includes(text)),
    ),
  );
}
readLeft();

/** Keeps what is unsent for the tab's next page, but nothing for a plain server: it could not tell what it has already. */
export function keepOutboxes(): void {
  const all = [...left];
  for (const { url, owner, plain, outbox } of connections.values()) {
    if (owner && !plain) for (const { text, at } of outbox) all.push([url, owner, text, at]);
  }
  withStorage((storage) => {
    storage[KEY] = JSON.stringify(all);
  });
}

/**
 * What the page before left for a connection's URL, the oldest first: its user's, and with it everybody's who is not on
 * this page any more. That is known once every connection with that URL has an owner.
 */
export function takeLeft({ url, owner }: Pick<SharedConnection, 'url' | 'owner'>): Kept[] {
  const isAwaited = [...connections.values()].some((other) => other.url === url && !other.owner);
  const taken = [...left].filter(([where, whose]) => where === url && (whose === owner || !isAwaited));
  for (const message of taken) left.delete(message);
  return taken;
}

/** The `sub` of a token, whose signature is the server's to check; undefined where there is none (yet). */
export function subjectOf(token = ''): string | undefined {
  try {
    const [, payload] = token.split('.') as [string, string];
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).sub;
  } catch {
    return undefined;
  }
}
