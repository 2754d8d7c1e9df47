import { resolveConfiguration } from './configuration.ts';
import { acquire } from './registry.ts';
import type { Connection, ConnectionOptions } from './types.ts';

/**
 * The very connection that elements with the same URL and identity have, with one hold on it: `release()` gives it up.
 * What `options` leave out comes from the script tag, then from the page's own origin, path `/ws`. Never throws: what is
 * wrong with the URL ends in the state `refused`.
 */
export function connect(options: ConnectionOptions = {}): Connection {
  return acquire(resolveConfiguration(undefined, options));
}
