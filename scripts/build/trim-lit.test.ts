import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { trim, trimmedFiles } from './trim-lit.ts';

describe('trim', () => {
  for (const file of trimmedFiles) {
    it(`knows ${file} as it is installed`, () => {
      const code = readFileSync(new URL(`../../node_modules/${file}`, import.meta.url), 'utf8');
      const trimmed = trim(code, file);
      assert.ok(trimmed.length < code.length);
      assert.doesNotMatch(trimmed, /PolyfillSupport|Versions/);
    });
  }

  it('stops when Lit has changed', () => {
    assert.throws(() => trim('export {}', 'lit-html/lit-html.js'), /expected .* once, found it 0 times$/);
  });

  it('leaves other files alone', () => {
    assert.equal(trim('export {}', 'lit-html/directive.js'), 'export {}');
  });
});
