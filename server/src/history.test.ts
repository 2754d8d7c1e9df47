/** What a server makes of its history: groups, catching up, a disk that refuses. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import type { TestClient } from './testing/test-client.ts';
import { TestServer } from './testing/test-server.ts';
import type { ServerOptions } from './types.ts';

const folder = mkdtempSync(join(tmpdir(), 'ws-server-history-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;

const running: TestServer[] = [];
const start = async (options: ServerOptions = {}) => {
  const server = await TestServer.start({
    anonymous: true,
    limits: { publications: 1_000_000, frames: 1_000_000 },
    ...options,
  });
  running.push(server);
  return server;
};
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
const file = () => `sqlite:${join(folder, `${++files}.sqlite`)}`;

const chat = (n: number, message = `${n}`) => ({ type: 'message', id: `m${n}`, channel: 'lobby', message });
const publish = (server: TestServer, n: number, pad = '') =>
  server.server.publish({ channel: 'lobby', data: { type: 'n', n, pad } });
/** Numbers of what comes until the last is there. */
const numbers = async (client: TestClient, last: number) => {
  const got: unknown[] = [];
  while (got.at(-1) !== last) got.push((await client.next('n')).n);
  return got;
};

for (const kind of ['memory', 'sqlite']) {
  describe(`a server with its history in ${kind}`, () => {
    const options = () => ({ history: kind === 'memory' ? kind : file() });

    it('answers and delivers what one client sends at once, in order, the ack first', async () => {
      const server = await start(options());
      const client = await server.connect({ protocol: '1' });
      await client.ask({ type: 'subscribe', id: 's', channel: 'lobby' }, 'subscribed');
      for (let n = 1; n <= 50; n++) client.send(chat(n));
      for (let n = 1; n <= 50; n++) {
        assert.deepEqual(
          [(await client.next('ack')).id, (await client.next('message')).offset],
          [`m${n}`, n],
        );
      }
    });

    it('publishes a key once, also when it comes twice at the same time', async () => {
      const server = await start(options());
      const twice = await Promise.all(
        [1, 2].map(() =>
          server.server.publish({ channel: 'lobby', data: { type: 'x' }, idempotencyKey: 'k' }),
        ),
      );
      assert.deepEqual(
        twice.map((answer) => ('offset' in answer ? [answer.offset, answer.deduplicated] : [])),
        [
          [1, false],
          [1, true],
        ],
      );
      const client = await server.connect({ protocol: '1', session: 's'.repeat(16) });
      client.send(chat(1));
      client.send(chat(1));
      assert.deepEqual([(await client.next('ack')).offset, (await client.next('ack')).offset], [2, 2]);
    });

    it('tells keys apart that are no text in UTF-8', async () => {
      const server = await start(options());
      for (const [idempotencyKey, offset] of [
        ['\ud800', 1],
        ['\ud801', 2],
        ['\\ud800', 3],
        ['\ufffd', 4],
        ['\ud800', 1],
        ['\ufffd', 4],
      ] as const) {
        const { answer } = await server.publish({ channel: 'x', data: { type: 'n' }, idempotencyKey });
        assert.equal(answer.offset, offset, JSON.stringify(idempotencyKey));
      }
    });

    it('keeps by when it came what tells of long ago, and knows its key', async () => {
      const server = await start(options());
      const data = { type: 'note', timestamp: '2020-01-01T00:00:00.000Z' };
      const old = { channel: 'lobby', data, idempotencyKey: 'old' };
      await server.server.publish(old);
      const again = await server.server.publish(old);
      assert.equal('deduplicated' in again && again.deduplicated, true);
      const client = await server.connect({ protocol: '1' });
      client.send({ type: 'history', id: 'h', channel: 'lobby', limit: 10 });
      const { publications } = (await client.next('history')) as { publications?: { timestamp: string }[] };
      assert.deepEqual(
        publications?.map(({ timestamp }) => timestamp),
        [data.timestamp],
      );
    });

    it('catches up whoever reads slowly, without a gap or a double, while more is published', async () => {
      const server = await start({
        ...options(),
        limits: { queued: 300_000 },
        retention: ['lobby=5000/1d/64M'],
      });
      const pad = 'x'.repeat(1000);
      const first = await publish(server, 1);
      const { epoch } = first as { epoch: string };
      await Promise.all(Array.from({ length: 1999 }, (_, index) => publish(server, index + 2, pad)));
      const client = await server.connect({ protocol: '1' });
      client.send({ type: 'subscribe', id: 's', channel: 'lobby', since: `${epoch}:1` });
      assert.equal((await client.next('subscribed')).recovered, true);
      const live = Array.from({ length: 100 }, (_, index) => publish(server, 2001 + index, pad));
      await Promise.all(live);
      const got = await numbers(client, 2100);
      assert.deepEqual(
        got,
        Array.from({ length: 2099 }, (_, index) => index + 2),
      );
    });

    it('begins anew for who asks anew while it is caught up', async () => {
      const server = await start({
        ...options(),
        limits: { queued: 100_000 },
        retention: ['lobby=5000/1d/64M'],
      });
      const pad = 'x'.repeat(1000);
      const [first] = await Promise.all(
        Array.from({ length: 1500 }, (_, index) => publish(server, index + 1, pad)),
      );
      const { epoch } = first as { epoch: string };
      const client = await server.connect({ protocol: '1' });
      client.send({ type: 'subscribe', id: 's', channel: 'lobby', since: `${epoch}:0` });
      client.send({ type: 'subscribe', id: 't', channel: 'lobby', since: `${epoch}:1000` });
      const got = (await numbers(client, 1500)) as number[];
      const again = got.lastIndexOf(1001);
      assert.deepEqual(
        got.slice(again),
        Array.from({ length: 500 }, (_, index) => 1001 + index),
      );
      client.send({ type: 'subscribe', id: 'u', channel: 'lobby', since: `${epoch}:0` });
      client.send({ type: 'unsubscribe', id: 'v', channel: 'lobby' });
      await client.next('unsubscribed');
      await publish(server, 1501);
      assert.deepEqual(await client.settle(), []);
    });

    it('loses and doubles nothing for who subscribes while it publishes', async () => {
      const server = await start(options());
      const { epoch } = (await publish(server, 1)) as { epoch: string };
      const clients = await Promise.all([1, 2, 3, 4].map(() => server.connect({ protocol: '1' })));
      const seen: number[] = [];
      let n = 1;
      for (let round = 0; round < 40; round++) {
        const client = clients[round % 4] as TestClient;
        const since = seen[round % 4] ?? 1;
        const pending = [publish(server, ++n), publish(server, ++n)];
        client.send({ type: 'subscribe', id: `s${round}`, channel: 'lobby', since: `${epoch}:${since}` });
        pending.push(publish(server, ++n));
        await Promise.all(pending);
        const got = (await numbers(client, n)) as number[];
        const fresh = [...new Set(got)].sort((a, b) => a - b);
        assert.deepEqual(
          fresh,
          Array.from({ length: n - since }, (_, index) => since + 1 + index),
        );
        seen[round % 4] = n;
        client.send({ type: 'unsubscribe', id: `u${round}`, channel: 'lobby' });
        await client.next('unsubscribed');
      }
    });

    it('loses and doubles nothing in 10,000 subscriptions while it publishes', async () => {
      const server = await start({ ...options(), retention: ['lobby=100000/1d/1G'] });
      const { epoch } = (await publish(server, 1)) as { epoch: string };
      let isOver = false;
      let last = 1;
      const publishing = (async () => {
        while (!isOver) {
          await Promise.all([publish(server, ++last), publish(server, ++last), publish(server, ++last)]);
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      const subscriber = async () => {
        const client = await server.connect({ protocol: '1' });
        let at = 0;
        for (let n = 0; n < 400; n++) {
          client.send({ type: 'subscribe', id: 's', channel: 'lobby', since: `${epoch}:${at}` });
          client.send({ type: 'unsubscribe', id: 'u', channel: 'lobby' });
          for (let frame = await client.next(); frame.type !== 'unsubscribed'; frame = await client.next()) {
            if (frame.type === 'subscribed') assert.equal(frame.recovered, true);
            if (frame.type === 'n') assert.equal(frame.offset, ++at);
          }
        }
        return at;
      };
      const reached = await Promise.all(Array.from({ length: 25 }, subscriber));
      isOver = true;
      await publishing;
      assert.ok(Math.min(...reached) > 1);
    });
  });
}

describe('a server with its history in a file', () => {
  it('goes on after a restart: offsets, epoch, what was missed, what it knows of ids', async () => {
    const history = file();
    const before = await start({ history });
    const client = await before.connect({ protocol: '1', session: 's'.repeat(16) });
    const { epoch } = await client.ask(chat(1), 'ack');
    await client.ask(chat(2), 'ack');
    await before.stop();
    running.splice(running.indexOf(before), 1);

    const server = await start({ history });
    const again = await server.connect({ protocol: '1', session: 's'.repeat(16) });
    assert.deepEqual((await again.ask(chat(2), 'ack')).offset, 2);
    again.send({ type: 'subscribe', id: 's', channel: 'lobby', since: `${epoch}:1` });
    assert.equal((await again.next('subscribed')).recovered, true);
    assert.equal((await again.next('message')).message, '2');
    assert.equal((await again.ask(chat(3), 'ack')).offset, 3);
  });

  it('answers everyone where its file is damaged, and goes on', async () => {
    const history = file();
    const before = await start({ history });
    const pad = 'x'.repeat(3000);
    for (let n = 1; n <= 30; n++) {
      await before.server.publish({ channel: 'lobby', data: { type: 'n', n, pad }, idempotencyKey: `${n}` });
    }
    await before.stop();
    running.splice(running.indexOf(before), 1);
    const path = history.slice('sqlite:'.length);
    const bytes = readFileSync(path);
    // Tables and indices begin on the first pages of 4,096 bytes; what is in them comes behind.
    bytes.fill(0xa5, 8 * 4096);
    writeFileSync(path, bytes);

    const server = await start({ history });
    const answer = await server.api('/api/history?channel=lobby');
    assert.equal(answer.status, 503);
    assert.equal(((await answer.json()) as { error: { code: string } }).error.code, 'unavailable');
    const client = await server.connect({ protocol: '1' });
    const asked = await client.ask({ type: 'history', id: 'h', channel: 'lobby' }, 'error');
    assert.deepEqual([asked.code, asked.id], ['unavailable', 'h']);
    const { epoch, offset } = await client.ask(
      { type: 'subscribe', id: 's', channel: 'lobby' },
      'subscribed',
    );
    assert.equal(offset, 30);
    const since = `${epoch}:28`;
    const again = await client.ask({ type: 'subscribe', id: 't', channel: 'lobby', since }, 'subscribed');
    assert.equal(again.recovered, false);
    assert.equal(server.logged.filter(({ msg }) => /cannot be read/.test(msg)).length, 1);
  });

  it('takes memory instead where another server has the file that nobody asked for, and says so', async () => {
    const home = process.cwd();
    process.chdir(folder);
    try {
      const history = undefined;
      const first = await start({ history });
      const second = await start({ history });
      assert.equal(first.logged.filter(({ level }) => level === 40).length, 0);
      assert.match(`${second.logged[0]?.msg}`, /in use by another server.*in memory.*--history/);
    } finally {
      process.chdir(home);
    }
  });

  it('does not start where the file that was asked for is taken', async () => {
    const history = file();
    await start({ history });
    await assert.rejects(start({ history }), { name: 'HistoryFileError' });
  });
});
