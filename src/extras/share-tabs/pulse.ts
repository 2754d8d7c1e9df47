/** Between two questions to the leader, ms; and how many may stay unanswered: together less than a second. */
const PERIOD = 200;
const MISSES = 3;

/**
 * Notices a leader that lives but does not act: frozen, throttled, caught in a loop. Only who is seen looks, since only
 * there timers can be relied upon; the leader answers at once, which no throttling of timers delays. Tabs that are hidden
 * do not hear it, so that it wakes none.
 */
export class Pulse {
  readonly #name: string;
  readonly #isLeading: () => boolean;
  readonly #silent: () => void;
  #bus: BroadcastChannel | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #missed = 0;

  /** @param silent - Called when the leader does not answer. */
  constructor(group: string, isLeading: () => boolean, silent: () => void) {
    this.#name = `${group} pulse`;
    this.#isLeading = isLeading;
    this.#silent = silent;
  }

  /** To be called when the tab comes into view, leaves it, leads or does so no more. */
  update(): void {
    this.end();
    const isLeading = this.#isLeading();
    if (document.hidden && !isLeading) return;
    const bus = new BroadcastChannel(this.#name);
    this.#bus = bus;
    if (isLeading) {
      bus.onmessage = ({ data }) => data === 'ask' && bus.postMessage('alive');
      return;
    }
    bus.onmessage = ({ data }) => {
      if (data === 'alive') this.#missed = 0;
    };
    const ask = () => {
      // Counted and not timed: a tab that was itself asleep blames nobody.
      if (this.#missed >= MISSES) {
        this.#missed = 0;
        this.#silent();
        return;
      }
      this.#missed++;
      bus.postMessage('ask');
    };
    this.#timer = setInterval(ask, PERIOD);
    ask();
  }

  end(): void {
    this.#bus?.close();
    this.#bus = undefined;
    clearInterval(this.#timer);
    this.#missed = 0;
  }
}
