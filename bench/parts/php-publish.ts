/**
 * What a publish costs the PHP request that sends it: with a server, with none, and while it is known that there is none.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { installDependencies } from '../../scripts/tests/composer.ts';
import { ensurePhp } from '../../scripts/tests/ensure-php.ts';
import type { PartResult } from '../report.ts';
import { median, percentile, range } from '../statistics.ts';

/** What the first request pays where nobody answers, ms: half a second to connect, and what is around it. */
const DEAD = 600;
/** What all others pay, ms: one small file is read. */
const OPEN = 1;

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export async function phpPublish(): Promise<PartResult> {
  ensurePhp();
  const problem = installDependencies(path('../../php/publisher'));
  if (problem !== undefined) throw new Error(problem);
  const measured = await measure();
  const slowest = (what: string) => range(measured[what] ?? [])[1];
  return {
    name: 'php-publish',
    table: [
      ['ms a publish', 'times', 'p50', 'p95', 'slowest'],
      ...Object.entries(measured).map(([what, ms]) => [
        what,
        `${ms.length}`,
        ...[median(ms), percentile(ms, 95), slowest(what)].map((value) => value.toFixed(value < 10 ? 3 : 0)),
      ]),
    ],
    bars: [
      ...['refused, curl', 'refused, streams', 'silent, curl', 'silent, streams'].map((what) => ({
        what: `slowest first publish to a dead server: ${what}`,
        value: slowest(what),
        atMost: DEAD,
        unit: ' ms',
      })),
      {
        what: 'a publish while the circuit is open, p95',
        value: percentile(measured['while the circuit is open'] ?? [], 95),
        atMost: OPEN,
        unit: ' ms',
      },
    ],
    measured,
  };
}

/** @returns ms, by what was done. */
async function measure(): Promise<Record<string, number[]>> {
  const env = { ...process.env, WS_API_KEY: randomBytes(16).toString('hex') };
  const command = ['--anonymous', '--history', 'memory', '--host', '127.0.0.1', '--port', '0'];
  const server = spawn(process.execPath, [path('../../server/src/cli.ts'), ...command], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let url: string | undefined;
    for await (const line of createInterface(server.stdout)) {
      url = /ws:(\/\/\S+)/.exec(line)?.[1];
      if (url !== undefined) break;
    }
    // What it says from now on is not waited for.
    server.stdout.resume();
    const php = spawn('php', [path('../processes/publish.php'), `http:${url}`], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output, [code]] = await Promise.all([text(php.stdout), once(php, 'exit')]);
    if (code !== 0) throw new Error(`php-publish: php ended with ${code}`);
    return JSON.parse(output);
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}
