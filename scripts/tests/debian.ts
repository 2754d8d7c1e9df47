import { spawnSync } from 'node:child_process';

/** Never asked about, and waiting for whoever else is installing. */
const apt = ['-qq', '-o', 'DPkg::Lock::Timeout=300'];

/**
 * What `find` finds; where it finds nothing, Debian's packages are installed first, if this is Debian and root.
 *
 * @param name What is missing, for the one line that tells of it.
 * @param find Throws what to say where nothing can be installed.
 */
export function ensure<Found>(name: string, packages: string[], find: () => Found): Found {
  try {
    return find();
  } catch (missing) {
    if (process.getuid?.() !== 0 || !has('apt-get')) throw missing;
  }
  console.log(`No ${name} found: installing ${packages.join(', ')} with apt-get.`);
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
