/**
 * Tests the CodeIgniter package inside a real application: PHPUnit, PHPStan, and the style. Where Composer cannot get
 * CodeIgniter, one line says so and nothing is counted. The two that are no tests count as one each.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePhp } from './ensure-php.ts';
import { countSilence, format, sum, type Tally, tallyJUnit } from './tally.ts';

const folder = fileURLToPath(new URL('../../php/codeigniter4/', import.meta.url));
/** Of `tests/run.php`: Composer cannot get CodeIgniter. */
const SKIPPED = 77;
/** Composer may have to download an application and all its tools. */
const TIMEOUT = 1_200_000;

const tally = testAll();
console.log(`CodeIgniter 4: ${tally === undefined ? `${countTests()} skipped` : format(tally)}\n`);
process.exitCode = tally?.failed ? 1 : 0;
process.send?.(tally ?? { passed: 0, failed: 0 });
process.disconnect?.();

/** `undefined`: none could be run. */
function testAll(): Tally | undefined {
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
  return countSilence(sum([test(), check('analyse'), check('style')]));
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
  const files = globSync('tests/**/*Test.php', { cwd: folder });
  return sum(
    files.map((file) => ({
      passed: readFileSync(join(folder, file), 'utf8').split('public function test').length - 1,
      failed: 0,
    })),
  ).passed;
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
