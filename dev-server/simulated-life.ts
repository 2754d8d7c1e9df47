import type { BackEnd } from './back-end.ts';

/** How long after someone came, ms. */
const GREETING_DELAY = 4_000;
/** Between two events, ms. */
const PAUSE = 40_000;
/** Events until somebody new comes. */
const MAX_EVENTS = 12;

/** What happens in the shop while nobody does anything, in turn. */
const events: readonly ((shop: BackEnd) => Promise<void>)[] = [
  (shop) => shop.say('Roastery', 'Good morning! The first batch of Harvest Blend is out of the drum.'),
  (shop) => shop.notify(undefined, 'normal'),
  (shop) => shop.setStatus('shipping', 'degraded'),
  (shop) => shop.say('Warehouse', 'Six parcels are waiting for labels.'),
  (shop) => shop.setStatus('shipping', 'online'),
  (shop) => shop.say('Warehouse', 'Labels print again, all six parcels are on their way.'),
  (shop) => shop.notify(undefined, 'low'),
  (shop) => shop.say('Roastery', 'Tomorrow’s Ethiopia is sold out, please take no more orders for it.'),
];

/**
 * A little life, so that a demo with one visitor is not an empty room: something happens now and then while
 * someone is there, and it falls quiet when nobody new comes.
 */
export class SimulatedLife {
  readonly #shop: BackEnd;
  readonly #isWatched: () => boolean;
  #timer: NodeJS.Timeout | undefined;
  #next = 0;
  #left = 0;

  /** @param isWatched - Whether anybody is connected. */
  constructor(shop: BackEnd, isWatched: () => boolean) {
    this.#shop = shop;
    this.#isWatched = isWatched;
  }

  /** Somebody opened a page. */
  welcome(): void {
    this.#left = MAX_EVENTS;
    this.#timer ??= this.#schedule(GREETING_DELAY);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#left = 0;
  }

  #schedule(delay: number): NodeJS.Timeout {
    return setTimeout(async () => {
      if (this.#isWatched()) {
        this.#left--;
        // A server that is going down is no reason for the demo to fall.
        await events[this.#next++ % events.length]?.(this.#shop).catch(() => {});
      }
      this.#timer = this.#left > 0 && this.#isWatched() ? this.#schedule(PAUSE) : undefined;
    }, delay);
  }
}
