import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DocumentedElement } from './api-section.ts';
import { makeSite, type Site } from './site.ts';

const root = new URL('../../', import.meta.url);
const target = new URL('dist/docs/', root);

/**
 * Makes the site from `docs/` and `dist/`.
 *
 * @throws {Error} A page is wrong, or nothing has been built.
 */
export function buildDocs(): Site {
  const sources = new Map(find('docs', '**/*.md').map((path) => [path, read(`docs/${path}`).toString()]));
  const { modules } = JSON.parse(read('dist/custom-elements.json').toString()) as {
    modules: { declarations?: DocumentedElement[] }[];
  };
  return makeSite(
    sources,
    modules.flatMap(({ declarations }) => declarations ?? []),
    new Map([
      ...find('docs', '**/*.png').map((path) => [path, read(`docs/${path}`)] as const),
      ...find('scripts/docs/assets', '**/*.{css,js,svg}').map(
        (name) => [`assets/${name}`, read(`scripts/docs/assets/${name}`)] as const,
      ),
      ...['ws-elements.js', ...find('dist', '{locales,extras}/*.{json,js}')].map(
        (path) => [`assets/${path}`, read(`dist/${path}`)] as const,
      ),
    ]),
  );
}

/** Writes a site to `dist/docs/`, in place of the last. */
export function writeDocs({ files }: Site): void {
  rmSync(target, { recursive: true, force: true });
  for (const [path, content] of files) {
    const file = fileURLToPath(new URL(path, target));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

function find(folder: string, pattern: string): string[] {
  return globSync(pattern, { cwd: new URL(folder, root) })
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

function read(path: string): Buffer {
  return readFileSync(new URL(path, root));
}
