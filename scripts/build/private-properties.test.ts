import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shortenNames } from './private-properties.ts';

describe('shortenNames', () => {
  it('gives a private property the same short name everywhere, and leaves the public ones', () => {
    assert.equal(
      shortenNames('css`:host{--_on-accent:var(--ws-on-accent);--_on:1}`; style.cssText = `--_new:1;--_on:2`')
        .code,
      'css`:host{--_a:var(--ws-on-accent);--_b:1}`; style.cssText = `--_c:1;--_b:2`',
    );
  });

  it('has a name for each, however many', () => {
    const names = Array.from({ length: 60 }, (_, n) => `--_p${'x'.repeat(n)}`);
    const { code } = shortenNames(names.join());
    assert.equal(new Set(code.split(',')).size, 60);
  });
});
