import { createHash, timingSafeEqual } from 'node:crypto';
import { type FixedWindow, newWindow, take, WINDOW_MS } from '../limits/fixed-window.ts';

/** Wrong keys a minute and address. */
export const MAX_WRONG_KEYS = 20;

function digest(key: Buffer): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Compares API keys in constant time, whatever their lengths, and counts the wrong ones. */
export class ApiKeyCheck {
  readonly #expected: Buffer;
  readonly #wrong = new Map<string, FixedWindow>();

  constructor(key: string) {
    this.#expected = digest(Buffer.from(key));
  }

  /**
   * @param authorization The header; `Bearer` and the key.
   * @returns `ok`, `wrong`, or the milliseconds until this address may try again. A right key is always let through.
   */
  check(authorization: string | undefined, address: string, now: number): 'ok' | 'wrong' | number {
    // Node reads header bytes as Latin-1, whatever they were.
    const [, key] = /^Bearer +(\S(?:.*\S)?) *$/i.exec(authorization ?? '') ?? [];
    if (key !== undefined && timingSafeEqual(digest(Buffer.from(key, 'latin1')), this.#expected)) return 'ok';
    let window = this.#wrong.get(address);
    if (window === undefined) {
      window = newWindow();
      this.#wrong.set(address, window);
    }
    return take(window, MAX_WRONG_KEYS, now) || 'wrong';
  }

  /** Forgets the windows that have ended. */
  sweep(now: number): void {
    for (const [address, { endsAt }] of this.#wrong) {
      if (now >= endsAt || endsAt - now > WINDOW_MS) this.#wrong.delete(address);
    }
  }
}
