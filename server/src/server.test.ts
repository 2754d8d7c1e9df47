/**
 * What the conformance cases cannot see from outside: time, memory, what is written and logged.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, afterEach, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { CloseCode } from '../../protocol/src/close-codes.ts';
import { createServer } from './index.ts';
import { TestServer } from './testing/test-server.ts';
import type { ServerOptions } from './types.ts';

const running: TestServer[] = [];

async function start(options?: ServerOptions): Promise<TestServer> {
  const started = await TestServer.start(options);
  running.push(started);
  return started;
}

afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});

/** A TCP connection that says what it is told to. */
async function raw(
  server: TestServer,
  text = '',
): Promise<{ socket: Socket; read(): string; ended: Promise<unknown> }> {
  const socket = connect(server.port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  socket.on('error', () => undefined);
  const ended = new Promise((resolve) => socket.on('close', resolve));
  await once(socket, 'connect');
  socket.write(text);
  return { socket, read: () => received, ended };
}

const upgrade = (path = '/', headers = '') =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`;

describe('a token in time', () => {
  it('ends the connection when it does, with 4004', async () => {
    const server = await start({ heartbeat: 3_600_000 });
    const client = await server.connect({ protocol: '1', token: server.token() });
    server.pass(299_000);
    assert.equal((await client.ask({ type: 'ping' }, 'pong')).type, 'pong');
    server.pass(1000);
    assert.equal((await client.closed).code, CloseCode.TokenExpired);
  });

  it('ends a plain connection too', async () => {
    const server = await start({ heartbeat: 3_600_000 });
    const client = await server.connect({ token: server.token() });
    server.pass(300_000);
    assert.equal((await client.closed).code, CloseCode.TokenExpired);
  });

  it('goes on where it was renewed', async () => {
    const server = await start({ heartbeat: 3_600_000 });
    const client = await server.connect({ protocol: '1', token: server.token() });
    server.pass(200_000);
    const ack = await client.ask({ type: 'auth', id: 'a', token: server.token() }, 'ack');
    assert.equal(ack.tokenExpiresIn, 300_000);
    server.pass(200_000);
    assert.equal((await client.ask({ type: 'ping' }, 'pong')).type, 'pong');
  });

  it('holds what comes behind its renewal until it is known what is granted', async () => {
    const server = await start({ heartbeat: 3_600_000 });
    const client = await server.connect({ protocol: '1', token: server.token() });
    client.send({ type: 'auth', id: 'a', token: server.token({ read: ['news'] }) });
    client.send({ type: 'subscribe', id: 's', channel: 'news' });
    client.send({ type: 'auth', id: 'b', token: 'wrong' });
    client.send({ type: 'unsubscribe', id: 'u', channel: 'news' });
    await client.next('welcome');
    const answers = [await client.next(), await client.next(), await client.next(), await client.next()];
    assert.deepEqual(
      answers.map(({ type, id }) => `${type} ${id}`),
      ['ack a', 'subscribed s', 'error b', 'unsubscribed u'],
    );
  });

  it('may have been for somebody who is gone by the time it is checked', async () => {
    const server = await start({ heartbeat: 3_600_000 });
    const client = await server.connect({ protocol: '1', token: server.token() });
    client.send({ type: 'auth', id: 'a', token: server.token() });
    client.drop();
    await client.closed;
    const other = await server.connect({ protocol: '1', token: server.token() });
    assert.equal((await other.ask({ type: 'ping' }, 'pong')).type, 'pong');
  });
});

describe('what is remembered', () => {
  it('is a message id as long as the history, and for ten minutes at least', async () => {
    const server = await start({ anonymous: true, retention: ['lobby=0', '*=9/1h'] });
    const client = await server.connect({ protocol: '1', session: 's'.repeat(16) });
    const message = { type: 'message', id: 'm', channel: 'lobby', message: 'Hi' };
    assert.equal((await client.ask(message, 'ack')).offset, 1);
    server.now += 599_999;
    assert.equal((await client.ask(message, 'ack')).offset, 1);
    server.now += 1;
    assert.equal((await client.ask(message, 'ack')).offset, 2);

    const kept = await start({ anonymous: true, retention: ['lobby=9/1h'] });
    const other = await kept.connect({ protocol: '1', session: 's'.repeat(16) });
    assert.equal((await other.ask(message, 'ack')).offset, 1);
    kept.now += 3_599_999;
    assert.equal((await other.ask(message, 'ack')).offset, 1);
    kept.pass(1);
    assert.equal((await other.ask(message, 'ack')).offset, 2);
  });

  it('is an idempotency key for ten minutes', async () => {
    const server = await start();
    const request = { channel: 'news', data: { type: 'x' }, idempotencyKey: '__proto__' };
    assert.deepEqual((await server.publish(request)).answer.deduplicated, false);
    server.now += 599_999;
    assert.deepEqual((await server.publish(request)).answer.deduplicated, true);
    server.pass(1);
    assert.deepEqual((await server.publish(request)).answer.deduplicated, false);
  });

  it('is nothing of a channel that was never published to, once its last subscriber is gone', async () => {
    const server = await start({ anonymous: true, anonymousRead: ['*'] });
    const client = await server.connect({ protocol: '1' });
    client.send({ type: 'subscribe', id: 's', channel: 'constructor' });
    await client.next('subscribed');
    client.drop();
    await client.closed;
    const { channels } = (await (await server.api('/api/channels')).json()) as { channels: unknown[] };
    assert.deepEqual(channels, []);
  });
});

describe('limits in time', () => {
  it('are given back a minute later', async () => {
    const server = await start({ anonymous: true, limits: { publications: 1 } });
    const client = await server.connect({ protocol: '1' });
    const send = (id: string) => client.ask({ type: 'message', id, channel: 'lobby', message: 'Hi' });
    await client.next('welcome');
    assert.equal((await send('a')).type, 'ack');
    server.now += 20_000;
    const refused = await send('b');
    assert.deepEqual([refused.code, refused.id, refused.retryAfter], ['rate_limited', 'b', 40_000]);
    server.pass(40_000);
    assert.equal((await send('b')).type, 'ack');
  });

  it('end a connection that took too long to say anything', async () => {
    const server = await start({ anonymous: true });
    const silent = await raw(server);
    const slow = await raw(server, 'GET / HTTP/1.1\r\nHost: a\r\n');
    const client = await server.connect({ protocol: '1' });
    server.pass(9999);
    assert.equal(silent.socket.destroyed || slow.socket.destroyed, false);
    server.pass(1);
    await Promise.all([silent.ended, slow.ended]);
    assert.equal((await client.ask({ type: 'ping' }, 'pong')).type, 'pong');
  });
});

describe('connections', () => {
  it('are counted from accept, and those above are told', async () => {
    const server = await start({ anonymous: true, limits: { connections: 2 } });
    await raw(server);
    const inside = await server.connect({ protocol: '1' });
    const above = await server.connect();
    assert.equal((await above.closed).code, CloseCode.TooManyConnections);
    assert.equal((await inside.ask({ type: 'ping' }, 'pong')).type, 'pong');
  });

  it('are destroyed above twice the limit', async () => {
    const server = await start({ anonymous: true, limits: { connectionsPerAddress: 1 } });
    await raw(server);
    await raw(server);
    const third = await raw(server, upgrade());
    await third.ended;
    assert.equal(third.read(), '');
  });

  it('make room when they end', async () => {
    const server = await start({ anonymous: true, limits: { connectionsPerAddress: 1 } });
    const first = await raw(server);
    first.socket.destroy();
    await first.ended;
    // The server learns of it a moment after us.
    let client = await server.connect();
    while (client.socket.readyState !== client.socket.OPEN) client = await server.connect();
    assert.equal((await client.next()).type, 'welcome');
  });

  it('count for the client that a trusted proxy names', async () => {
    const server = await start({
      anonymous: true,
      trustProxy: ['127.0.0.1'],
      limits: { connectionsPerAddress: 1 },
    });
    const from = (address: string) => server.connect({ protocol: '1' }, { 'x-forwarded-for': address });
    const one = await from('198.51.100.1');
    const other = await from('198.51.100.2');
    assert.equal((await (await from('198.51.100.1')).closed).code, CloseCode.TooManyConnections);
    for (const client of [one, other])
      assert.equal((await client.ask({ type: 'ping' }, 'pong')).type, 'pong');
  });

  it('of a user are counted at the last moment, so that two at once are not both the last', async () => {
    const server = await start({ limits: { connectionsPerUser: 1 } });
    const token = server.token();
    const both = await Promise.all([1, 2].map(() => server.connect({ token })));
    const open = both.filter(({ socket }) => socket.readyState === socket.OPEN);
    await Promise.all(both.filter((client) => !open.includes(client)).map(({ closed }) => closed));
    assert.equal(open.length, 1);
  });
});

describe('writing', () => {
  it('puts what a tick brings for a socket into one write', async () => {
    const server = await start({ anonymous: true });
    const socket = connect(server.port, '127.0.0.1');
    let chunks: Buffer[] = [];
    socket.on('data', (chunk) => void chunks.push(chunk));
    socket.write(upgrade());
    while (!Buffer.concat(chunks).includes('welcome')) await nextTurn();
    chunks = [];
    for (let index = 0; index < 10; index += 1) {
      void server.server.publish({ channel: 'lobby', data: { type: 'message', message: `${index}` } });
    }
    while (!Buffer.concat(chunks).includes('"message":"9"')) await nextTurn();
    assert.equal(chunks.length, 1);
    socket.destroy();
  });

  it('keeps the order of publications, answers and a closing code', async () => {
    const server = await start({ anonymous: true, limits: { errors: 1 } });
    const client = await server.connect({ protocol: '1' });
    await client.next('welcome');
    client.send({ type: 'subscribe', id: 's', channel: 'lobby' });
    client.send({ type: 'message', id: 'm', channel: 'lobby', message: 'Hi' });
    client.send('nonsense');
    client.send('nonsense');
    const types = [await client.next(), await client.next(), await client.next(), await client.next()];
    assert.deepEqual(
      types.map(({ type }) => type),
      ['subscribed', 'ack', 'message', 'error'],
    );
    assert.equal((await client.closed).code, CloseCode.Flood);
  });

  it('cuts off one who never reads, and nobody else', async () => {
    const server = await start({ anonymous: true, limits: { queued: 65_536 } });
    const slow = await raw(server, upgrade());
    await once(slow.socket, 'data');
    slow.socket.pause();
    const reader = await server.connect();
    const text = 'x'.repeat(60_000);
    const cutOff = () => server.logged.filter(({ msg }) => msg === 'slow reader cut off').length;
    for (let index = 0; index < 1000 && cutOff() === 0; index += 1) {
      await server.server.publish({ channel: 'lobby', data: { type: 'message', message: text } });
      await reader.next('message');
    }
    assert.equal(cutOff(), 1);
    slow.socket.resume();
    await slow.ended;
    assert.equal(server.server.connections, 1);
  });

  it('does not take a full tick for a slow reader', async () => {
    const server = await start({ anonymous: true, limits: { queued: 1_048_576 } });
    const client = await server.connect();
    for (let index = 0; index < 40; index += 1) {
      void server.server.publish({
        channel: 'lobby',
        data: { type: 'message', message: 'x'.repeat(50_000) },
      });
    }
    for (let index = 0; index < 40; index += 1) await client.next('message');
  });
});

describe('liveness', () => {
  it('ends a connection after two heartbeats without a sign of life', async () => {
    const server = await start({ anonymous: true });
    const client = await server.connect({ protocol: '1' });
    server.pass(25_000);
    await client.next('ping');
    server.pass(24_999);
    assert.equal(client.socket.readyState, client.socket.OPEN);
    server.pass(1);
    assert.equal((await client.closed).code, CloseCode.NoSignOfLife);
  });

  it('asks before it ends one, however long it was away itself', async () => {
    const server = await start({ anonymous: true, heartbeat: 10_000 });
    const client = await server.connect({ protocol: '1' });
    await client.next('welcome');
    server.pass(60_000);
    assert.equal((await client.next()).type, 'ping');
    server.pass(1000);
    assert.equal((await client.closed).code, CloseCode.NoSignOfLife);
  });

  it('takes any frame for one', async () => {
    const server = await start({ anonymous: true });
    const client = await server.connect({ protocol: '1' });
    for (let beat = 0; beat < 4; beat += 1) {
      server.pass(20_000);
      await client.ask({ type: 'ping' }, 'pong');
      server.pass(0);
    }
    assert.equal(client.socket.readyState, client.socket.OPEN);
  });

  it('does not count answers to pings against a client', async () => {
    const server = await start({ anonymous: true, limits: { frames: 1 } });
    const client = await server.connect({ protocol: '1' });
    for (let beat = 0; beat < 3; beat += 1) {
      server.pass(25_000);
      await client.next('ping');
      client.send({ type: 'pong' });
      client.send({ type: 'message', id: `m${beat}`, channel: 'lobby', message: 'Hi' });
      await client.next('ack');
      server.pass(0);
    }
    const { errors } = (await (await server.api('/api/stats')).json()) as { errors: number };
    assert.equal(errors, 0);
  });

  it('does count control frames that nobody asked for', async () => {
    const server = await start({ anonymous: true, limits: { frames: 2 } });
    const client = await server.connect({ protocol: '1' });
    for (let index = 0; index < 3; index += 1) client.socket.ping();
    assert.equal((await client.next('error')).code, 'rate_limited');
  });
});

describe('shutting down', () => {
  it('tells clients when to come back, then closes them with 4000', async () => {
    const server = await start({ anonymous: true });
    const client = await server.connect({ protocol: '1' });
    const plain = await server.connect();
    const closing = server.server.close();
    const { after } = await client.next('reconnect');
    assert.ok(Number.isInteger(after) && (after as number) >= 0);
    assert.equal((await client.closed).code, CloseCode.Restart);
    assert.equal((await plain.closed).code, CloseCode.Restart);
    await closing;
  });

  it('is not ready, takes no sockets and no publications meanwhile', async () => {
    const server = await start({ anonymous: true });
    const client = await raw(server, upgrade());
    await once(client.socket, 'data');
    const closing = server.server.close();
    assert.equal((await server.api('/healthz')).status, 503);
    const refused = await raw(server, upgrade());
    await refused.ended;
    assert.match(refused.read(), /^HTTP\/1\.1 503 /);
    const { status, answer } = await server.publish({ broadcast: true, data: { type: 'x' } });
    assert.deepEqual(
      [status, answer],
      [503, { error: { code: 'unavailable', message: 'the server shuts down' } }],
    );
    await assert.rejects(server.server.publish({ broadcast: true, data: { type: 'x' } }), {
      code: 'unavailable',
    });
    client.socket.destroy();
    await closing;
  });

  it('may be asked for twice, and before anything began', async () => {
    const server = createServer({ anonymous: true, history: 'memory', logger: false });
    await Promise.all([server.close(), server.close()]);
  });
});

describe('HTTP', () => {
  const server = TestServer.start({ anonymous: true, limits: { body: 1000 } });
  after(async () => (await server).stop());

  it('says that it is well', async () => {
    const response = await fetch(`${(await server).server.httpUrl}/healthz?now`);
    assert.deepEqual([response.status, await response.json()], [200, { status: 'ok' }]);
  });

  it('says that it reads no compressed body', async () => {
    const server = await start();
    const body = gzipSync('{"channel":"x","data":{"type":"x"}}');
    const init = { method: 'POST', body, headers: { 'content-encoding': 'gzip' } };
    const answer = await server.api('/api/publish', init);
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /"invalid_request","message":"Content-Encoding: .* got gzip"/);
  });

  it('answers who names the whole address, as proxies do', async () => {
    const server = await start();
    const ask = `GET http://ws.example:8081/healthz HTTP/1.1\r\nHost: ws.example:8081\r\nConnection: close\r\n\r\n`;
    const { read, ended } = await raw(server, ask);
    await ended;
    assert.match(read(), /^HTTP\/1\.1 200 /);
  });

  it('says which part of a question is wrong', async () => {
    const server = await start();
    for (const [question, field] of [
      ['position?user=', 'user'],
      ['position?channel=lobby&user=a%20b', 'user'],
      ['position?user=7&channel=', 'channel'],
      ['history?user=', 'user'],
      ['history?user=a%20b', 'user'],
      ['history?user=7&limit=101', 'limit'],
    ] as const) {
      const answer = await server.api(`/api/${question}`);
      assert.equal(answer.status, 400, question);
      assert.equal(((await answer.json()) as { error: { field: string } }).error.field, field, question);
    }
  });

  it('passes every field of a publication on, whatever JavaScript means by its name', async () => {
    const server = await start();
    const token = server.token({ read: ['x'], write: ['x'], types: ['race'] });
    const client = await server.connect({ protocol: '1', token });
    await client.ask({ type: 'subscribe', id: 's', channel: 'x' });
    const fields = '"type":"race","constructor":"Ferrari","prototype":1,"toString":"","__proto__":{"a":1}';
    const answer = await server.api('/api/publish', {
      method: 'POST',
      body: `{"channel":"x","data":{${fields}}}`,
    });
    assert.equal(answer.status, 200);
    const fromBackEnd = await client.next('race');
    client.send(`{"channel":"x","id":"m",${fields}}`);
    for (const frame of [fromBackEnd, await client.next('race')] as Record<string, unknown>[]) {
      const values = ['constructor', 'prototype', 'toString'].map((name) => frame[name]);
      assert.deepEqual(values, ['Ferrari', 1, '']);
      assert.equal(Object.hasOwn(frame, '__proto__'), false);
    }
  });

  it('has answers that nobody keeps or takes for something else', async () => {
    for (const path of ['/healthz', '/nothing', '/api/stats']) {
      const { headers } = await (await server).api(path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('cache-control'), 'no-store');
    }
  });

  it('lets a right key through, however many wrong ones came', async () => {
    const { server: own, now } = await server;
    const statuses: number[] = [];
    for (let index = 0; index < 22; index += 1) {
      const response = await fetch(`${own.httpUrl}/api/stats`, {
        headers: { authorization: `Bearer ${index}` },
      });
      statuses.push(response.status);
      if (response.status === 429) assert.equal(response.headers.get('retry-after'), '60');
    }
    assert.deepEqual(statuses, [...Array(20).fill(401), 429, 429]);
    assert.equal((await (await server).api('/api/stats')).status, 200);
    (await server).pass(60_000);
    assert.equal(
      (await fetch(`${own.httpUrl}/api/stats`, { headers: { authorization: 'Bearer x' } })).status,
      401,
    );
    assert.ok(now > 0);
  });

  it('goes on with a connection whose body was too large', async () => {
    const own = await server;
    const request = (body: string) =>
      `POST /api/publish HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${own.apiKey}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const client = await raw(
      own,
      request('x'.repeat(5000)) +
        request('x'.repeat(100_000)) +
        request('{"broadcast":true,"data":{"type":"x"}}'),
    );
    while (!client.read().includes('deduplicated')) await once(client.socket, 'data');
    assert.match(client.read(), /^HTTP\/1\.1 413 .*HTTP\/1\.1 413 .*HTTP\/1\.1 200 /s);
    client.socket.destroy();
  });

  it('answers before a body that announces itself too large', async () => {
    const own = await server;
    const client = await raw(
      own,
      `POST /api/publish HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${own.apiKey}\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n`,
    );
    await once(client.socket, 'data');
    assert.match(client.read(), /^HTTP\/1\.1 413 /);
    client.socket.destroy();
  });

  it('ends a connection whose body has no end', async () => {
    const own = await server;
    const client = await raw(
      own,
      `POST /api/publish HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${own.apiKey}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = `400\r\n${'x'.repeat(1024)}\r\n`;
    for (let index = 0; index < 64 && client.socket.writable; index += 1) client.socket.write(chunk);
    await client.ended;
    assert.match(client.read(), /^HTTP\/1\.1 413 /);
  });

  it('takes offers of other protocols for what they are, offers', async () => {
    const own = await server;
    const body = '{"broadcast":true,"data":{"type":"x"}}';
    const client = await raw(
      own,
      `POST /api/publish HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nAuthorization: Bearer ${own.apiKey}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await once(client.socket, 'data');
    assert.match(client.read(), /^HTTP\/1\.1 200 /);
    client.socket.destroy();
  });

  it('tells what is no HTTP, and what is too much of it', async () => {
    const own = await server;
    const cases: [string, RegExp][] = [
      ['hello\r\n\r\n', /^HTTP\/1\.1 400 /],
      [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
      [`GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`, /^HTTP\/1\.1 400 /],
      [upgrade().replace('13', '12'), /^HTTP\/1\.1 400 /],
    ];
    for (const [text, answer] of cases) {
      const client = await raw(own, text);
      await client.ended;
      assert.match(client.read(), answer);
    }
  });

  it('tells back ends who is there and how much there was', async () => {
    const own = await start({ anonymous: true });
    await own.connect({ protocol: '1', token: own.token({ name: 'Ann' }) });
    const plain = await own.connect();
    plain.send({ type: 'message', message: 'Hi' });
    await plain.next('message');
    const read = async (path: string) =>
      (await (await own.api(path)).json()) as Record<string, Record<string, unknown>[]>;
    const { clients } = await read('/api/clients');
    assert.deepEqual(
      clients?.map(({ userId, name, protocol, channels }) => [userId, name, protocol, channels]),
      [
        ['7', 'Ann', 1, []],
        [undefined, undefined, undefined, ['lobby', 'broadcast']],
      ],
    );
    const { channels } = await read('/api/channels');
    assert.deepEqual(
      channels?.map(({ channel, offset, connections, people }) => [channel, offset, connections, people]),
      [
        ['lobby', 1, 1, 1],
        ['broadcast', 0, 1, 1],
      ],
    );
    const stats = (await read('/api/stats')) as unknown as Record<string, number>;
    assert.deepEqual([stats.connections, stats.users, stats.messages, stats.publications], [2, 1, 1, 1]);
  });
});

describe('the log', () => {
  it('has every frame and no token, where debug is on', async () => {
    const server = await start({ debug: true });
    const token = server.token();
    const renewed = server.token({ name: 'Ann' });
    const client = await server.connect({ protocol: '1', token });
    await client.ask({ type: 'auth', id: 'a', token: renewed }, 'ack');
    await client.ask({ type: 'auth', id: 'b', token: 'my password' }, 'error');
    await client.ask(`{"type":"auth", "\\u0074oken": "${renewed}", "id": "c"}`, 'ack');
    await server.connect({ token: server.token({}, { secret: 'another' }) });
    await server.publish({
      broadcast: true,
      data: { type: 'x', link: `https://shop.example/?token=${token}` },
    });
    const log = JSON.stringify(server.logged);
    assert.match(log, /frame in/);
    assert.match(log, /frame out/);
    assert.match(log, /"token\\":\\"\*\*\*/);
    for (const secret of [
      token,
      renewed,
      token.split('.')[1],
      token.split('.')[2],
      server.secret,
      server.apiKey,
      'my password',
    ]) {
      assert.ok(!log.includes(secret as string));
    }
    assert.ok(server.logged.some(({ msg }) => msg === 'Total connections: 1'));
    assert.ok(server.logged.some(({ msg }) => msg === 'Total messages processed: 1'));
  });

  it('has no frames otherwise, but the counters now and then', async () => {
    const server = await start({ anonymous: true });
    const client = await server.connect({ protocol: '1' });
    await client.ask({ type: 'ping' }, 'pong');
    assert.deepEqual(server.logged, []);
    server.pass(20_000);
    await client.ask({ type: 'ping' }, 'pong');
    server.pass(40_000);
    assert.deepEqual(
      server.logged.map(({ msg }) => msg),
      ['Total connections: 1. Total messages processed: 2'],
    );
  });

  it('says why a client was refused, and what to do', async () => {
    const server = await start({ anonymous: true });
    const client = await server.connect({}, { origin: 'https://other.example' });
    assert.equal((await client.closed).code, CloseCode.OriginNotAllowed);
    assert.match(server.logged[0]?.msg ?? '', /origin "https:\/\/other.example" is not allowed; .*--origin/);
  });

  it('has no token of a client that puts it where it does not belong', async () => {
    const server = await start();
    const token = server.token();
    for (const [query, origin] of [
      [{ protocol: `1?token=${token}` }, undefined],
      [{ protocol: '1?token=opaque' }, undefined],
      [{ protocol: '1' }, `https://shop.example/?token=${token}`],
    ] as const) {
      await server.connect(query, origin && { origin });
    }
    const log = JSON.stringify(server.logged);
    assert.equal(log.match(/refused/g)?.length, 3);
    assert.ok(!log.includes('eyJ') && !log.includes('opaque'), log);
  });
});

describe('createServer', () => {
  it('names the option that is wrong', () => {
    assert.throws(() => createServer(), { name: 'OptionError', message: /secret.*anonymous/ });
    assert.throws(() => createServer({ secret: 'short' }), {
      message: 'secret: expected at least 32 bytes, got 5 bytes',
    });
    assert.throws(() => createServer({ anonymous: true, port: -1 }), {
      message: /^port: expected .*, got -1$/,
    });
    assert.throws(() => createServer({ anonymous: true, prot: 1 } as ServerOptions), {
      message: 'prot: no such option',
    });
    assert.throws(() => createServer({ anonymous: true, limits: { frame: 1.5 } }), {
      message: /^limits.frame: expected/,
    });
  });

  it('tells an address that others can use', async () => {
    const server = await start({ anonymous: true });
    assert.equal(server.server.url, `ws://127.0.0.1:${server.port}`);
    assert.equal(server.server.httpUrl, `http://127.0.0.1:${server.port}`);
  });

  it('refuses a port that is taken', async () => {
    const server = await start({ anonymous: true });
    const other = createServer({
      anonymous: true,
      history: 'memory',
      host: '127.0.0.1',
      port: server.port,
      logger: false,
    });
    await assert.rejects(other.listen(), { code: 'EADDRINUSE' });
    await other.close();
  });

  it('publishes without HTTP, and throws what is wrong with it', async () => {
    const server = await start();
    const answer = await server.server.publish({ user: '7', data: { type: 'notification', title: 'Hi' } });
    assert.deepEqual(
      { ...answer, epoch: '' },
      { channel: 'user:7', epoch: '', offset: 1, deduplicated: false },
    );
    await assert.rejects(server.server.publish({ user: '7', data: { type: 'notification' } }), {
      name: 'PublishError',
      code: 'invalid_request',
      field: 'data.title',
    });
  });
});
