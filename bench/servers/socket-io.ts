/**
 * Socket.IO with its connection state recovery, as its documentation shows it, over WebSocket only. What is missed is kept in
 * memory: of its own adapters that run without another server, this is the only one that can.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { type BenchServer, CHANNEL } from './bench-server.ts';

/** No ping comes in between, and nobody is forgotten because the machine is slow: as for our own server. */
const HEARTBEAT = 600_000;

export async function start(): Promise<BenchServer> {
  const http = createServer();
  const server = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    pingInterval: HEARTBEAT,
    connectionStateRecovery: { maxDisconnectionDuration: HEARTBEAT },
  });
  server.on('connection', (socket) => {
    if (!socket.recovered) socket.join(CHANNEL);
  });
  await once(http.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (http.address() as AddressInfo).port,
    publish(text, count) {
      for (let sent = 0; sent < count; sent += 1) server.to(CHANNEL).emit('message', text);
    },
    connections: () => server.of('/').sockets.size,
  };
}
