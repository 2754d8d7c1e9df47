import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newWindow, take } from './fixed-window.ts';

describe('a fixed window', () => {
  it('lets so many through in a minute, then says how long to wait', () => {
    const window = newWindow();
    assert.deepEqual([take(window, 2, 1000), take(window, 2, 2000), take(window, 2, 3000)], [0, 0, 58_000]);
  });

  it('is forgotten at its end', () => {
    const window = newWindow();
    take(window, 1, 1000);
    assert.equal(take(window, 1, 60_999), 1);
    assert.equal(take(window, 1, 61_000), 0);
  });

  it('does not last longer because the clock was set back', () => {
    const window = newWindow();
    take(window, 1, 10_000_000);
    assert.equal(take(window, 1, 5000), 0);
  });
});
