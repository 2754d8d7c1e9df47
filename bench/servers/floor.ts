/**
 * The least that anything on Node's sockets can cost: no WebSocket library, no check, no limit. What a tick brings is
 * framed once and written once to each socket. No server can be expected below it; it is no server.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type BenchServer, CHANNEL } from './bench-server.ts';
import { textFrame } from './text-frame.ts';

export async function start(): Promise<BenchServer> {
  const sockets = new Set<Socket>();
  let offset = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (request) => {
      const key = /^sec-websocket-key: (.+)\r$/im.exec(String(request))?.[1];
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
      socket.write(textFrame(JSON.stringify({ type: 'welcome', clientId: 'floor' })));
      sockets.add(socket);
      socket.resume();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    publish(text, count) {
      const frames: Buffer[] = [];
      for (let sent = 0; sent < count; sent += 1) {
        offset += 1;
        const timestamp = new Date().toISOString();
        frames.push(
          textFrame(
            JSON.stringify({
              type: 'message',
              channel: CHANNEL,
              offset,
              clientId: 'server',
              message: text,
              timestamp,
            }),
          ),
        );
      }
      const bytes = Buffer.concat(frames);
      for (const socket of sockets) socket.write(bytes);
    },
    connections: () => sockets.size,
  };
}
