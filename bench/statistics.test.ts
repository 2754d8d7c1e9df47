import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { median, percentile, range, ratios } from './statistics.ts';

describe('median', () => {
  it('is the middle value, in whatever order they come', () => assert.equal(median([9, 1, 5]), 5));
  it('is between the two middle ones of an even number', () => assert.equal(median([4, 1, 3, 100]), 3.5));
  it('compares numbers as numbers', () => assert.equal(median([10, 9, 100]), 10));
  it('of nothing is no number', () => assert.ok(Number.isNaN(median([]))));
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('is the value that so many do not exceed', () => {
    assert.equal(percentile(hundred, 95), 95);
    assert.equal(percentile(hundred, 100), 100);
    assert.equal(percentile([7], 1), 7);
  });
  it('of nothing is no number', () => assert.ok(Number.isNaN(percentile([], 95))));
});

describe('range', () => {
  it('is from the smallest to the largest', () => assert.deepEqual(range([3, 1, 2]), [1, 3]));
});

describe('ratios', () => {
  it('divides each by the one beside it', () => assert.deepEqual(ratios([1, 9], [2, 3]), [0.5, 3]));
  it('has no ratio where one is missing', () => assert.ok(Number.isNaN(ratios([1], [])[0])));
});
