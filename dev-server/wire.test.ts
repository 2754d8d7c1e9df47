import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import { WebSocket, WebSocketServer } from 'ws';
import { type Listening, listen } from './listen.ts';
import { Wire } from './wire.ts';

describe('the wire', () => {
  let server: WebSocketServer;
  let wire: Wire;
  let cable: Listening;
  before(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))));
    await once(server, 'listening');
    wire = new Wire((server.address() as AddressInfo).port);
    cable = await listen(() => wire.createServer(), 0);
  });
  after(async () => {
    const closed = cable.close();
    wire.close();
    await closed;
    server.close();
  });

  const tokenOf = (user: string) =>
    new SignJWT().setProtectedHeader({ alg: 'HS256' }).setSubject(user).sign(new Uint8Array(32));

  const open = async (user?: string) => {
    const query = user ? `?protocol=1&token=${await tokenOf(user)}` : '';
    const socket = new WebSocket(`ws://127.0.0.1:${cable.port}/ws${query}`);
    await once(socket, 'open');
    return socket;
  };

  it('passes on what is said', async () => {
    const socket = await open();
    socket.send('hello');
    const [data] = await once(socket, 'message');
    assert.equal(String(data), 'hello');
    socket.close(1000);
    const [code] = await once(socket, 'close');
    assert.equal(code, 1000);
  });

  it('cuts one person off, in the middle, and nobody else', async () => {
    const [ana, ben, guest] = await Promise.all([open('ana'), open('ben'), open()]);
    assert.equal(wire.cut('ana', 0), 1);
    const [code] = await once(ana, 'close');
    assert.equal(code, 1006, 'without a close frame');
    for (const other of [ben, guest]) {
      other.send('still here');
      await once(other, 'message');
      other.terminate();
    }
  });

  it('lets nobody of that name through for a while', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    wire.cut('eve', 4_000);
    const refused = new WebSocket(`ws://127.0.0.1:${cable.port}/?token=${await tokenOf('eve')}`);
    refused.on('error', () => {});
    await new Promise((resolve) => refused.on('close', resolve));
    t.mock.timers.tick(4_000);
    (await open('eve')).terminate();
  });

  it('is not impressed by a token that is none', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${cable.port}/?token=a.b.c`);
    await once(socket, 'open');
    socket.terminate();
  });
});
