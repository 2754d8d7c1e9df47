import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { preactTypes, reactTypes, svelteTypes, vueTypes } from './framework-types.ts';
import type { Manifest } from './manifest.ts';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

const manifest: Manifest = {
  modules: [
    {
      path: 'dist/elements/panel.js',
      declarations: [
        {
          tagName: 'ws-panel',
          description: 'A panel.\nIn two lines, the end of a comment in them: */',
          attributes: [
            {
              name: 'side',
              description: 'Where.',
              fieldName: 'side',
              type: { text: "'start' | 'end' | undefined" },
            },
            { name: 'tone', fieldName: 'tone', type: { text: 'Tone' } },
            { name: 'label', fieldName: 'label', type: { text: 'string' } },
            { name: 'max', fieldName: 'max', type: { text: 'number' } },
            { name: 'delay', fieldName: 'delay' },
            { name: 'open', fieldName: 'open', type: { text: 'boolean' } },
            { name: 'no-bell', description: 'Silent.', fieldName: 'noBell', type: { text: 'boolean' } },
            { name: 'with-bell', fieldName: 'withBell', type: { text: 'boolean' } },
          ],
          members: [
            { kind: 'field', name: 'side' },
            { kind: 'field', name: 'noBell' },
            { kind: 'field', name: 'words', description: 'Its words.' },
            { kind: 'field', name: 'size', readonly: true },
            { kind: 'method', name: 'close' },
          ],
          events: [{ name: 'ws-panel-open', description: 'It opened.' }],
        },
      ],
    },
  ],
};

/** What the build declares of the panel. */
const panel = `export type Tone = 'calm' | 'loud';
export declare class WsPanel extends HTMLElement {
  side?: 'start' | 'end'; tone: Tone; label: string; max: number; delay: number; open: boolean;
  noBell: boolean; withBell: boolean; words: { title: string }; readonly size: number;
  close(): void;
}
declare global { interface HTMLElementTagNameMap { 'ws-panel': WsPanel } }
`;

/** One thing given to the panel, the expression of its value, and whether that passes. */
type Use = [name: string, value: string, passes: boolean];

const uses: Use[] = [
  ['side', `'end'`, true],
  ['side', `'nowhere'`, false],
  ['tone', `'calm'`, true],
  ['tone', `'shrill'`, false],
  ['label', `'Panel'`, true],
  ['label', '1', false],
  ['max', '3', true],
  ['max', `'3'`, true],
  ['max', `'three'`, false],
  ['delay', '1000', true],
  ['delay', `'1s'`, true],
  ['delay', '[]', false],
  ['open', 'false', true],
  ['open', `'yes'`, false],
  ['no-bell', 'true', true],
  ['noBell', 'false', true],
  ['words', `{ title: 'Panel' }`, true],
  ['words', '{ title: 1 }', false],
  ['size', '1', false],
  ['close', '() => {}', false],
  // What every HTML element takes.
  ['id', `'a'`, true],
  ['id', '[]', false],
];

const handler = (name: string): Use[] => [
  [name, '(event) => event.detail', true],
  [name, '(event) => event.nothing', false],
  [name, `'alert()'`, false],
];

const ref: Use[] = [
  ['ref', '(element) => { element?.close(); }', true],
  ['ref', '(element) => { element?.nothing(); }', false],
];

const folder = mkdtempSync(join(tmpdir(), 'framework-types-'));
after(() => rmSync(folder, { recursive: true }));

write('package.json', '{ "type": "module" }');
write(
  'node_modules/ws/package.json',
  '{ "name": "ws", "exports": { "./elements/*.js": { "types": "./*.d.ts" }, "./*": { "types": "./*.d.ts" } } }',
);
write('node_modules/ws/panel.d.ts', panel);
for (const name of ['@types/react', 'preact', 'vue', 'svelte']) {
  const link = join(folder, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(modules, name), link, 'junction');
}

describe('reactTypes', () => {
  it('lets pass what an element takes, and nothing else', () => {
    write('node_modules/ws/react.d.ts', reactTypes(manifest, 'ws'));
    const more: Use[] = [
      ...handler('onws-panel-open'),
      ...ref,
      ['no-bell', 'false', true],
      ['className', `'a'`, true],
    ];
    check('react.tsx', `import type {} from 'ws/react';`, inJsx, [...uses, ...more], ['--jsx', 'react-jsx']);
  });
});

describe('preactTypes', () => {
  it('lets pass what an element takes, and nothing else', () => {
    write('node_modules/ws/preact.d.ts', preactTypes(manifest, 'ws'));
    const more: Use[] = [
      ...handler('onws-panel-open'),
      ...ref,
      ['no-bell', 'false', true],
      ['with-bell', 'false', false],
      ['class', `'a'`, true],
    ];
    const options = ['--jsx', 'react-jsx', '--jsxImportSource', 'preact'];
    check('preact.tsx', `import type {} from 'ws/preact';`, inJsx, [...uses, ...more], options);
  });
});

describe('vueTypes', () => {
  it('lets pass what an element takes, and nothing else', () => {
    write('node_modules/ws/vue.d.ts', vueTypes(manifest, 'ws'));
    const head = `import type {} from 'ws/vue'; import type { GlobalComponents as All } from 'vue'; declare const Panel: All['ws-panel'];`;
    // As Vue's checker has a template.
    const line = (name: string, value: string) => `new Panel().$props = { '${name}': ${value} };`;
    const more: Use[] = [
      ...handler('onWsPanelOpen'),
      ['no-bell', 'false', false],
      ['class', '{ a: true }', true],
    ];
    check('vue.ts', head, line, [...uses, ...more]);
  });
});

describe('svelteTypes', () => {
  it('lets pass what an element takes, and nothing else', () => {
    write('node_modules/ws/svelte.d.ts', svelteTypes(manifest, 'ws'));
    const head = `/// <reference path="${join(modules, 'svelte', 'svelte-html.d.ts')}" />\nimport type {} from 'ws/svelte';`;
    // As Svelte's checker has a template.
    const line = (name: string, value: string) =>
      `svelteHTML.createElement('ws-panel', { '${name}': ${value} });`;
    const more: Use[] = [
      ...handler('onws-panel-open'),
      ...handler('on:ws-panel-open'),
      ['no-bell', 'false', false],
      ['class', `'a'`, true],
    ];
    check('svelte.ts', head, line, [...uses, ...more]);
  });
});

describe('each of them', () => {
  it('keeps the descriptions', () => {
    for (const types of [reactTypes, preactTypes, vueTypes, svelteTypes]) {
      const text = types(manifest, 'ws');
      assert.match(text, /\/\*\* Where\. \*\/\n {2}'side'\?:/);
      assert.match(text, /\/\*\* Its words\. \*\/\n {2}'words'\?:/);
      assert.match(text, /\/\*\* It opened\. \*\/\n {2}'on/);
      assert.match(
        text,
        / \* A panel\.\n +\* In two lines, the end of a comment in them: \*\\\/\n +\*\/\n +'ws-panel':/,
      );
    }
  });
});

function inJsx(name: string, value: string): string {
  return `void (<ws-panel ${name}={${value}} />);`;
}

/** Compiles the uses, one a line, and compares those with an error to those that should have one. */
function check(
  file: string,
  head: string,
  line: (name: string, value: string) => string,
  given: Use[],
  options: string[] = [],
): void {
  const lines = given.map(([name, value]) => line(name, value));
  write(file, [head, ...lines].join('\n'));
  const { stdout } = spawnSync(
    process.execPath,
    [
      ...[
        join(modules, 'typescript', 'bin', 'tsc'),
        '--noEmit',
        '--pretty',
        'false',
        '--strict',
        '--types',
        '',
      ],
      ...['--target', 'es2022', '--module', 'nodenext', ...options, file],
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  const headLines = head.split('\n').length;
  const failed = new Set<string>();
  for (const message of stdout.split('\n').filter((text) => /^\S/.test(text))) {
    const [, path, number] = /^(.+?)\((\d+),\d+\): error/.exec(message) ?? [];
    const use = path === file ? given[Number(number) - headLines - 1] : undefined;
    // Anything else is an error in what was generated.
    failed.add(use ? `${use[0]}={${use[1]}}` : message);
  }
  const expected = given.filter(([, , passes]) => !passes).map(([name, value]) => `${name}={${value}}`);
  assert.deepEqual([...failed], expected);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
