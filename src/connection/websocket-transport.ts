import type { TransportFactory } from './transport.ts';

/**
 * Carries frames over a WebSocket. A URL that the browser will not open (mixed content, a blocked port) closes with 0,
 * which no server can send.
 */
export const webSocketTransport: TransportFactory = (url, { open, message, close }) => {
  let socket: WebSocket;
  try {
    socket = new WebSocket(url);
  } catch (error) {
    queueMicrotask(() => close(0, `${error}`));
    return { send() {}, close() {} };
  }
  socket.onopen = open;
  socket.onmessage = ({ data }) => typeof data === 'string' && message(data);
  socket.onclose = ({ code, reason }) => close(code, reason);
  return socket;
};

let factory = webSocketTransport;

/** Opens a connection's transport. */
export const openTransport: TransportFactory = (url, callbacks) => factory(url, callbacks);

/** Replaces what connections open from now on; returns what puts it back. For tests and other transports. */
export function setTransportFactory(next: TransportFactory): () => void {
  const previous = factory;
  factory = next;
  return () => {
    factory = previous;
  };
}
