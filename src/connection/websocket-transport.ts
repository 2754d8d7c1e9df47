import type { TransportFactory } from './transport.ts';

/**
 * Carries frames over a WebSocket. A URL that the browser will not open (mixed content, a blocked port) closes with 0,
 * which no server can send.
 */
export const webSocketTransport: TransportFactory = (url, { open, message, close }) => {
  try {
    const socket = new WebSocket(url);
    socket.onopen = open;
    socket.onmessage = ({ data }) => message(data);
    socket.onclose = ({ code, reason }) => close(code, reason);
    return socket;
  } catch {
    // What the browser says has the URL in it, and so the token.
    queueMicrotask(() => close(0, ''));
    return { send() {}, close() {} };
  }
};

/** Opens a connection's transport. */
export let openTransport = webSocketTransport;

/** Replaces what connections open from now on; returns what puts it back. For tests and other transports. */
export function setTransportFactory(factory: TransportFactory): () => void {
  const previous = openTransport;
  openTransport = factory;
  return () => {
    openTransport = previous;
  };
}
