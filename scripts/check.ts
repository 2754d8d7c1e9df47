/**
 * `npm run check`: types, lint, format, and that no file ties the project to a package registry.
 */
import { spawn } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findRegistryReferences } from './check/registry-references.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const bin = (path: string) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));

const results = await Promise.all([
  command('types', bin('typescript/bin/tsc'), '-p', '.', '--pretty', 'false'),
  command('lint and format', bin('@biomejs/biome/bin/biome'), 'check', '--diagnostic-level=error'),
  registryReferences(),
]);
process.exitCode = results.every(Boolean) ? 0 : 1;

async function command(name: string, file: string, ...args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, [file, ...args], { cwd: root });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((resolve) => child.on('close', resolve));
  return say(name, code === 0, output);
}

function registryReferences(): boolean {
  const skipped = new Set(['node_modules', 'dist', '.git', '.tmp', 'vendor', 'coverage']);
  const files = globSync('**/{*,.*}', {
    cwd: root,
    exclude: (path) => skipped.has(path.split(/[\\/]/).at(-1) ?? ''),
  });
  const found = files.flatMap((file) => {
    const path = join(root, file);
    if (!statSync(path).isFile()) return [];
    return findRegistryReferences(readFileSync(path, 'utf8')).map((line) => `${file}:${line}\n`);
  });
  return say('no registry hosts', found.length === 0, found.join(''));
}

function say(name: string, passed: boolean, output: string): boolean {
  console.log(`${passed ? '✔' : '✖'} ${name}`);
  if (!passed) console.log(output);
  return passed;
}
