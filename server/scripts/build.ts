/**
 * Compiles the package for those who install it: JavaScript in `dist/`, the protocol's schemas inside, types beside.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

rmSync(dist, { recursive: true, force: true });

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node22',
    outDir: dist,
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: { index: join(root, 'src/index.ts'), cli: join(root, 'src/cli.ts') },
      external: [/^node:/, ...Object.keys(dependencies)],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
chmodSync(join(dist, 'cli.js'), 0o755);

execFileSync('tsc', ['-p', join(root, 'tsconfig.json')], { stdio: 'inherit' });

/** Keeps the declarations that the library's own lead to; what is imported as .ts here is .js there. */
const types = join(dist, 'types');
const kept = new Set<string>();
const open = [join(types, 'server/src/index.d.ts')];
for (let file = open.pop(); file !== undefined; file = open.pop()) {
  if (kept.has(file)) continue;
  kept.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, name = ''] of text.matchAll(/from '(\.[^']*)\.ts'/g)) {
    open.push(join(dirname(file), `${name}.d.ts`));
  }
  writeFileSync(file, text.replace(/(from '\.[^']*)\.ts'/g, "$1.js'"));
}
for (const entry of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
  const file = join(types, entry);
  if (file.endsWith('.d.ts') && !kept.has(file)) rmSync(file);
}
