/**
 * What one writes on `ws` in an afternoon, and what its own documentation shows: serialise once, `send()` to each. The
 * text is field for field what our server sends, so that both have the same bytes to deliver.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { type BenchServer, CHANNEL } from './bench-server.ts';

export async function start(): Promise<BenchServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  let offset = 0;
  server.on('connection', (socket) => {
    socket.on('message', () => {});
    socket.on('close', () => {});
    const clientId = randomBytes(6).toString('hex');
    socket.send(JSON.stringify({ type: 'welcome', message: 'Connected to WebSocket server', clientId }));
  });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    publish(text, count) {
      for (let sent = 0; sent < count; sent += 1) {
        offset += 1;
        const json = JSON.stringify({
          type: 'message',
          channel: CHANNEL,
          offset,
          clientId: 'server',
          message: text,
          timestamp: new Date().toISOString(),
        });
        for (const client of server.clients) {
          if (client.readyState === WebSocket.OPEN) client.send(json);
        }
      }
    },
    connections: () => server.clients.size,
  };
}
