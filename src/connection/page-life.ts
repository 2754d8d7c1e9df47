import { connections } from './connections.ts';
import { readLeft } from './kept-outbox.ts';

function hear({ type, persisted }: Event & Partial<PageTransitionEvent>): void {
  if (type === 'pageshow' && persisted) readLeft();
  for (const connection of connections.values()) {
    if (type === 'pagehide') connection.suspend();
    else connection.wake(type === 'online');
  }
}

/**
 * Tells connections of the page's life while there are any; one set of listeners serves all. Capturing, as `resume` and
 * `visibilitychange` are the document's and need not bubble.
 */
export function followPage(): void {
  const method = connections.size ? 'addEventListener' : 'removeEventListener';
  for (const type of ['visibilitychange', 'resume', 'pageshow', 'pagehide', 'online', 'offline']) {
    window[method](type, hear, true);
  }
}
