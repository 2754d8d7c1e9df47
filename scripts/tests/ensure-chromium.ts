import { spawnSync } from 'node:child_process';
import { chromiumMissing, findChromium } from '../find-chromium.ts';

/** Never asked about, and waiting for whoever else is installing. */
const apt = ['-qq', '-o', 'DPkg::Lock::Timeout=300'];

/**
 * Path of a Chromium; installs Debian's where there is none.
 *
 * @throws {Error} There is none and none could be installed.
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() !== 0 || !has('apt-get')) throw new Error(chromiumMissing);

  console.log('No Chromium found: installing the chromium package with apt-get.');
  run('apt-get', [...apt, 'update']);
  // Without any font, text has no size; the package only recommends one.
  run('apt-get', [...apt, 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation']);
  const installed = findChromium();
  if (!installed) throw new Error(chromiumMissing);
  return installed;
}

function has(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`${chromiumMissing} (${command} ${args.join(' ')} failed)`);
}
