import { type Clock, install } from '@sinonjs/fake-timers';

/** The page around a connection, for tests: its time, its randomness, whether it is seen and has a network. */
export class FakePage {
  readonly clock: Clock;
  /** What `Math.random` returns. */
  random = 0.5;
  /** Answers of `fetch`, by what was asked, in order; the last stays. */
  answers: (() => Promise<Response>)[] = [];
  readonly fetched: { url: string; init: RequestInit }[] = [];
  readonly #reading: Promise<unknown>[] = [];
  readonly #real = { random: Math.random, fetch: window.fetch };

  constructor() {
    this.clock = install({
      now: Date.UTC(2024, 0, 1, 12),
      shouldClearNativeTimers: true,
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    });
    Math.random = () => this.random;
    window.fetch = async (url, init = {}) => {
      this.fetched.push({ url: String(url), init });
      const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
      if (!answer) throw new TypeError('Failed to fetch');
      const response = await answer();
      const read = response.json.bind(response);
      response.json = () => {
        const reading = read();
        this.#reading.push(reading);
        return reading;
      };
      return response;
    };
    this.seen(true);
    this.networked(true);
  }

  /** Lets time pass, timers run, and microtasks come to rest. */
  async wait(ms = 0): Promise<void> {
    await this.clock.tickAsync(ms);
    // Reading a response takes turns of the real event loop, in each browser another number of them.
    await Promise.allSettled(this.#reading.splice(0));
    for (let turn = 0; turn < 3; turn++) {
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(0);
      });
    }
  }

  /** The machine sleeps: the wall clock goes on, timers do not. */
  sleep(ms: number): void {
    this.clock.setSystemTime(Date.now() + ms);
  }

  seen(visible: boolean): void {
    Object.defineProperty(document, 'hidden', { configurable: true, value: !visible });
    document.dispatchEvent(new Event('visibilitychange'));
  }

  networked(online: boolean): void {
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: online });
    window.dispatchEvent(new Event(online ? 'online' : 'offline'));
  }

  /** Into the back/forward cache, and back. */
  hidePage(): void {
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  }

  showPage(): void {
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  }

  restore(): void {
    this.clock.uninstall();
    Math.random = this.#real.random;
    window.fetch = this.#real.fetch;
    Reflect.deleteProperty(document, 'hidden');
    Reflect.deleteProperty(navigator, 'onLine');
  }
}

/** What a `token-url` answers. */
export function tokenAnswer(token: string): () => Promise<Response> {
  return async () => Response.json({ token });
}
