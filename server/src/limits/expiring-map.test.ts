import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ExpiringMap } from './expiring-map.ts';

describe('a map that forgets', () => {
  it('has a value until its time is over', () => {
    const map = new ExpiringMap<string>(100, 10);
    map.set('a', 'A', 0);
    assert.equal(map.get('a', 99), 'A');
    assert.equal(map.get('a', 100), undefined);
  });

  it('gives up the oldest above its capacity', () => {
    const map = new ExpiringMap<number>(100, 2);
    for (const [index, key] of ['a', 'b', 'c'].entries()) map.set(key, index, index);
    assert.deepEqual(
      ['a', 'b', 'c'].map((key) => map.get(key, 3)),
      [undefined, 1, 2],
    );
  });

  it('keeps no memory of what a sweep found expired', () => {
    const map = new ExpiringMap<number>(100, 10);
    map.set('a', 1, 0);
    map.set('b', 2, 50);
    map.sweep(120);
    assert.equal(map.size, 1);
  });

  it('takes the names that objects have already', () => {
    const map = new ExpiringMap<string>(100, 10);
    assert.equal(map.get('__proto__', 0), undefined);
    map.set('__proto__', 'a value', 0);
    assert.equal(map.get('__proto__', 0), 'a value');
    assert.equal(map.get('constructor', 0), undefined);
  });
});
