/** That a case can fail: the plain server, which is good at little, has to be found out. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type PlainServer, startPlainServer } from '../../../e2e/plain-server/plain-server.ts';
import type { Step } from './case.ts';
import { loadCases } from './load-cases.ts';
import { runCase, type Target } from './run-case.ts';

describe('a case', () => {
  let server: PlainServer;
  let target: Target;
  before(async () => {
    server = await startPlainServer();
    target = {
      url: server.url,
      httpUrl: server.url.replace('ws', 'http'),
      secret: 's'.repeat(32),
      apiKey: 'k',
      timeout: 500,
    };
  });
  after(() => server.close());

  const play = (...steps: Step[]) => runCase({ name: '', configuration: '', steps }, target);
  const ann: Step = { on: 'ann', connect: {} };
  const hello: Step = { on: 'ann', send: { type: 'message', message: 'Hello' } };

  it('passes where a server does what is expected', () =>
    play(
      ann,
      hello,
      { on: 'ann', expect: { $contains: { message: 'Hello', clientId: '{{ann.clientId}}' } } },
      {
        on: 'ann',
        expectNothing: true,
      },
    ));

  it('fails on another frame than expected, and says which step', () =>
    assert.rejects(
      play(ann, hello, { on: 'ann', expect: { $contains: { message: 'Bye' } } }),
      /step 3 .*"Bye".*\n.*message: expected "Bye", got "Hello"/,
    ));

  it('fails on a frame where there should be none', () =>
    assert.rejects(play(ann, hello, { on: 'ann', expectNothing: true }), /expected nothing, got .*Hello/));

  it('fails where nothing comes', () =>
    assert.rejects(play(ann, { on: 'ann', expect: { type: 'x' } }), /nothing came for 500 ms/));

  it('fails where the connection stays', () =>
    assert.rejects(play(ann, { on: 'ann', expectClose: { code: 1008 } }), /nothing came/));

  it('fails where a frame comes before the close', () =>
    assert.rejects(
      play(ann, hello, { on: 'ann', expectClose: { code: 1008 } }),
      /expected a close, got .*Hello/,
    ));

  it('fails on frames that no server may send, whatever it expects', async () => {
    const sent = play(
      ann,
      { on: 'bob', connect: {} },
      hello,
      { on: 'bob', expect: { $any: true } },
      { on: 'bob', expect: { $any: true } },
    );
    await new Promise((resolve) => setImmediate(resolve));
    const broadcast = setInterval(() => server.broadcast({ type: 'subscribed', channel: 'x' }), 5);
    await assert.rejects(sent, /a type that servers do not send/).finally(() => clearInterval(broadcast));
  });

  it('tells where in a repetition it failed', () =>
    assert.rejects(
      play(ann, {
        repeat: 3,
        steps: [
          hello,
          { on: 'ann', expect: { $contains: { message: 'Hello', n: { $absent: true } } } },
          { on: 'ann', expect: { $any: true } },
        ],
      }),
      /step 2, time 1, step 3/,
    ));

  it('fails on a wrong HTTP status', () =>
    assert.rejects(
      play({ http: { method: 'GET', path: '/' }, status: 200 }),
      /expected status 200, got 426/,
    ));

  it('of protocol=1 is failed by a plain server, and many a plain one is passed', async () => {
    const outcome = async (file: string) => {
      const cases = loadCases().filter(({ name }) => name.startsWith(`${file}:`));
      const results = await Promise.allSettled(cases.map((one) => runCase(one, { ...target, timeout: 200 })));
      return results.map(({ status }) => status);
    };
    assert.ok((await outcome('positions')).every((status) => status === 'rejected'));
    assert.ok((await outcome('presence')).every((status) => status === 'rejected'));
    assert.ok((await outcome('plain')).includes('fulfilled'));
  });
});
