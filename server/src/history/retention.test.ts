import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asRetention, DEFAULT_RETENTION, parseRetention, retentionOf } from './retention.ts';

describe('what is kept', () => {
  it('is said in words', () => {
    assert.deepEqual(parseRetention('user:*=500/30d/1M'), {
      pattern: 'user:*',
      count: 500,
      age: 30 * 86_400_000,
      bytes: 1_048_576,
    });
    assert.deepEqual(parseRetention('a=7'), { ...DEFAULT_RETENTION, pattern: 'a', count: 7 });
    assert.deepEqual(parseRetention('a=/90s'), { ...DEFAULT_RETENTION, pattern: 'a', age: 90_000 });
    assert.deepEqual(parseRetention('a=//5k'), { ...DEFAULT_RETENTION, pattern: 'a', bytes: 5120 });
    assert.deepEqual(parseRetention('a=0/2h/3'), { pattern: 'a', count: 0, age: 7_200_000, bytes: 3 });
  });

  it('is refused where it says something else', () => {
    for (const text of [
      '',
      'a',
      '=1',
      'a=x',
      'a=1/2',
      'a=1/2w',
      'a=1/2d/3x',
      'a=1/d',
      'a=-1',
      'a=1/2d/3M/4',
      'a=1.5',
    ]) {
      assert.equal(parseRetention(text), undefined, text);
    }
  });

  it('may be an object', () => {
    assert.deepEqual(asRetention({ pattern: 'a', count: 3 }), {
      ...DEFAULT_RETENTION,
      pattern: 'a',
      count: 3,
    });
    for (const wrong of [
      null,
      3,
      {},
      { pattern: 'a', count: -1 },
      { pattern: 'a', age: '1' },
      { pattern: 'a', size: 1 },
    ]) {
      assert.equal(asRetention(wrong), undefined, JSON.stringify(wrong));
    }
  });

  it('is decided by the first rule that covers a channel', () => {
    const rules = ['lobby=1', 'lob*=2', 'user:*=3'].map((text) => parseRetention(text) as never);
    assert.deepEqual(
      ['lobby', 'lob', 'user:7', 'other'].map((channel) => retentionOf(channel, rules).count),
      [1, 2, 3, DEFAULT_RETENTION.count],
    );
  });
});
