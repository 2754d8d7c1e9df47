/**
 * Tests the Composer packages in `php/`: PHPUnit, PHPStan, and the style. Installs what is missing. The two that are no tests
 * count as one each.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheOf, installDependencies, runIn } from './composer.ts';
import { ensurePhp } from './ensure-php.ts';
import { countSilence, format, sum, type Tally, tallyJUnit } from './tally.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = ['php/publisher'];

const tally = countSilence(sum(testAll()));
console.log(`PHP: ${format(tally)}\n`);
process.exitCode = tally.failed ? 1 : 0;
process.send?.(tally);
process.disconnect?.();

function testAll(): Tally[] {
  try {
    console.log(`PHP ${ensurePhp()}`);
  } catch (error) {
    return [say('php', { passed: 0, failed: 1 }, error instanceof Error ? error.message : String(error))];
  }
  return packages.flatMap(testPackage);
}

function testPackage(name: string): Tally[] {
  const folder = join(root, name);
  const problem = installDependencies(folder);
  if (problem !== undefined) return [say(`${name}: composer install`, { passed: 0, failed: 1 }, problem)];

  const report = join(cacheOf(folder), 'junit.xml');
  rmSync(report, { force: true });
  const phpunit = runIn(
    folder,
    'php',
    'vendor/bin/phpunit',
    '--no-progress',
    '--colors=never',
    '--display-skipped',
    '--log-junit',
    report,
  );
  for (const line of new Set(phpunit.output.match(/^SKIPPED .*$/gm))) console.log(line);
  const tests = tallyJUnit(existsSync(report) ? readFileSync(report, 'utf8') : undefined, phpunit.succeeded);
  return [
    say(`${name}: PHPUnit`, tests, phpunit.output),
    check(`${name}: PHPStan`, folder, 'vendor/bin/phpstan', 'analyse', '--no-progress', '--memory-limit=1G'),
    check(
      `${name}: style`,
      folder,
      'vendor/bin/php-cs-fixer',
      'fix',
      '--dry-run',
      '--diff',
      '--show-progress=none',
    ),
  ];
}

function check(what: string, folder: string, ...args: string[]): Tally {
  const { succeeded, output } = runIn(folder, 'php', ...args);
  return say(what, { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1 }, output);
}

/** A line, and what there is to say about a failure. */
function say(what: string, tally: Tally, output: string): Tally {
  console.log(`${tally.failed ? '✖' : '✔'} ${what}: ${format(tally)}`);
  if (tally.failed) console.log(output);
  return tally;
}
