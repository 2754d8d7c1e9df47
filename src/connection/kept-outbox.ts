import type { Outbox } from './outbox.ts';
import { withStorage } from './storage.ts';

/** Older ones the server may no longer know by their ids, ms. */
export const MAX_AGE = 600_000;

/** What is kept of a message: its frame and time. */
export type Kept = [text: string, at: number];

const keyOf = (url: string): string => `ws-elements:outbox:${url}`;

/** Keeps an outbox for the tab's next page; an empty one is forgotten. `owner`: whose messages they are. */
export function keepOutbox(url: string, owner: string, outbox: Outbox): void {
  const kept = outbox.map(({ text, at }): Kept => [text, at]);
  withStorage((storage) => {
    if (kept.length) storage[keyOf(url)] = JSON.stringify([owner, kept]);
    else storage.removeItem(keyOf(url));
  });
}

/**
 * What the page before left, in two: what `owner` may go on sending, and how many are dropped, because they are
 * another's or too old.
 */
export function takeOutbox(url: string, owner: string, now: number): { kept: Kept[]; dropped: number } {
  const taken = withStorage((storage) => {
    const [whose, all] = JSON.parse(storage[keyOf(url)]) as [unknown, Kept[]];
    const kept = all.filter(([, at]) => whose === owner && now - at < MAX_AGE);
    return { kept, dropped: all.length - kept.length };
  });
  return taken ?? { kept: [], dropped: 0 };
}

/** The `sub` of a token, whose signature is the server's to check. */
export function subjectOf(token: string): string | undefined {
  try {
    const [, payload = ''] = token.split('.');
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).sub;
  } catch {
    return undefined;
  }
}
