/** The Node server, held to every conformance case. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createServer, type ServerOptions, type WsServer } from '../../server/src/index.ts';
import { type Configuration, loadCases, loadConfigurations } from './runner/load-cases.ts';
import { runCase } from './runner/run-case.ts';

const cases = loadCases();
const configurations = loadConfigurations();

describe('the conformance cases', () => {
  it('each name a configuration that there is', () => {
    for (const { name, configuration } of cases)
      assert.ok(Object.hasOwn(configurations, configuration), name);
  });

  it('have a name of their own each', () => {
    assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'ws-conformance-'));
after(() => rmSync(folder, { recursive: true }));

/** Every configuration with a history in memory, and those with most of the cases with one in a file too. */
const servers = [
  ...Object.entries(configurations).map(([name, options]) => [name, 'memory', options] as const),
  ...['anonymous', 'token', 'history'].map((name) => {
    const place = `sqlite:${join(folder, `${name}.sqlite`)}`;
    return [name, place, configurations[name] as Configuration] as const;
  }),
];

for (const [name, history, { about, options, apiKey: hasApi }] of servers) {
  const place = history.replace(/:.*/, '');
  describe(`the Node server, configured as "${name}", with its history in ${place}: ${about}`, () => {
    const secret = randomBytes(32).toString('base64url');
    const apiKey = randomBytes(24).toString('base64url');
    let server: WsServer;

    before(async () => {
      server = createServer({
        history,
        ...(options as ServerOptions),
        host: '127.0.0.1',
        port: 0,
        secret,
        ...(hasApi !== false && { apiKey }),
        logger: false,
      });
      await server.listen();
    });
    after(() => server.close());

    for (const one of cases.filter(({ configuration }) => configuration === name)) {
      it(one.name, () => runCase(one, { url: server.url, httpUrl: server.httpUrl, secret, apiKey }));
    }
  });
}
