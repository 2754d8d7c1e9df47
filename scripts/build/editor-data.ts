/**
 * Writes what is made of `custom-elements.json`: for editors, for the type checkers of frameworks, and for language
 * models.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { preactTypes, reactTypes, svelteTypes, vueTypes } from './framework-types.ts';
import { llmsText } from './llms-text.ts';
import type { Manifest } from './manifest.ts';
import { checkTypes } from './types.ts';
import { cssData, htmlData } from './vscode-data.ts';
import { webTypes } from './web-types.ts';

const root = new URL('../../', import.meta.url);
const dist = new URL('dist/', root);

/** @throws {Error} The manifest has a type that is none. */
export function writeEditorData(): void {
  const manifest = JSON.parse(read('dist/custom-elements.json')) as Manifest;
  const about = JSON.parse(read('package.json')) as { name: string; version: string; description: string };

  writeJson('vscode.html-custom-data.json', htmlData(manifest));
  writeJson('vscode.css-custom-data.json', cssData(manifest));
  writeJson('web-types.json', webTypes(manifest, about));
  write('types/react.d.ts', reactTypes(manifest, about.name));
  write('types/preact.d.ts', preactTypes(manifest, about.name));
  write('types/vue.d.ts', vueTypes(manifest, about.name));
  write('types/svelte.d.ts', svelteTypes(manifest, about.name));
  checkTypes('{react,preact,vue,svelte}.d.ts');
  write('llms.txt', llmsText(manifest, { ...about, documents: documents() }));
}

/** The README and what it leads to, by their headings. */
function documents(): { path: string; title: string }[] {
  const paths = [
    'README.md',
    'protocol/specification.md',
    'server/README.md',
    ...globSync('docs/*.md', { cwd: root }).sort(),
  ];
  return paths.map((path) => ({ path, title: /^# (.+)$/m.exec(read(path))?.[1] ?? path }));
}

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

function write(path: string, text: string): void {
  writeFileSync(new URL(path, dist), text);
}

function writeJson(path: string, data: object): void {
  write(path, `${JSON.stringify(data, null, 2)}\n`);
}
