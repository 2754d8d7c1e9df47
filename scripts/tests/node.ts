/**
 * Runs the tests outside `src/` by Node's own runner: all, or the files named. One line a file, and what failed.
 */
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { countSilence, format, type NodeTestEvent, sum, type Tally, tallyNodeFile } from './tally.ts';

type Event = NodeTestEvent & { data: { entryFile?: string; message?: string } };

const root = fileURLToPath(new URL('../../', import.meta.url));
const named = process.argv.slice(2).map((file) => resolve(file));
const files = named.length ? named : findTests();

const events = new Map<string, NodeTestEvent[]>(files.map((file) => [file, []]));
const output = new Map<string, string>();
const tallies: Tally[] = [];

for await (const event of run({
  files,
  cwd: root,
  concurrency: availableParallelism(),
  // Ends a test that hangs.
  timeout: 120_000,
}) as AsyncIterable<Event>) {
  const { entryFile, file = '', message = '' } = event.data;
  const key = entryFile ?? file;
  if (event.type === 'test:pass' || event.type === 'test:fail') {
    events.set(key, [...(events.get(key) ?? []), event]);
  } else if (event.type === 'test:stdout' || event.type === 'test:stderr') {
    output.set(key, (output.get(key) ?? '') + message);
  } else if (event.type === 'test:diagnostic' && entryFile) {
    output.set(key, `${output.get(key) ?? ''}${message}\n`);
  } else if (event.type === 'test:summary' && key) {
    await report(key);
  }
}
// Files that did not get as far as a summary.
for (const file of events.keys()) await report(file);

const tally = countSilence(sum(tallies));
console.log(`Node: ${format(tally)}, ${files.length} files\n`);
process.exitCode = tally.failed ? 1 : 0;
process.send?.(tally);
process.disconnect?.();

/** A line about a file, and if it failed what it printed and what is wrong. */
async function report(file: string): Promise<void> {
  const own = events.get(file) ?? [];
  events.delete(file);
  const tally = tallyNodeFile(own);
  tallies.push(tally);
  console.log(`${tally.failed ? '✖' : '✔'} ${relative(root, file)}: ${format(tally)}`);
  if (!tally.failed) return;
  process.stdout.write(output.get(file) ?? '');
  const failures = own.filter(({ type }) => type === 'test:fail');
  if (!failures.length) console.log('There is no test in it, or it ended before its end.');
  const reporter = new spec();
  for (const failure of failures) reporter.write(failure);
  reporter.end();
  for await (const text of reporter) process.stdout.write(String(text));
}

/** Those that need PHP are run beside its own: see `codeigniter4.ts`. */
function findTests(): string[] {
  return globSync('**/*.test.ts', {
    cwd: root,
    exclude: (path) => ['node_modules', 'dist', 'src', '.git', '.tmp', 'vendor'].includes(path),
  })
    .filter((file) => !file.startsWith(join('e2e', 'codeigniter4')))
    .sort()
    .map((file) => resolve(root, file));
}
