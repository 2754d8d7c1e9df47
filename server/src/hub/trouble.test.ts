import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { pino } from 'pino';
import { Trouble } from './trouble.ts';

describe('trouble', () => {
  let said: string[];
  let now: number;
  let trouble: Trouble;
  beforeEach(() => {
    said = [];
    now = 0;
    const log = pino({}, { write: (line) => void said.push(JSON.parse(line).msg) });
    trouble = new Trouble(log, () => now, 'full', 'room again');
  });

  it('is said once, however often it comes and goes', () => {
    for (; now < 1_000_000; now += 10_000) {
      trouble.meet(new Error('large'));
      trouble.pass();
    }
    assert.deepEqual(said, ['full']);
  });

  it('is over a minute after it was met last, and said when it comes again', () => {
    trouble.meet(new Error('full'));
    now += 59_999;
    trouble.pass();
    assert.deepEqual(said, ['full']);
    now += 1;
    trouble.pass();
    trouble.pass();
    trouble.meet(new Error('full'));
    assert.deepEqual(said, ['full', 'room again', 'full']);
  });

  it('is nothing to speak of where there was none', () => {
    trouble.pass();
    assert.deepEqual(said, []);
  });
});
