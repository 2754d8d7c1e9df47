import type { Logger } from 'pino';

/** Without it for so long, it is over, ms. */
const CALM = 60_000;

/**
 * What a disk may be the matter with. It is said once, and once that it is over: a disk that is nearly full refuses what is
 * large and takes what is small, and each of them would be a line.
 */
export class Trouble {
  readonly #log: Logger;
  readonly #now: () => number;
  readonly #begun: string;
  readonly #over: string;
  /** When it was met last. */
  #metAt: number | undefined;

  /** @param now ms since 1970. */
  constructor(log: Logger, now: () => number, begun: string, over: string) {
    this.#log = log;
    this.#now = now;
    this.#begun = begun;
    this.#over = over;
  }

  meet(error: unknown): void {
    if (this.#metAt === undefined) this.#log.error({ err: error }, this.#begun);
    this.#metAt = this.#now();
  }

  /** What could have met it went well. */
  pass(): void {
    if (this.#metAt === undefined || this.#now() - this.#metAt < CALM) return;
    this.#log.info(this.#over);
    this.#metAt = undefined;
  }
}
