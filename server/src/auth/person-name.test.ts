import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { personName } from './person-name.ts';

describe("a person's name", () => {
  it('is as it was given', () => {
    assert.equal(personName('Ann 👩‍🚀 Müller'), 'Ann 👩‍🚀 Müller');
  });

  it('is one line without control characters', () => {
    assert.equal(personName(' Ann\u0000\n\u2028Bob\t '), 'Ann Bob');
  });

  it('cannot turn the direction of what follows', () => {
    assert.equal(personName('\u202eAnn\u2066'), 'Ann');
  });

  it('is well-formed, and cut to 64 code points', () => {
    assert.equal(personName('A\ud800'), 'A');
    assert.equal([...(personName('😀'.repeat(100)) ?? '')].length, 64);
  });

  it('is none if nothing of it can be seen', () => {
    for (const given of [null, undefined, '', '  ', '\u0000', '\u200b\u200d'])
      assert.equal(personName(given), undefined);
  });
});
