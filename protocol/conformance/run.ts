/**
 * Holds a server to the protocol's conformance cases, whatever it is written in.
 *
 * ```console
 * node protocol/conformance/run.ts --server "php server.php --port {port} --config {config}"
 * node protocol/conformance/run.ts --url ws://127.0.0.1:8081 --config anonymous
 * ```
 *
 * The first starts one server for each configuration; the second runs the cases of the configuration that the server is said to
 * have, and lists the others as not run. The exit code is 0 if nothing failed.
 */
import { parseArgs } from 'node:util';
import type { Case } from './runner/case.ts';
import { type Configuration, loadCases, loadConfigurations } from './runner/load-cases.ts';
import { runCase, type Target } from './runner/run-case.ts';
import { startServer } from './runner/start-server.ts';

const help = `Usage: node protocol/conformance/run.ts (--server COMMAND | --url URL --config NAME) [options]

  --server COMMAND      starts a server for each configuration; {port} and {config} (a JSON file of options) are
                        filled in, secret and API key are in WS_SECRET and WS_API_KEY
  --url URL             a server that is already there, ws:// or wss://
  --http URL            its HTTP address; default: the same host and port
  --config NAME         the configuration that it has (see configurations.json); with --server: only this one
  --secret-env NAME     variable with its token secret; default WS_SECRET
  --api-key-env NAME    variable with its API key; default WS_API_KEY
  --only TEXT           only cases with this in their name
  --timeout MS          until waiting for one frame is given up; default 5000
  --list                lists cases and runs none`;

class UsageError extends Error {}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      server: { type: 'string' },
      url: { type: 'string' },
      http: { type: 'string' },
      config: { type: 'string' },
      'secret-env': { type: 'string', default: 'WS_SECRET' },
      'api-key-env': { type: 'string', default: 'WS_API_KEY' },
      only: { type: 'string', default: '' },
      timeout: { type: 'string', default: '5000' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const configurations = loadConfigurations();
  const cases = loadCases().filter(({ name }) => name.includes(values.only));
  if (values.list) {
    for (const { name, configuration } of cases) console.log(`${name} (${configuration})`);
    return 0;
  }
  const timeout = Number(values.timeout);
  if (!Number.isInteger(timeout) || timeout < 1)
    throw new UsageError(`--timeout: expected ms, got "${values.timeout}"`);
  if (values.config !== undefined && !Object.hasOwn(configurations, values.config)) {
    throw new UsageError(
      `--config: expected one of ${Object.keys(configurations).join(', ')}, got "${values.config}"`,
    );
  }
  if ((values.server === undefined) === (values.url === undefined)) {
    throw new UsageError('expected either --server or --url; see --help');
  }

  const tally = new Tally();
  if (values.url !== undefined) {
    if (values.config === undefined)
      throw new UsageError('--url needs --config: the configuration that the server has');
    if (!URL.canParse(values.url) || !/^wss?:/.test(values.url)) {
      throw new UsageError(`--url: expected ws:// or wss://, got "${values.url}"`);
    }
    const target: Target = {
      url: values.url,
      httpUrl: values.http ?? values.url.replace(/^ws/, 'http'),
      secret: fromEnvironment(values['secret-env'], '--secret-env'),
      apiKey:
        configurations[values.config]?.apiKey === false
          ? 'none'
          : fromEnvironment(values['api-key-env'], '--api-key-env'),
      timeout,
    };
    const mine = (one: Case) => one.configuration === values.config;
    await tally.run(cases.filter(mine), target);
    tally.skip(cases.filter((one) => !mine(one)));
  } else {
    for (const [name, configuration] of Object.entries(configurations)) {
      const its = cases.filter((one) => one.configuration === name);
      if (its.length === 0) continue;
      if (values.config !== undefined && values.config !== name) tally.skip(its);
      else await runAll(values.server ?? '', configuration, its, timeout, tally);
    }
  }
  return tally.end();
}

async function runAll(
  template: string,
  configuration: Configuration,
  cases: Case[],
  timeout: number,
  tally: Tally,
) {
  const server = await startServer(template, configuration);
  try {
    await tally.run(cases, { ...server.target, timeout });
  } finally {
    await server.stop();
  }
}

class Tally {
  #passed = 0;
  #failed = 0;
  #notRun = 0;

  async run(cases: Case[], target: Target): Promise<void> {
    for (const one of cases) {
      try {
        await runCase(one, target);
        this.#passed++;
        console.log(`passed   ${one.name}`);
      } catch (error) {
        this.#failed++;
        console.log(`FAILED   ${one.name}\n    ${(error as Error).message}`);
      }
    }
  }

  skip(cases: Case[]): void {
    this.#notRun += cases.length;
    for (const { name, configuration } of cases) console.log(`not run  ${name} (needs ${configuration})`);
  }

  end(): number {
    console.log(`${this.#passed} passed, ${this.#failed} failed, ${this.#notRun} not run`);
    return this.#failed === 0 && this.#passed > 0 ? 0 : 1;
  }
}

function fromEnvironment(name: string, option: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new UsageError(`${option}: the variable ${name} is not set`);
  return value;
}

try {
  process.exitCode = await main();
} catch (error) {
  const usage =
    error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  console.error(usage ? (error as Error).message : error);
  process.exitCode = 2;
}
