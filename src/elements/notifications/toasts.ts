import type { NotificationItem } from './notification-item.ts';

/** Toasts shown at once. */
export const MAX_SHOWN = 3;

/** A notification that shows itself for a while. */
interface Toast {
  readonly item: NotificationItem;
  /** ms that are left of its time; `Infinity` for one that stays until it is dismissed. */
  left: number;
}

/** The toasts of an inbox and their time, which stands still while something holds it: a pointer, the focus. */
export class Toasts {
  #toasts: Toast[] = [];
  #held = false;
  #since = 0;
  #timer?: ReturnType<typeof setTimeout>;
  readonly #isHeld: () => boolean;
  readonly #changed: () => void;

  /** `isHeld` says whether time stands still from now on; `changed` is called whenever toasts may have come or gone. */
  constructor(isHeld: () => boolean, changed: () => void) {
    this.#isHeld = isHeld;
    this.#changed = changed;
  }

  /** How many there are, shown or not. */
  get count(): number {
    return this.#toasts.length;
  }

  /** Those that are shown: those that stay, then those that leave by themselves, each in the order of their arrival. */
  get shown(): NotificationItem[] {
    const rank = ({ left }: Toast) => Number(left < Infinity);
    return this.#toasts
      .toSorted((a, b) => rank(a) - rank(b))
      .slice(0, MAX_SHOWN)
      .map(({ item }) => item);
  }

  /** `duration` in ms; `Infinity`: until it is removed. */
  add(item: NotificationItem, duration: number): void {
    this.pass();
    this.#toasts.push({ item, left: duration });
    this.pass();
  }

  /** Removes one, or all. */
  remove(notification?: NotificationItem): void {
    this.#toasts = this.#toasts.filter(({ item }) => notification && item !== notification);
    this.pass();
  }

  /** Takes the time that went by; to be called when `isHeld` changes. */
  pass(): void {
    const now = Date.now();
    if (!this.#held) for (const toast of this.#toasts) toast.left -= now - this.#since;
    this.#since = now;
    this.#held = this.#isHeld();
    this.#toasts = this.#toasts.filter(({ left }) => left > 0);
    clearTimeout(this.#timer);
    const next = Math.min(...this.#toasts.map(({ left }) => left));
    // Longer than a timer can be, 2^31 ms, is for good.
    if (next < 2 ** 31 && !this.#held) this.#timer = setTimeout(() => this.pass(), next);
    this.#changed();
  }
}
