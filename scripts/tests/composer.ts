import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of what asks a network, or might wait for one. */
const TIMEOUT = 600_000;

export interface Outcome {
  succeeded: boolean;
  output: string;
}

/** Runs a command in a package's folder to its end. */
export function runIn(folder: string, command: string, ...args: string[]): Outcome {
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

/** Where a package's tools keep what they know; git ignores it. */
export function cacheOf(folder: string): string {
  const cache = join(folder, '.cache');
  mkdirSync(cache, { recursive: true });
  return cache;
}

/**
 * Installs what a package's `composer.json` asks for. Packagist is asked only where that is not what was installed, so that
 * whoever has it needs no network.
 *
 * @returns what went wrong.
 */
export function installDependencies(folder: string): string | undefined {
  const stamp = join(cacheOf(folder), 'installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(folder, 'composer.json')))
    .digest('hex');
  const isInstalled = existsSync(join(folder, 'vendor/autoload.php')) && existsSync(stamp);
  if (isInstalled && readFileSync(stamp, 'utf8') === wanted) return undefined;
  const update = ['update', '--no-interaction', '--no-progress', '--no-ansi'];
  const { succeeded, output } = runIn(folder, 'composer', ...update);
  if (!succeeded) {
    return `${output}\nComposer could not install what ${folder}/composer.json asks for: is Packagist reachable?`;
  }
  writeFileSync(stamp, wanted);
  return undefined;
}
