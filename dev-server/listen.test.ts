import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, it } from 'node:test';
import { listen, PortTakenError } from './listen.ts';

describe('listening on this machine', () => {
  it('answers whichever address a browser tries for localhost', async () => {
    const server = await listen(() => createServer((socket) => socket.end('hello')), 0);
    const socket = connect(server.port, 'localhost');
    const [greeting] = await once(socket, 'data');
    assert.equal(String(greeting), 'hello');
    socket.destroy();
    await server.close();
  });

  it('says which port is taken', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    await assert.rejects(
      listen(() => createServer(), port),
      (error) => {
        assert.ok(error instanceof PortTakenError);
        assert.equal(error.port, port);
        return true;
      },
    );
    other.close();
  });
});
