/** The server as users run it, in a process of its own: what crashes it is seen, and what it takes of memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const command = new URL('../../server/src/cli.ts', import.meta.url).pathname;
const tellMemory = new URL('./tell-memory.ts', import.meta.url).href;

/** MiB that its heap may have, so that what piles up ends the process instead of waiting for a collection. */
const HEAP = 64;

export interface ServerProcess {
  readonly port: number;
  readonly url: string;
  readonly httpUrl: string;
  readonly secret: string;
  readonly apiKey: string;
  /** What it wrote to standard output and error, the last of it. */
  readonly output: string;
  readonly running: boolean;
  /** Resident memory in bytes: now, and the most there ever was. */
  memory(): Promise<{ now: number; peak: number }>;
  /** Bytes that it holds after a collection: what is still reachable, on the heap and beside it. */
  held(): Promise<number>;
  stop(): Promise<void>;
}

/** @param options - As in the server's JSON file. */
export async function startServerProcess(options: Record<string, unknown>): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'ws-hostile-'));
  const config = join(folder, 'config.json');
  await writeFile(
    config,
    JSON.stringify({
      host: '127.0.0.1',
      port: 0,
      history: `sqlite:${join(folder, 'history.sqlite')}`,
      ...options,
    }),
  );
  const secret = randomBytes(32).toString('base64url');
  const apiKey = randomBytes(24).toString('base64url');
  const node = [`--max-old-space-size=${HEAP}`, '--expose-gc', '--import', tellMemory];
  const child = spawn(process.execPath, [...node, command, '--config', config], {
    env: { PATH: process.env.PATH, WS_SECRET: secret, WS_API_KEY: apiKey },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const read = (data: Buffer) => {
      output = (output + data).slice(-20_000);
      const said = /listening on ws:\/\/[^:\s]+:(\d+)/.exec(output);
      if (said) resolve(Number(said[1]));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${output}`)));
  });
  return {
    port,
    url: `ws://127.0.0.1:${port}`,
    httpUrl: `http://127.0.0.1:${port}`,
    secret,
    apiKey,
    get output() {
      return output;
    },
    get running() {
      return child.exitCode === null && child.signalCode === null;
    },
    held: async () => {
      child.send('held');
      const [bytes] = await once(child, 'message');
      return bytes as number;
    },
    memory: () => residentMemory(child, `http://127.0.0.1:${port}`, apiKey),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      }
      await rm(folder, { recursive: true });
    },
  };
}

/** Linux tells both; elsewhere the server itself tells what it has now. */
async function residentMemory({ pid }: ChildProcess, httpUrl: string, apiKey: string) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
  if (status !== undefined) {
    const field = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
    return { now: field('VmRSS'), peak: field('VmHWM') };
  }
  const response = await fetch(`${httpUrl}/api/stats`, { headers: { authorization: `Bearer ${apiKey}` } });
  const { memory } = (await response.json()) as { memory: number };
  return { now: memory, peak: memory };
}
