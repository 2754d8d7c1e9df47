import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shortenNames } from './private-properties.ts';

describe('shortenNames', () => {
  it('gives a private property the same short name in every module, and leaves the public ones', () => {
    const short = new Map<string, string>();
    const shorten = (code: string) => shortenNames(code, 'x.ts', short).code;
    assert.equal(
      shorten('css`:host{--_on-accent:var(--ws-on-accent);--_on:1}`'),
      'css`:host{--_a:var(--ws-on-accent);--_b:1}`',
    );
    assert.equal(shorten('style.cssText = `--_new:1;--_on:2`'), 'style.cssText = `--_c:1;--_b:2`');
  });

  it('has a name for each, however many', () => {
    const names = Array.from({ length: 60 }, (_, n) => `--_p${'x'.repeat(n)}`);
    const { code } = shortenNames(names.join(), 'x.ts', new Map());
    assert.equal(new Set(code.split(',')).size, 60);
  });
});
