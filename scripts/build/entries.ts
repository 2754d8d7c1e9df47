import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The package's modules and their sources: `index`, and `elements/<name>` for every element's `define.ts`. */
export function entries(): Record<string, string> {
  const elements = globSync('src/elements/*/define.ts', { cwd: root }).sort();
  return {
    index: join(root, 'src/index.ts'),
    ...Object.fromEntries(elements.map((file) => [`elements/${basename(dirname(file))}`, join(root, file)])),
  };
}
