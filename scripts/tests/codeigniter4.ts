/**
 * Tests the CodeIgniter package inside a real application: PHPUnit, PHPStan, and the style; then whole applications in
 * Chromium (`e2e/codeigniter4/`). Where Composer cannot get CodeIgniter, one line says so and nothing is counted. The two
 * that are no tests count as one each.
 */
import { fork, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePhp } from './ensure-php.ts';
import { countSilence, format, sum, type Tally, tallyJUnit } from './tally.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = fileURLToPath(new URL('../../php/codeigniter4/', import.meta.url));
/** Of `tests/run.php`: Composer cannot get CodeIgniter. */
const SKIPPED = 77;
/** Composer may have to download an application and all its tools. */
const TIMEOUT = 1_200_000;

const tally = await testAll();
console.log(`CodeIgniter 4: ${tally === undefined ? `${countTests()} skipped` : format(tally)}\n`);
process.exitCode = tally?.failed ? 1 : 0;
process.send?.(tally ?? { passed: 0, failed: 0 });
process.disconnect?.();

/** `undefined`: none could be run. */
async function testAll(): Promise<Tally | undefined> {
  try {
    ensurePhp();
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
  const application = run('app');
  if (application.status === SKIPPED) {
    console.log(application.output);
    return undefined;
  }
  if (application.status !== 0) return say('application', { passed: 0, failed: 1 }, application.output);
  return countSilence(sum([test(), check('analyse'), check('style'), await testInBrowser()]));
}

/** By Node's runner, which tells about each file; undefined if it ended without a tally. */
async function testInBrowser(): Promise<Tally | undefined> {
  const files = globSync('e2e/codeigniter4/**/*.test.ts', { cwd: root }).sort();
  const runner = fork(fileURLToPath(new URL('./node.ts', import.meta.url)), files, { cwd: root });
  let tally: Tally | undefined;
  runner.on('message', (message) => {
    tally = message as Tally;
  });
  await new Promise((resolve) => runner.on('close', resolve));
  return tally;
}

function test(): Tally {
  const reports = mkdtempSync(join(tmpdir(), 'ws-elements-junit-'));
  try {
    const report = join(reports, 'junit.xml');
    const { status, output } = run('test', '--no-progress', '--colors=never', '--log-junit', report);
    return say('PHPUnit', tallyJUnit(readReport(report), status === 0), output);
  } finally {
    rmSync(reports, { recursive: true });
  }
}

function readReport(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Methods, of which some run more than once. */
function countTests(): number {
  const count = (folder: string, pattern: string, begin: RegExp) =>
    globSync(pattern, { cwd: folder })
      .map((file) => readFileSync(join(folder, file), 'utf8').match(begin)?.length ?? 0)
      .reduce((all, one) => all + one, 0);
  return (
    count(folder, 'tests/**/*Test.php', /public function test/g) +
    count(root, 'e2e/codeigniter4/**/*.test.ts', /^ +it\(/gm)
  );
}

function check(command: 'analyse' | 'style'): Tally {
  const { status, output } = run(command);
  return say(command, { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }, output);
}

function run(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync('php', ['tests/run.php', ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: TIMEOUT,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, COMPOSER_ALLOW_SUPERUSER: '1', PHP_CS_FIXER_IGNORE_ENV: '1' },
  });
  return { status, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` };
}

/** A line, and what there is to say about a failure. */
function say(what: string, result: Tally, output: string): Tally {
  console.log(`${result.failed ? '✖' : '✔'} php/codeigniter4: ${what}: ${format(result)}`);
  if (result.failed) console.log(output);
  return result;
}
