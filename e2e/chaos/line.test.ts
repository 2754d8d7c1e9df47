import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Line } from './line.ts';

/** One end of a connection, and what came there. */
class End {
  readonly socket: Socket;
  received = '';
  readonly closed: Promise<unknown>;

  constructor(socket: Socket) {
    this.socket = socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('data', (data) => {
      this.received += data;
    });
  }

  async until(text: string): Promise<void> {
    while (!this.received.endsWith(text)) await once(this.socket, 'data');
  }
}

describe('a line', () => {
  const server = createServer();
  let port: number | undefined;
  let line: Line;
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = (server.address() as AddressInfo).port;
    line = await Line.open(() => port);
  });
  const ends: End[] = [];
  afterEach(() => {
    for (const { socket } of ends.splice(0)) socket.destroy();
  });
  after(async () => {
    await line.close();
    server.close();
  });

  const connect = async () => {
    const accepted = once(server, 'connection');
    const client = new End(dial(line.port, '127.0.0.1'));
    const [socket] = (await accepted) as [Socket];
    const remote = new End(socket);
    ends.push(client, remote);
    client.socket.write('hello');
    await remote.until('hello');
    return { client, remote };
  };

  it('passes both ways, and that an end has ended', async () => {
    const { client, remote } = await connect();
    remote.socket.write('welcome');
    await client.until('welcome');
    remote.socket.end('bye');
    await client.closed;
    await remote.closed;
    assert.equal(client.received, 'welcomebye');
  });

  it('is cut for both ends', async () => {
    const { client, remote } = await connect();
    line.break({ kind: 'cut' });
    await Promise.all([client.closed, remote.closed]);
  });

  it('loses what goes up, and tells neither end', async () => {
    const { client, remote } = await connect();
    line.break({ kind: 'half-open', lost: 'up' });
    client.socket.write('lost');
    remote.socket.write('still here?');
    await client.until('still here?');
    client.socket.destroy();
    await client.closed;
    remote.socket.write('nobody there');
    assert.equal(remote.socket.readyState, 'open');
    remote.socket.end();
    await remote.closed;
    assert.equal(remote.received, 'hello');
  });

  it('loses what comes down, the end too', async () => {
    const { client, remote } = await connect();
    line.break({ kind: 'half-open', lost: 'down' });
    remote.socket.write('lost');
    client.socket.write('still here?');
    await remote.until('still here?');
    remote.socket.destroy();
    await remote.closed;
    assert.equal(client.socket.readyState, 'open');
    assert.equal(client.received, '');
  });

  it('stalls, and has lost nothing when it goes on', async () => {
    const { client, remote } = await connect();
    line.break({ kind: 'stall', duration: 100 });
    const begin = performance.now();
    client.socket.write('one');
    remote.socket.write('two');
    await Promise.all([remote.until('one'), client.until('two')]);
    assert.ok(performance.now() - begin > 90);
  });

  it('delays, and keeps the order when it no longer does', async () => {
    const { client, remote } = await connect();
    line.break({ kind: 'delay', latency: 200, duration: 100 });
    const begin = performance.now();
    client.socket.write('1');
    await sleep(120);
    client.socket.write('2');
    await remote.until('12');
    assert.ok(performance.now() - begin > 190);
  });

  it('does to the next connection what was to be done while there was none', async () => {
    const { faults } = line;
    for (const { socket } of ends.splice(0)) socket.destroy();
    while (line.links > 0) await new Promise(setImmediate);
    line.break({ kind: 'cut' });
    assert.equal(line.faults, faults);
    await new End(dial(line.port, '127.0.0.1')).closed;
    assert.equal(line.faults, faults + 1);
  });

  it('refuses while there is no server', async () => {
    const open = port;
    port = undefined;
    await new End(dial(line.port, '127.0.0.1')).closed;
    port = open;
  });
});
