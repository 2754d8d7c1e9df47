import type { Bounds, Entry } from './history.ts';

/** From an index on, as many as the bounds let through, at least one. */
export function takeWithin(entries: readonly Entry[], from: number, { count, bytes }: Bounds): Entry[] {
  const taken: Entry[] = [];
  let left = bytes;
  for (let index = from; index < entries.length && taken.length < count; index++) {
    const entry = entries[index] as Entry;
    left -= entry.bytes;
    if (left < 0 && taken.length > 0) break;
    taken.push(entry);
  }
  return taken;
}
