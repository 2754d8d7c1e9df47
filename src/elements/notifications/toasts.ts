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
export type Toasts = ReturnType<typeof createToasts>;

/** `isHeld` says whether time stands still from now on; `changed` is called whenever toasts may have come or gone. */
export function createToasts(isHeld: () => boolean, changed: () => void) {
  let toasts: Toast[] = [];
  let held = false;
  let since = 0;
  let timer: ReturnType<typeof setTimeout>;

  /** Takes the time that went by; to be called when `isHeld` changes. */
  const pass = (): void => {
    const now = Date.now();
    if (!held) for (const toast of toasts) toast.left -= now - since;
    since = now;
    held = isHeld();
    toasts = toasts.filter(({ left }) => left > 0);
    clearTimeout(timer);
    const next = Math.min(...toasts.map(({ left }) => left));
    // Longer than a timer can be, 2^31 ms, is for good.
    if (next < 2 ** 31 && !held) timer = setTimeout(pass, next);
    changed();
  };

  return {
    pass,

    /** How many there are, shown or not. */
    get count(): number {
      return toasts.length;
    },

    /** Those that are shown: those that stay, then those that leave by themselves, each in the order of their arrival. */
    get shown(): NotificationItem[] {
      const rank = ({ left }: Toast) => Number(left < Infinity);
      return toasts
        .toSorted((a, b) => rank(a) - rank(b))
        .slice(0, MAX_SHOWN)
        .map(({ item }) => item);
    },

    /** `duration` in ms; `Infinity`: until it is removed. */
    add(item: NotificationItem, duration: number): void {
      pass();
      toasts.push({ item, left: duration });
      pass();
    },

    /** Removes one, or all. */
    remove(notification?: NotificationItem): void {
      toasts = toasts.filter(({ item }) => notification && item !== notification);
      pass();
    },
  };
}
