/** Shortest wait before a try, ms. */
export const FLOOR = 100;

/** Longest, ms. */
export const CAP = 18_100;

/**
 * Wait in ms after a number of failures in a row (0 for the first): a small floor plus jitter, doubling, so that
 * thousands of clients of one server that restarts do not come back in step. From the second try on a fifth of it is
 * sure: of a wide range with short waits in it many would choose one just after the server is back.
 */
export function backoff(failures: number, random: number): number {
  const sure = failures ? 0.2 : 0;
  return FLOOR + Math.min(CAP - FLOOR, 800 * 2 ** failures) * (sure + (1 - sure) * random);
}
