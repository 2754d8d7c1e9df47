/** Starts any server by a command, with one of the configurations. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Configuration } from './load-cases.ts';
import type { Target } from './run-case.ts';

/** How long a server may take until it listens, ms. */
const START_TIME = 10_000;
const POLL = 25;

export interface RunningServer {
  target: Target;
  stop(): Promise<void>;
}

/**
 * @param template - A command with `{port}` and `{config}`, the path of a JSON file with the options. Secret and API key come
 *   by the environment, `WS_SECRET` and `WS_API_KEY`.
 */
export async function startServer(
  template: string,
  { options, apiKey }: Configuration,
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'ws-conformance-'));
  const config = join(folder, 'config.json');
  await writeFile(config, JSON.stringify(options));
  const port = await freePort();
  const secret = randomBytes(32).toString('base64url');
  const key = randomBytes(24).toString('base64url');
  const [command = '', ...args] = template
    .split(/\s+/)
    .map((word) => word.replace('{port}', String(port)).replace('{config}', config));
  const { WS_SECRET: _, WS_API_KEY: __, ...environment } = process.env;
  const child = spawn(command, args, {
    env: { ...environment, WS_SECRET: secret, ...(apiKey !== false && { WS_API_KEY: key }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output = (output + data).slice(-4000);
    });
  }
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true });
  };
  try {
    await listening(port, child);
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}\n${output}`);
  }
  const url = `127.0.0.1:${port}`;
  return { target: { url: `ws://${url}`, httpUrl: `http://${url}`, secret, apiKey: key }, stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  let failed: Error | undefined;
  child.once('error', (error) => {
    failed = error;
  });
  for (let waited = 0; waited < START_TIME; waited += POLL) {
    if (failed) throw failed;
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode} before it listened`);
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
    await wait(POLL);
  }
  throw new Error(`the server does not listen on port ${port} after ${START_TIME} ms`);
}
