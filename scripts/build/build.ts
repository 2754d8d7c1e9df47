import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'vite';
import { writeEditorData } from './editor-data.ts';
import { writeLocales } from './locales.ts';
import { writePhpAssets } from './php-assets.ts';
import { writeTypes } from './types.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Writes everything in `dist/`: the script tag's file and what it fetches from beside itself, ES modules, other
 * languages, themes, types, and what editors, frameworks and language models read.
 *
 * @throws {Error} Something could not be built.
 */
export async function build(): Promise<void> {
  rmSync(new URL('../../dist', import.meta.url), { recursive: true, force: true });
  await bundle({ root, mode: 'script' });
  await bundle({ root, mode: 'beside' });
  await bundle({ root, mode: 'modules' });
  await writeLocales();
  cpSync(`${root}themes`, `${root}dist/themes`, { recursive: true });
  writeTypes();
  run('cem', ['analyze']);
  writeEditorData();
  writePhpAssets();
}

/** Runs a command of `node_modules/.bin`, silently unless it fails. */
function run(command: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed\n${stdout ?? ''}${stderr ?? ''}`);
}
