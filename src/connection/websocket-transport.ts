import type { TransportFactory } from './transport.ts';

/** Carries frames over a WebSocket. Throws what its constructor throws: mixed content, a malformed URL. */
export const webSocketTransport: TransportFactory = (url, { open, message, close }) => {
  const socket = new WebSocket(url);
  socket.onopen = open;
  socket.onmessage = ({ data }) => message(data);
  socket.onclose = ({ code, reason }) => close(code, reason);
  return socket;
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
