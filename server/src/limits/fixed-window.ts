/** So many a minute: the first one opens a window, and the window's end forgives everything. */
export interface FixedWindow {
  count: number;
  /** When it ends, ms. */
  endsAt: number;
}

export const WINDOW_MS = 60_000;

export function newWindow(): FixedWindow {
  return { count: 0, endsAt: 0 };
}

/** Takes one. @returns 0 if it may be, else the milliseconds until the next may be. */
export function take(window: FixedWindow, limit: number, now: number): number {
  // A clock that was set back must not lengthen a window.
  if (now >= window.endsAt || window.endsAt - now > WINDOW_MS) {
    window.count = 0;
    window.endsAt = now + WINDOW_MS;
  }
  if (window.count >= limit) return window.endsAt - now;
  window.count += 1;
  return 0;
}
