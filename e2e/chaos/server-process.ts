import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerOptions } from '../../server/src/index.ts';

const program = fileURLToPath(new URL('server.ts', import.meta.url));

/** A server that is killed and started again, over one history. */
export class ServerProcess {
  /** Another one with each start; `undefined` while it is not there. */
  port: number | undefined;
  /** That it ended without being killed, or did not start. */
  failure: Error | undefined;
  /** Errors that it logged, and whatever else it wrote. */
  readonly complaints: string[] = [];
  readonly #args: string[];
  #child: ChildProcess | undefined;

  /** @param off - What is switched off in it. */
  constructor(options: ServerOptions, off = '') {
    this.#args = [JSON.stringify({ ...options, host: '127.0.0.1', port: 0 }), off];
  }

  /** @throws {Error} by rejection: it ended instead. */
  async start(): Promise<void> {
    const child = fork(program, this.#args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => this.complaints.push(String(text).trimEnd()));
    }
    await new Promise<void>((resolve, reject) => {
      child.once('message', (port) => {
        this.port = port as number;
        resolve();
      });
      child.once('exit', (code, signal) => {
        this.port = undefined;
        if (signal === 'SIGKILL') return;
        this.failure = new Error(`the server ended with ${signal ?? code}: ${this.complaints.join('\n')}`);
        reject(this.failure);
      });
    });
  }

  /** As a power cut, or the kernel when memory is short: it has no time for anything. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
