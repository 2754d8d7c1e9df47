/**
 * Tests the Composer packages in `php/`: PHPUnit, PHPStan, and the style. Installs what is missing. The two that are no tests
 * count as one each.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePhp } from './ensure-php.ts';
import { countSilence, format, sum, type Tally, tallyJUnit } from './tally.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = ['php/publisher'];

/** Of what is asked of a network, or might wait for one. */
const TIMEOUT = 600_000;

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
  const cache = join(folder, '.cache');
  mkdirSync(cache, { recursive: true });
  const problem = installDependencies(folder, cache);
  if (problem !== undefined) return [say(`${name}: composer install`, { passed: 0, failed: 1 }, problem)];

  const report = join(cache, 'junit.xml');
  rmSync(report, { force: true });
  const phpunit = run(
    folder,
    'php',
    'vendor/bin/phpunit',
    '--no-progress',
    '--colors=never',
    '--log-junit',
    report,
  );
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

/**
 * Asks Packagist only where `composer.json` is not what was installed, so that whoever has them needs no network.
 *
 * @returns what went wrong.
 */
function installDependencies(folder: string, cache: string): string | undefined {
  const stamp = join(cache, 'installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(folder, 'composer.json')))
    .digest('hex');
  const isInstalled = existsSync(join(folder, 'vendor/autoload.php')) && existsSync(stamp);
  if (isInstalled && readFileSync(stamp, 'utf8') === wanted) return undefined;
  const { succeeded, output } = run(
    folder,
    'composer',
    'update',
    '--no-interaction',
    '--no-progress',
    '--no-ansi',
  );
  if (!succeeded)
    return `${output}\nComposer could not install what ${folder}/composer.json asks for: is Packagist reachable?`;
  writeFileSync(stamp, wanted);
  return undefined;
}

function check(what: string, folder: string, ...args: string[]): Tally {
  const { succeeded, output } = run(folder, 'php', ...args);
  return say(what, { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1 }, output);
}

function run(folder: string, command: string, ...args: string[]): { succeeded: boolean; output: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: TIMEOUT,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      WS_NODE: process.execPath,
      COMPOSER_ALLOW_SUPERUSER: '1',
      PHP_CS_FIXER_IGNORE_ENV: '1',
    },
  });
  return { succeeded: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` };
}

/** A line, and what there is to say about a failure. */
function say(what: string, tally: Tally, output: string): Tally {
  console.log(`${tally.failed ? '✖' : '✔'} ${what}: ${format(tally)}`);
  if (tally.failed) console.log(output);
  return tally;
}
