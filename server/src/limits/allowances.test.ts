import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Allowances } from './allowances.ts';

const limits = { publications: 1, frames: 2 };

describe('allowances', () => {
  it('count publications and other frames by themselves', () => {
    const allowances = new Allowances(limits);
    assert.equal(allowances.take('user 7', 'publications', 0), 0);
    assert.equal(allowances.take('user 7', 'publications', 0), 60_000);
    assert.equal(allowances.take('user 7', 'frames', 0), 0);
  });

  it('count each client by itself', () => {
    const allowances = new Allowances(limits);
    allowances.take('user 7', 'publications', 0);
    assert.equal(allowances.take('user 8', 'publications', 0), 0);
  });

  it('keep nothing of clients whose minute is over', () => {
    const allowances = new Allowances(limits);
    allowances.take('user 7', 'frames', 0);
    allowances.sweep(59_999);
    assert.equal(allowances.size, 1);
    allowances.sweep(60_000);
    assert.equal(allowances.size, 0);
  });
});
