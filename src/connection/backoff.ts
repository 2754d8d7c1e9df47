/** Shortest wait before a try, ms. */
export const FLOOR = 100;

/** Longest, ms. */
export const CAP = 20_000;

/**
 * Wait in ms after a number of failures in a row (0 for the first): a small floor plus full jitter, so that thousands
 * of clients of one server that restarts do not come back in step.
 */
export function backoff(failures: number, random: number): number {
  return FLOOR + random * (Math.min(CAP, 1000 * 2 ** failures) - FLOOR);
}
