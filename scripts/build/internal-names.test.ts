import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';
import { internalNames } from './internal-names.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Name {
  name?: string;
  value?: unknown;
}

/** Names of properties in these sources, or of what classes have alone. */
function namesIn(patterns: string[], isMember = false): Set<string> {
  const files = globSync(patterns, { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
  assert.notEqual(files.length, 0);
  const names = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    if (!value || typeof value !== 'object') return;
    const { type, key, property } = value as { type?: string; key?: Name; property?: Name };
    if (!isMember || type === 'MethodDefinition' || type === 'PropertyDefinition')
      for (const found of [key, property]) names.add(`${found?.name ?? found?.value}`);
    Object.values(value).forEach(collect);
  };
  for (const file of files) collect(parseAst(readFileSync(`${root}${file}`, 'utf8'), { lang: 'ts' }));
  return names;
}

describe('internalNames', () => {
  it('are names of properties in the script', () => {
    const names = namesIn(['src/{lit,connection,elements}/**/*.ts']);
    assert.deepEqual(
      internalNames.filter((name) => !names.has(name)),
      [],
    );
  });

  it('are nothing that a page, a file beside the script or a server names', () => {
    const names = namesIn(['src/connection/types.ts', 'src/extras/**/*.ts', 'protocol/src/*.ts']);
    for (const name of ['onStatusChange', 'isPrimary', 'channel']) assert.ok(names.has(name), name);
    assert.deepEqual(
      internalNames.filter((name) => names.has(name)),
      [],
    );
  });

  it('are nothing that an element has', () => {
    const names = namesIn(['src/{lit,elements}/**/*.ts'], true);
    for (const name of ['addController', 'announce', 'url']) assert.ok(names.has(name), name);
    assert.deepEqual(
      internalNames.filter((name) => names.has(name)),
      [],
    );
  });
});
