/** How long a ping may stay unanswered, ms. */
export const PROBE_TIMEOUT = 5000;

/**
 * Whether the server has been silent for longer than it announced, with a quarter's grace. By wall clock, so that a
 * sleep counts; a clock that was set back counts as silence too, as nothing is known then.
 */
export function isSilent(now: number, heard: number, heartbeat = 0): boolean {
  return heartbeat > 0 && Math.abs(now - heard) > 1.25 * heartbeat;
}
