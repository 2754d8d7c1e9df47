import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import MagicString from 'magic-string';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the script tag fetches from beside itself when a page asks for it: `extras/<name>.js`, and its source. */
export function extras(): Record<string, string> {
  return Object.fromEntries(
    globSync('src/extras/*.ts', { cwd: root })
      // Not by `exclude`, which looks at folders alone where a pattern names the files.
      .filter((file) => !file.endsWith('.test.ts'))
      .sort()
      .map((file) => [`extras/${basename(file, '.ts')}`, join(root, file)]),
  );
}

/** Stands for `import` until the bundler, which would put a helper of its own around it, is through. */
const IMPORT = '__importBeside';

/** Leaves `import('…/extras/<name>.ts')` to the browser, which looks beside the script. */
export function extrasBeside(): Plugin {
  return {
    name: 'extras-beside',
    enforce: 'pre',
    transform: {
      filter: { code: '/extras/' },
      handler: (code) => replaced(code, /\bimport\('[./]+\/(extras\/[\w-]+)\.ts'\)/g, `${IMPORT}('./$1.js')`),
    },
    renderChunk: (code) => replaced(code, IMPORT, 'import'),
  };
}

function replaced(code: string, from: string | RegExp, to: string) {
  const text = new MagicString(code).replaceAll(from, to);
  return { code: text.toString(), map: text.generateMap({ hires: true }) };
}
