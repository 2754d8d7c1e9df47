/** What the page's life asks of a connection. */
export interface Living {
  /** The page is seen again, may have slept, or its network changed. `atOnce`: it is back. Twice is as good as once. */
  wake(atOnce: boolean): void;
  /** The page goes, perhaps into the back/forward cache, where an open socket has no place. */
  suspend(): void;
}

const living = new Set<Living>();

const wake = (event: Event) => {
  for (const one of living) one.wake(event.type === 'online');
};
const suspend = () => {
  for (const one of living) one.suspend();
};

const listeners: [EventTarget, string, (event: Event) => void][] = [
  [document, 'visibilitychange', wake],
  [document, 'resume', wake],
  [window, 'pageshow', wake],
  [window, 'online', wake],
  [window, 'offline', wake],
  [window, 'pagehide', suspend],
];

/** Listens to the page, once for all. */
export function live(one: Living): void {
  living.add(one);
  for (const [target, type, listener] of listeners) target.addEventListener(type, listener);
}

export function leave(one: Living): void {
  living.delete(one);
  if (living.size) return;
  for (const [target, type, listener] of listeners) target.removeEventListener(type, listener);
}
