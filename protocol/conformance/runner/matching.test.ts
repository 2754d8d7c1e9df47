import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { difference } from './matching.ts';
import type { Context } from './values.ts';

const context = (variables: Record<string, unknown> = {}): Context => ({
  secret: '',
  variables: new Map(Object.entries(variables)),
});
const matches = (expected: unknown, actual: unknown, variables?: Record<string, unknown>) =>
  difference(expected, actual, context(variables)) === undefined;

describe('an expectation', () => {
  it('is exact: no field may be missing or come besides', () => {
    assert.ok(matches({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 }));
    assert.equal(difference({ a: 1 }, { a: 1, b: 2 }, context()), 'b: not expected, got 2');
    assert.equal(difference({ a: { b: 1 } }, { a: {} }, context()), 'a.b: expected 1, got nothing');
    assert.equal(difference({ a: [1] }, { a: [1, 2] }, context()), 'a: expected 1 items, got [1,2]');
    assert.ok(!matches({ a: 1 }, { a: '1' }));
    assert.ok(!matches({}, []));
    assert.ok(!matches([], {}));
    assert.ok(!matches(null, undefined));
  });

  it('knows values that cannot be written down', () => {
    assert.ok(
      matches({ $string: true }, 'x') && !matches({ $string: true }, '') && !matches({ $string: true }, 1),
    );
    assert.ok(
      matches({ $integer: true }, 7) &&
        !matches({ $integer: true }, 7.5) &&
        !matches({ $integer: true }, '7'),
    );
    assert.ok(matches({ $integer: [1, 3] }, 3) && !matches({ $integer: [1, 3] }, 4));
    assert.ok(matches({ $pattern: '^a+$' }, 'aa') && !matches({ $pattern: '^a+$' }, 'ab'));
    assert.ok(matches({ $boolean: true }, false) && !matches({ $boolean: true }, 0));
    assert.ok(
      matches({ $time: 'iso' }, '2024-01-01T12:00:00.000Z') &&
        !matches({ $time: 'iso' }, '2024-01-01 12:00:00'),
    );
    assert.ok(
      matches({ $time: 'plain' }, '2024-01-01 12:00:00') &&
        !matches({ $time: 'plain' }, '2024-13-01 12:00:00'),
    );
    assert.ok(matches({ $repeat: ['😀', 3] }, '😀😀😀') && !matches({ $repeat: ['😀', 3] }, '😀😀'));
    assert.ok(matches({ a: { $any: true } }, { a: null }) && !matches({ a: { $any: true } }, {}));
    assert.ok(matches({ $not: 'x' }, 'y') && !matches({ $not: 'x' }, 'x'));
  });

  it('may look at some fields only, and at what is not there', () => {
    assert.ok(matches({ $contains: { a: 1 } }, { a: 1, b: 2 }));
    assert.ok(matches({ $contains: { c: { $absent: true } } }, { a: 1 }));
    assert.ok(!matches({ $contains: { a: { $absent: true } } }, { a: undefined }));
    assert.ok(!matches({ $contains: { a: 1 } }, { b: 1 }));
  });

  it('may leave the order open', () => {
    assert.ok(matches({ $unordered: [1, 2] }, [2, 1]));
    assert.ok(!matches({ $unordered: [1, 1] }, [2, 1]));
    assert.ok(!matches({ $unordered: [1] }, [1, 2]));
  });

  it('captures, and holds later values to what was captured', () => {
    const shared = context();
    assert.equal(difference({ id: { $capture: ['id', { $string: true }] } }, { id: 'x' }, shared), undefined);
    assert.equal(difference({ $same: 'id' }, 'x', shared), undefined);
    assert.equal(difference({ $same: 'id' }, 'y', shared), 'the whole: expected "x", got "y"');
    assert.equal(difference('a-{{id}}', 'a-x', shared), undefined);
    assert.throws(() => difference('{{other}}', '', shared), /nothing was captured/);
  });

  it('never captures what does not match', () => {
    const shared = context();
    assert.ok(difference({ $capture: ['id', { $string: true }] }, 7, shared));
    assert.throws(() => difference({ $same: 'id' }, 7, shared));
  });

  it('does not know every matcher that somebody may think of', () => {
    assert.match(difference({ $strings: true }, 'x', context()) ?? '', /\$strings is no matcher/);
  });
});
