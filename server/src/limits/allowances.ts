import { type FixedWindow, newWindow, take, WINDOW_MS } from './fixed-window.ts';

interface Allowance {
  publications: FixedWindow;
  frames: FixedWindow;
}

/**
 * What clients may send in a minute. Counted by user, or by address where there is no token, over all of their
 * connections: what one connection sends counts there too, and a new connection is no new allowance.
 */
export class Allowances {
  readonly #limits: { publications: number; frames: number };
  readonly #byClient = new Map<string, Allowance>();

  constructor(limits: { publications: number; frames: number }) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#byClient.size;
  }

  /** Takes one. @returns 0 if it may be, else the milliseconds until the next may be. */
  take(client: string, kind: 'publications' | 'frames', now: number): number {
    let allowance = this.#byClient.get(client);
    if (allowance === undefined) {
      allowance = { publications: newWindow(), frames: newWindow() };
      this.#byClient.set(client, allowance);
    }
    return take(allowance[kind], this.#limits[kind], now);
  }

  /** Forgets the windows that have ended. */
  sweep(now: number): void {
    for (const [client, { publications, frames }] of this.#byClient) {
      const endsAt = Math.max(publications.endsAt, frames.endsAt);
      if (now >= endsAt || endsAt - now > WINDOW_MS) this.#byClient.delete(client);
    }
  }
}
