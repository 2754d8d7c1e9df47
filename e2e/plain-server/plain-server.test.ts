import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { type PlainServer, startPlainServer } from './plain-server.ts';

describe('the plain server', () => {
  let server: PlainServer;
  before(async () => {
    server = await startPlainServer();
  });
  after(() => server.close());

  const connect = async () => {
    const socket = new WebSocket(`${server.url}/?protocol=1`);
    const frames: AsyncIterator<[Buffer]> = (async function* () {
      const queue: Buffer[] = [];
      let wake = () => {};
      socket.on('message', (data: Buffer) => {
        queue.push(data);
        wake();
      });
      while (true) {
        const next = queue.shift();
        if (next) yield [next] as [Buffer];
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    })();
    const next = async () => JSON.parse(String((await frames.next()).value[0]));
    return { socket, next, welcome: await next() };
  };

  it('greets with exactly the documented welcome, whatever the query asks for', async () => {
    const { welcome, socket } = await connect();
    assert.deepEqual(Object.keys(welcome), ['type', 'message', 'clientId']);
    assert.equal(welcome.message, 'Connected to WebSocket server');
    socket.terminate();
  });

  it('relays a message to everyone, its sender too', async () => {
    const [ann, bob] = [await connect(), await connect()];
    ann.socket.send(JSON.stringify({ type: 'message', clientId: 'x', message: 'Hi', timestamp: 'x' }));
    for (const { next } of [ann, bob]) {
      const { timestamp, ...rest } = await next();
      assert.deepEqual(rest, { type: 'message', clientId: ann.welcome.clientId, message: 'Hi' });
      assert.match(timestamp, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    }
    ann.socket.terminate();
    bob.socket.terminate();
  });

  it('answers what is no message with the documented error', async () => {
    const { socket, next } = await connect();
    for (const text of ['{', '[]', 'null', '{"type":"subscribe","channel":"lobby"}']) {
      socket.send(text);
      assert.deepEqual(await next(), { type: 'error', message: 'Invalid message' });
    }
    socket.terminate();
  });

  it('sends to one client, and cuts like a crash', async () => {
    const { socket, next, welcome } = await connect();
    assert.equal(server.sendTo(welcome.clientId, { type: 'notification', title: 'New order' }), true);
    assert.deepEqual(await next(), { type: 'notification', title: 'New order' });
    const closed = once(socket, 'close');
    server.cut();
    assert.equal((await closed)[0], 1006);
  });
});
