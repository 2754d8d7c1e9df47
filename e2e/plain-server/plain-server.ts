/**
 * A plain server as the documentation describes one: it greets, gives client ids, and relays every message to
 * everyone. It knows nothing of `protocol=1`, and that is what it is for: our elements have to talk with it.
 *
 * As a command: `node e2e/plain-server/plain-server.ts --port 8082`
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { WebSocket, WebSocketServer } from 'ws';
import { plainTimestamp } from '../../protocol/src/timestamps.ts';

export interface PlainServer {
  readonly url: string;
  readonly port: number;
  /** Ids of who is connected, oldest first. */
  readonly clientIds: readonly string[];
  /** To everyone, as the documentation's `broadcast()`. */
  broadcast(message: object): void;
  /** To one client, as the documentation's `clients.get(id).send()`. `false` if it is not there. */
  sendTo(clientId: string, message: object): boolean;
  /** Cuts every connection without a close frame, as a crash does, and goes on listening. */
  cut(): void;
  close(): Promise<void>;
}

/** @param options.port - 0 (the default) takes any free one. */
export async function startPlainServer({ port = 0, host = '127.0.0.1' } = {}): Promise<PlainServer> {
  const clients = new Map<string, WebSocket>();
  const server = new WebSocketServer({ port, host, maxPayload: 64 * 1024 });

  const broadcast = (message: object) => {
    const text = JSON.stringify(message);
    for (const socket of clients.values()) if (socket.readyState === WebSocket.OPEN) socket.send(text);
  };

  server.on('connection', (socket) => {
    const clientId = `client_${randomBytes(6).toString('hex')}`;
    clients.set(clientId, socket);
    socket.on('close', () => clients.delete(clientId));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const message = readMessage(String(data));
      if (message === undefined) socket.send(JSON.stringify({ type: 'error', message: 'Invalid message' }));
      else broadcast({ type: 'message', clientId, message, timestamp: plainTimestamp(new Date()) });
    });
    socket.send(JSON.stringify({ type: 'welcome', message: 'Connected to WebSocket server', clientId }));
  });

  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `ws://${host}:${address.port}`,
    port: address.port,
    get clientIds() {
      return [...clients.keys()];
    },
    broadcast,
    sendTo(clientId, message) {
      clients.get(clientId)?.send(JSON.stringify(message));
      return clients.has(clientId);
    },
    cut() {
      for (const socket of server.clients) socket.terminate();
    },
    async close() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The text of a documented message, up to its 1,000 characters. */
function readMessage(text: string): string | undefined {
  try {
    const { type, message } = JSON.parse(text);
    return type === 'message' && typeof message === 'string' && message !== '' && message.length <= 1000
      ? message
      : undefined;
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '8082' }, host: { type: 'string' } },
  });
  const server = await startPlainServer({ port: Number(values.port), host: values.host });
  console.log(`plain server: ${server.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
}
