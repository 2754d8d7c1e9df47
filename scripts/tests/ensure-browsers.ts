import { spawnSync } from 'node:child_process';
import { findFirefox, findWebKit } from '../find-browsers.ts';
import { chromiumMissing, findChromium } from '../find-chromium.ts';

/** Never asked about, and waiting for whoever else is installing. */
const apt = ['-qq', '-o', 'DPkg::Lock::Timeout=300'];

/** Without any font, text has no size; the browsers' packages only recommend one. */
const FONT = 'fonts-liberation';

/**
 * Path of a Chromium; installs Debian's where there is none.
 *
 * @throws {Error} There is none and none could be installed.
 */
export function ensureChromium(): string {
  return ensure('Chromium', ['chromium', FONT], () => {
    const found = findChromium();
    if (!found) throw new Error(chromiumMissing);
    return found;
  });
}

/** As {@link ensureChromium}, of Firefox. */
export function ensureFirefox(): string {
  return ensure('Firefox', ['firefox-esr', FONT], findFirefox);
}

/** As {@link ensureChromium}, of WebKit with its driver and a display for it. */
export function ensureWebKit(): object {
  return ensure('WebKit', ['webkit2gtk-driver', 'xvfb', 'xauth', FONT], findWebKit);
}

function ensure<Found>(name: string, packages: string[], find: () => Found): Found {
  try {
    return find();
  } catch (missing) {
    if (process.getuid?.() !== 0 || !has('apt-get')) throw missing;
  }
  console.log(`No ${name} found: installing ${packages[0]} with apt-get.`);
  run('apt-get', [...apt, 'update']);
  run('apt-get', [...apt, 'install', '-y', '--no-install-recommends', ...packages]);
  return find();
}

function has(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}
