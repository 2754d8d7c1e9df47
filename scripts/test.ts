/**
 * `npm test`: all tests there are. The last line is `N passed, N failed`, whatever happens.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './tests/ensure-browsers.ts';
import { format, sum, type Tally } from './tests/tally.ts';

const tallies: (Tally | undefined)[] = [];
try {
  process.env.CHROME_PATH = ensureChromium();
  const { build } = await import('./build/build.ts');
  await build();
  tallies.push(await runTests('./tests/node.ts'));
  tallies.push(await runTests('./tests/browser.ts'));
  // Once more as they are in the script tag's file.
  tallies.push(await runTests('./tests/browser.ts', { WS_LIT: 'script' }));
  tallies.push(await runTests('./tests/php.ts'));
  tallies.push(await runTests('./tests/codeigniter4.ts'));
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  tallies.push(undefined);
}
const total = sum(tallies);
console.log(format(total));
process.exitCode = total.failed ? 1 : 0;

/** Runs one runner in a process of its own; undefined if it ended without a tally, or by an error after it. */
async function runTests(file: string, env: NodeJS.ProcessEnv = {}): Promise<Tally | undefined> {
  const runner = fork(fileURLToPath(new URL(file, import.meta.url)), { env: { ...process.env, ...env } });
  let tally: Tally | undefined;
  runner.on('message', (message) => {
    tally = message as Tally;
  });
  const code = await new Promise<number | null>((resolve) => runner.on('close', resolve));
  if (code === 0 || tally?.failed) return tally;
  console.log(`${file}: ended with ${code}`);
  return undefined;
}
