/**
 * What people send who mean harm, or a program that is broken: more than 10,000 malformed, oversized, wrong-typed and mistimed
 * frames and upgrade requests, and the attacks by which `ws` and engine.io were brought down. The server is a process of
 * its own. After each of them it has to serve a normal client, another has to have noticed nothing, and in the end its
 * memory has to be bounded.
 *
 * `WS_HOSTILE_SEED` tries other values than those of every day.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { Endpoint } from '../../protocol/conformance/runner/endpoint.ts';
import { CloseCode } from '../../protocol/src/close-codes.ts';
import { type FrameParts, frame, openRaw, RawSocket, text, upgradeRequest } from './raw-socket.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { type WrongFrame, wrongFrame, wrongPlainFrame } from './wrong-frames.ts';
import { type WrongRequest, wrongRequest } from './wrong-requests.ts';

const seed = Number(process.env.WS_HOSTILE_SEED ?? 20240101);
const MEBIBYTE = 1_048_576;

/** How much more than when it started the server's resident memory may ever be: most of it is what nobody has collected yet. */
const PEAK_GROWTH = 192 * MEBIBYTE;

/** How much more it may hold, once collected, after all of it. */
const GROWTH = 16 * MEBIBYTE;

/** And after a flood that has come before. */
const FLOOD_GROWTH = 4 * MEBIBYTE;

/** For one who is not the attacker: an event that does not come in this time, ms, never will. */
const TIMEOUT = 10_000;

const inMebibytes = (bytes: number) => `${Math.round(bytes / MEBIBYTE)} MiB`;

const counted = { frames: 7000, plainFrames: 1000, requests: 1000, byteSequences: 1000 };

describe(`a server among enemies (seed ${seed})`, () => {
  let server: ServerProcess;
  let witness: Endpoint;
  let atStart: { resident: number; held: number };

  const token = (sub: string, claims: object) =>
    new SignJWT({ sub, ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(server.secret));

  const connect = async (sub: string, claims: object, plain = false) => {
    const url = new URL(server.url);
    if (!plain) url.searchParams.set('protocol', '1');
    url.searchParams.set('token', await token(sub, claims));
    const endpoint = new Endpoint(url, { plain, timeout: TIMEOUT });
    await endpoint.opened();
    assert.equal((await endpoint.frame()).type, 'welcome');
    return endpoint;
  };

  before(async () => {
    // Rates are out of the way here, so that each frame gets the answer that is its own; the floods below meet them.
    server = await startServerProcess({
      anonymous: true,
      limits: { publications: 1e6, frames: 1e6, errors: 1e6, connecting: 1000, connectionsPerAddress: 5000 },
    });
    witness = await connect('witness', { read: ['*'], write: ['room-*'] });
    for (const channel of ['room-1', 'room', 'staff', 'lobby', 'broadcast', 'user:witness', 'constructor']) {
      witness.send(JSON.stringify({ type: 'subscribe', id: 's', channel }));
      assert.equal((await witness.frame()).type, 'subscribed');
    }
    atStart = { resident: (await server.memory()).now, held: await server.held() };
  });

  after(async () => {
    witness?.terminate();
    await server?.stop();
  });

  afterEach(async () => {
    assert.ok(server.running, server.output);
    await witness.silent();
    const normal = await connect('normal', { read: ['room-*'], write: ['room-*'] });
    const channel = `room-${randomBytes(6).toString('hex')}`;
    normal.send(JSON.stringify({ type: 'subscribe', id: 's', channel }));
    assert.deepEqual(
      { ...(await normal.frame()), epoch: '' },
      { type: 'subscribed', id: 's', channel, epoch: '', offset: 0 },
    );
    normal.send(JSON.stringify({ type: 'message', id: `m-${channel}`, channel, message: 'Hello' }));
    assert.equal((await normal.frame()).type, 'ack');
    assert.equal((await normal.frame()).message, 'Hello');
    await normal.close();
  });

  /** Sends frames one behind the other; each answer has to be its frame's own. */
  const provoke = async (enemy: Endpoint, frames: readonly WrongFrame[]) => {
    for (const { data, binary } of frames) enemy.send(data as string, binary);
    for (const { data, answer } of frames) {
      if (answer === 'nothing') continue;
      const got = await enemy.frame();
      const said = JSON.stringify(got);
      const sent = String(data).slice(0, 300);
      if ('type' in answer) {
        assert.equal(got.type, answer.type, `${sent} was answered ${said}`);
        continue;
      }
      assert.equal(got.type, 'error', `${sent} was answered ${said}`);
      assert.ok(answer.codes.includes(got.code as string), `${sent}: expected ${answer.codes}, got ${said}`);
      assert.ok(String(got.message).length > 0);
    }
    await enemy.silent();
  };

  const inBatches = async <T>(
    items: readonly T[],
    size: number,
    handle: (batch: readonly T[]) => Promise<void>,
  ) => {
    for (let start = 0; start < items.length; start += size) await handle(items.slice(start, start + size));
  };

  describe('what is well-formed and wrong', () => {
    it(`gets a clear error each: ${counted.frames} frames with protocol=1`, async () => {
      const enemies: Endpoint[] = [];
      for (let n = 0; n < 4; n++)
        enemies.push(await connect(`mallory-${n}`, { read: ['room-*'], write: ['room-*'] }));
      let turn = 0;
      await inBatches(fc.sample(wrongFrame, { seed, numRuns: counted.frames }), 100, (batch) =>
        provoke(enemies[turn++ % enemies.length] as Endpoint, batch),
      );
      for (const enemy of enemies) await enemy.close();
    });

    it(`gets a clear error each: ${counted.plainFrames} plain frames`, async () => {
      const enemy = await connect('mallory', {}, true);
      await inBatches(fc.sample(wrongPlainFrame, { seed, numRuns: counted.plainFrames }), 100, (batch) =>
        provoke(enemy, batch),
      );
      await enemy.close();
    });

    it('is answered behind the welcome if it comes before', async () => {
      const raw = new RawSocket(server.port);
      raw.write(
        Buffer.concat([
          Buffer.from(upgradeRequest()),
          text('{'),
          text('{"type":"message"}'),
          text('{"type":"ping"}'),
        ]),
      );
      await raw.frame(({ payload }) => payload.includes('pong'));
      const types = raw.frames
        .map(({ payload }) => JSON.parse(String(payload)))
        .map(({ type, code }) => code ?? type);
      assert.deepEqual(types, ['welcome', 'invalid_json', 'invalid_frame', 'pong']);
      await raw.finish();
    });

    it('is refused over HTTP, however deep it is nested', async () => {
      const post = async (body: string) => {
        const response = await fetch(`${server.httpUrl}/api/publish`, {
          method: 'POST',
          headers: { authorization: `Bearer ${server.apiKey}` },
          body,
        });
        return { status: response.status, answer: JSON.parse(await response.text()) };
      };
      const deep = (depth: number) =>
        `{"channel":"elsewhere","data":{"type":"x","a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
      assert.equal((await post(deep(32))).status, 200);
      for (const depth of [5000, 30_000, 400_000]) {
        const { status, answer } = await post(deep(depth));
        assert.ok(status === 200 || answer.error.code.length > 0, `${depth}: ${status}`);
      }
      const polluting =
        '{"channel":"elsewhere","__proto__":{"polluted":1},"data":{"type":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}';
      assert.equal((await post(polluting)).status, 200);
      const stats = await fetch(`${server.httpUrl}/api/stats`, {
        headers: { authorization: `Bearer ${server.apiKey}` },
      });
      assert.equal((await stats.text()).includes('polluted'), false);
    });
  });

  describe('what breaks HTTP', () => {
    const request = async ({ bytes, after: what }: WrongRequest) => {
      const raw = new RawSocket(server.port);
      raw.write(bytes);
      if (what === 'reset') {
        await new Promise((resolve) => raw.socket.once('connect', resolve).once('error', resolve));
        raw.reset();
        return;
      }
      // Answered, or ended: because of what it is, or because it took too long to be whole.
      const status = await raw.response();
      if (raw.received.length > 0) assert.match(raw.received, /^HTTP\/1\.1 (101|200|[45]\d\d) /);
      if (status !== 101) assert.ok(status === undefined || status >= 200, `status ${status}`);
      await raw.finish();
    };

    it(`is answered or ended: ${counted.requests} upgrade requests`, () =>
      inBatches(fc.sample(wrongRequest, { seed, numRuns: counted.requests }), 250, async (batch) => {
        await Promise.all(batch.map(request));
      }));

    it('is refused by a status: no key, an old version, no GET (RFC 6455 §4.2.2)', async () => {
      for (const [from, to] of [
        [/Sec-WebSocket-Key: .*\r\n/, ''],
        [/Version: 13/, 'Version: 7'],
        [/^GET/, 'POST'],
        [/Key: .*\r\n/, 'Key: short\r\n'],
      ] as const) {
        const raw = new RawSocket(server.port);
        raw.write(upgradeRequest().replace(from, to));
        const status = (await raw.response()) ?? 0;
        assert.ok(status >= 400 && status < 500, `${from}: ${status}`);
        await raw.finish();
      }
    });

    it('ends nothing: connections reset in the middle of the handshake (CVE-2022-41940)', async () => {
      const request = upgradeRequest();
      for (let cut = 1; cut <= request.length; cut += 3) {
        const raw = new RawSocket(server.port);
        raw.write(request.slice(0, cut));
        await new Promise((resolve) => raw.socket.once('connect', resolve));
        raw.reset();
      }
    });

    it('ends nothing: a flood of headers (CVE-2024-37890)', async () => {
      for (const count of [90, 101, 1000, 2500]) {
        const flood = Array.from({ length: count }, (_, index) => `h${index}:`);
        for (const request of [
          upgradeRequest('/', flood),
          upgradeRequest('/').replace('\r\nHost', `\r\n${flood.join('\r\n')}\r\nHost`),
        ]) {
          const raw = new RawSocket(server.port);
          raw.write(request);
          assert.ok([101, 400, 426, 431].includes((await raw.response()) ?? 0), raw.received.slice(0, 100));
          await raw.finish();
        }
      }
    });

    it('does not think long: Sec-WebSocket-Protocol and -Extensions that make patterns backtrack (CVE-2021-32640)', async () => {
      for (const value of [
        `b${' '.repeat(14_000)}x`,
        `${' '.repeat(14_000)}`,
        `${'a,'.repeat(7000)}`,
        `${'a ,'.repeat(4000)}b`,
      ]) {
        for (const header of ['Sec-WebSocket-Protocol', 'Sec-WebSocket-Extensions']) {
          const raw = new RawSocket(server.port);
          raw.write(upgradeRequest('/', [`${header}: ${value}`]));
          assert.ok([101, 400].includes((await raw.response()) ?? 0), raw.received.slice(0, 100));
          await raw.finish();
        }
      }
    });

    it('finds nothing in JavaScript’s own names (CVE-2017-16114 and CVE-2023-31125 of their kind)', async () => {
      for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
        const headers = [
          `Sec-WebSocket-Extensions: ${name}`,
          `Sec-WebSocket-Protocol: ${name}`,
          `${name}: ${name}`,
        ];
        for (const path of [
          `/?EIO=4&transport=${name}`,
          `/?${name}=1&token=&protocol=1&session=${name}`,
          `/${name}`,
        ]) {
          const raw = new RawSocket(server.port);
          raw.write(upgradeRequest(path, headers));
          assert.equal(await raw.response(), 101);
          assert.equal(/^Sec-WebSocket-Extensions:/im.test(raw.received), false);
          await raw.finish();
        }
        for (const path of [`/api/${name}`, `/${name}`, `/api/publish/${name}`]) {
          const { status } = await fetch(`${server.httpUrl}${path}`, {
            headers: { authorization: `Bearer ${server.apiKey}` },
          });
          assert.equal(status, 404);
        }
      }
    });

    it('is not waited for: sockets that say nothing, or half of something', async () => {
      const halves = [
        '',
        'G',
        'GET / HTTP/1.1\r\nHost: x\r\n',
        'POST /api/publish HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{',
        'POST /api/publish HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a',
      ];
      const raws = Array.from({ length: 300 }, (_, index) => {
        const raw = new RawSocket(server.port);
        raw.write(halves[index % halves.length] ?? '');
        return raw;
      });
      for (const raw of raws) await raw.ended();
    });
  });

  describe('what breaks RFC 6455', () => {
    const bytes = fc.array(
      fc
        .record({
          fin: fc.boolean(),
          rsv: fc.constantFrom(0, 0, 0, 1, 2, 4, 7),
          opcode: fc.constantFrom(0, 1, 1, 2, 3, 7, 8, 9, 10, 11, 15),
          masked: fc.constantFrom(true, true, true, false),
          payload: fc.uint8Array({ maxLength: 200 }).map((data) => Buffer.from(data)),
          length: fc.constantFrom(
            undefined,
            undefined,
            undefined,
            0,
            1,
            125,
            126,
            65_535,
            65_536,
            262_145,
            2 ** 31,
            2n ** 53n,
            2n ** 63n,
            2n ** 64n - 1n,
          ),
          lengthBytes: fc.constantFrom<FrameParts['lengthBytes']>(undefined, undefined, 0, 2, 8),
          cut: fc.constantFrom(Infinity, Infinity, 1, 3, 7),
        })
        .map(({ cut, ...parts }) => frame(parts).subarray(0, cut)),
      { minLength: 1, maxLength: 4 },
    );

    it(`ends that connection and no other: ${counted.byteSequences} sequences of bytes`, () =>
      inBatches(fc.sample(bytes, { seed, numRuns: counted.byteSequences }), 200, async (batch) => {
        await Promise.all(
          batch.map(async (frames) => {
            const raw = await openRaw(server.port);
            raw.write(Buffer.concat(frames));
            await raw.finish();
            const code = await raw.closeCode();
            assert.ok(
              code === undefined || [1000, 1002, 1003, 1005, 1007, 1008, 1009].includes(code) || code >= 3000,
              `${code}`,
            );
          }),
        );
      }));

    const closes = (name: string, code: number, ...frames: Buffer[]) =>
      it(`is closed with ${code}: ${name}`, async () => {
        for (const path of ['/?protocol=1', '/']) {
          const raw = await openRaw(server.port, path);
          raw.write(Buffer.concat(frames));
          assert.equal(await raw.closeCode(), code);
          await raw.finish();
        }
      });

    closes('a frame without a mask', 1002, frame({ opcode: 1, payload: '{"type":"ping"}', masked: false }));
    for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
      closes(`opcode ${opcode}`, 1002, frame({ opcode, payload: 'x' }));
    for (const rsv of [1, 2, 3, 4, 7])
      closes(`reserved bits ${rsv} (CVE-2022-21676)`, 1002, frame({ opcode: 1, rsv, payload: 'x' }));
    closes(
      'what was never agreed to be compressed',
      1002,
      frame({ opcode: 1, rsv: 4, payload: Buffer.from('789c', 'hex') }),
    );
    closes('a ping in fragments', 1002, frame({ opcode: 9, fin: false, payload: 'x' }));
    closes('a close in fragments', 1002, frame({ opcode: 8, fin: false }));
    for (const opcode of [8, 9, 10])
      closes(`control frame ${opcode} of 126 bytes`, 1002, frame({ opcode, payload: Buffer.alloc(126) }));
    closes('a continuation of nothing', 1002, frame({ opcode: 0, payload: 'x' }));
    closes('a message within a message', 1002, frame({ opcode: 1, fin: false, payload: 'a' }), text('b'));
    for (const payload of ['00', '0000', '03e7', '03ec', '03ed', '03ee', '03f7', '1388', 'ffff']) {
      closes(
        `a close frame with ${payload}`,
        1002,
        frame({ opcode: 8, payload: Buffer.from(payload, 'hex') }),
      );
    }
    closes('a reason that is not UTF-8', 1007, frame({ opcode: 8, payload: Buffer.from('03e8c328', 'hex') }));
    for (const payload of ['ff', 'c328', 'eda080', 'f4908080', 'c080', 'e282']) {
      closes(`text that is not UTF-8: ${payload}`, 1007, text(Buffer.from(payload, 'hex')));
    }
    closes(
      'UTF-8 that ends in the middle, over fragments',
      1007,
      frame({ opcode: 1, fin: false, payload: Buffer.from('e2', 'hex') }),
      frame({ opcode: 0, payload: Buffer.from('82', 'hex') }),
    );
    for (const length of [
      262_145n,
      2n ** 31n,
      2n ** 32n,
      2n ** 53n - 1n,
      2n ** 53n,
      2n ** 63n - 1n,
      2n ** 64n - 1n,
    ]) {
      closes(`a length of ${length} bytes`, 1009, frame({ opcode: 1, length, lengthBytes: 8 }));
    }
    closes(
      'fragments that are too large together',
      1009,
      ...Array.from({ length: 5 }, (_, index) =>
        frame({ opcode: index === 0 ? 1 : 0, fin: false, payload: Buffer.alloc(60_000, 'x') }),
      ),
    );

    it('may come as a normal close, and is answered', async () => {
      const raw = await openRaw(server.port);
      raw.write(frame({ opcode: 8, payload: Buffer.from('03e8', 'hex') }));
      assert.equal(await raw.closeCode(), 1000);
      await raw.finish();
    });
  });

  describe('what floods', () => {
    it('with fragments that never end a message (CVE-2026-48779)', async () => {
      for (let n = 0; n < 20; n++) {
        const raw = await openRaw(server.port);
        const fragment = frame({ opcode: 0, fin: false, payload: 'x' });
        raw.write(frame({ opcode: 1, fin: false, payload: 'x' }));
        raw.write(Buffer.concat(Array.from({ length: 20_000 }, () => fragment)));
        assert.equal(await raw.closeCode(), 1008);
        await raw.finish();
      }
    });

    it('with messages that stop just before they are too much', async () => {
      const fragments = Array.from({ length: 250 }, (_, index) =>
        frame({ opcode: index === 0 ? 1 : 0, fin: false, payload: 'x' }),
      );
      const raws = await Promise.all(Array.from({ length: 200 }, () => openRaw(server.port)));
      for (const raw of raws) raw.write(Buffer.concat(fragments));
      await witness.silent();
      for (const raw of raws) raw.reset();
    });

    it('with pings whose pongs nobody reads', async () => {
      const raws = await Promise.all(Array.from({ length: 10 }, () => openRaw(server.port)));
      const ping = frame({ opcode: 9, payload: Buffer.alloc(125, 'x') });
      const flood = Buffer.concat(Array.from({ length: 5000 }, () => ping));
      for (const raw of raws) {
        raw.socket.pause();
        for (let n = 0; n < 4; n++) raw.write(flood);
      }
      await witness.silent();
      for (const raw of raws) raw.reset();
    });

    it('with frames whose answers nobody reads, and again leaves no more than before', async (test) => {
      const wrong = text(
        `{"type":"subscribe","id":"${'i'.repeat(64)}","channel":"staff-${'x'.repeat(100)}"}`,
      );
      const flood = Buffer.concat(Array.from({ length: 4000 }, () => wrong));
      const held: number[] = [];
      for (let round = 0; round < 4; round++) {
        const raws = await Promise.all(Array.from({ length: 4 }, () => openRaw(server.port)));
        // Until they are cut off by the limit of what may be queued for them; before, systems hold some MiB themselves.
        await Promise.all(
          raws.map(async ({ socket }) => {
            socket.pause().on('error', () => {});
            for (let n = 0; n < 40 && !socket.destroyed; n++)
              await new Promise((resolve) => socket.write(flood, resolve));
            assert.ok(socket.destroyed, 'it was not cut off');
          }),
        );
        held.push(await server.held());
      }
      test.diagnostic(`held: ${held.map(inMebibytes).join(', ')}`);
      const [first = 0, , , fourth = 0] = held;
      assert.ok(fourth - first < FLOOD_GROWTH, held.map(inMebibytes).join(', '));
    });

    it('with wrong tokens', async () => {
      const raws = Array.from({ length: 300 }, (_, index) => {
        const raw = new RawSocket(server.port);
        raw.write(
          upgradeRequest(
            `/?protocol=1&token=${['null', 'a.b.c', `${'e'.repeat(8000)}.e.e`, 'eyJhbGciOiJub25lIn0.e30.'][index % 4]}`,
          ),
        );
        return raw;
      });
      for (const raw of raws) {
        assert.equal(await raw.closeCode(), CloseCode.InvalidAuthentication);
        await raw.finish();
      }
    });
  });

  it('is as small as it was', async (test) => {
    const { peak } = await server.memory();
    const held = await server.held();
    const said = (bytes: number, start: number) =>
      `${inMebibytes(start)} at the start, ${inMebibytes(bytes)} now`;
    test.diagnostic(`held: ${said(held, atStart.held)}; resident at most: ${said(peak, atStart.resident)}`);
    assert.ok(held - atStart.held < GROWTH, `holds ${said(held, atStart.held)}`);
    assert.ok(peak - atStart.resident < PEAK_GROWTH, `was ${said(peak, atStart.resident)}`);
  });
});

describe('a server with its own limits among enemies', () => {
  let server: ServerProcess;
  before(async () => {
    server = await startServerProcess({
      anonymous: true,
      limits: { connectionsPerAddress: 60, connecting: 2000 },
    });
  });
  after(() => server?.stop());

  it('closes who goes on after its errors with 4006, and says no more than it has to', async () => {
    const raw = await openRaw(server.port);
    raw.write(Buffer.concat(Array.from({ length: 5000 }, () => text('{'))));
    assert.equal(await raw.closeCode(), CloseCode.Flood);
    assert.ok(raw.frames.length < 200, `${raw.frames.length} frames`);
    await raw.finish();
  });

  it('closes those of one address who are too many with 4005, and serves again once they are gone', async () => {
    const raws = Array.from({ length: 110 }, () => {
      const raw = new RawSocket(server.port);
      raw.write(upgradeRequest());
      return raw;
    });
    const first = await Promise.all(raws.map((raw) => raw.frame(() => true)));
    const welcomed = first.filter((one) => one?.opcode === 1);
    const refused = first.filter((one) => one?.opcode === 8);
    assert.equal(welcomed.length, 60);
    assert.equal(welcomed.length + refused.length, raws.length);
    for (const one of refused) assert.equal(one?.payload.readUInt16BE(0), CloseCode.TooManyConnections);
    await Promise.all(raws.map((raw) => raw.finish()));
    const raw = await openRaw(server.port);
    assert.ok(server.running);
    await raw.finish();
  });
});
