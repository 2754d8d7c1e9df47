/** What the page's life asks of a connection. */
export interface Living {
  /** The page is seen again, may have slept, or its network changed. `atOnce`: it is back. Twice is as good as once. */
  wake(atOnce: boolean): void;
  /** The page goes, perhaps into the back/forward cache, where an open socket has no place. */
  suspend(): void;
}

const living = new Set<Living>();

function hear({ type }: Event): void {
  for (const one of living) {
    if (type === 'pagehide') one.suspend();
    else one.wake(type === 'online');
  }
}

/** Capturing, as `resume` and `visibilitychange` are the document's and need not bubble. */
function listen(method: 'addEventListener' | 'removeEventListener'): void {
  for (const type of ['visibilitychange', 'resume', 'pageshow', 'pagehide', 'online', 'offline']) {
    window[method](type, hear, true);
  }
}

/** Tells a connection of the page's life; one set of listeners serves all. */
export function live(one: Living): void {
  living.add(one);
  listen('addEventListener');
}

/** Mirror of {@link live}: the listeners go with the last. */
export function leave(one: Living): void {
  living.delete(one);
  if (!living.size) listen('removeEventListener');
}
