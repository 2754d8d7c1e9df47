import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from './random.ts';

const draw = (seed: number) => {
  const random = new Random(seed);
  return Array.from({ length: 1000 }, () => random.between(1, 6));
};

describe('numbers from a seed', () => {
  it('are the same with the same seed, and others with another', () => {
    assert.deepEqual(draw(1), draw(1));
    assert.notDeepEqual(draw(1), draw(2));
  });

  it('reach both ends and stay between them', () => {
    assert.deepEqual([...new Set(draw(1))].sort(), [1, 2, 3, 4, 5, 6]);
  });

  it('are dealt so that none comes more often than any other, in no fixed order', () => {
    const dealt = new Random(1).deal(['a', 'b', 'c'], 8);
    assert.deepEqual([...dealt].sort(), ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c']);
    assert.notDeepEqual(dealt, new Random(2).deal(['a', 'b', 'c'], 8));
  });
});
