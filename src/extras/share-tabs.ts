/**
 * One socket for all tabs of an origin and user. Fetched by pages that ask for it by `share-tabs`.
 */
import type { TransportFactory } from '../connection/transport.ts';
import { openTransport } from '../connection/websocket-transport.ts';
import { Tab } from './share-tabs/tab.ts';

/** Opens a transport over a socket that other tabs may have; a tab's own where the browser has not what that needs. */
export const shared: TransportFactory = (url, callbacks) =>
  navigator.locks && globalThis.BroadcastChannel
    ? new Tab(url, callbacks, openTransport)
    : openTransport(url, callbacks);
