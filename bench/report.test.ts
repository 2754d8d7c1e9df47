import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatBar, formatTable, holds } from './report.ts';

describe('a bar', () => {
  it('holds at its very value and not above', () => {
    assert.ok(holds({ what: '', value: 0.8, atMost: 0.8 }));
    assert.ok(!holds({ what: '', value: 0.801, atMost: 0.8 }));
  });

  it('may have to stay below a value', () => {
    assert.ok(holds({ what: '', value: 0.999, below: 1 }));
    assert.ok(!holds({ what: '', value: 1, below: 1 }));
  });

  it('may have to reach a value', () => {
    assert.ok(holds({ what: '', value: 40, atLeast: 40 }));
    assert.ok(!holds({ what: '', value: 39.9, atLeast: 40 }));
  });

  it('does not hold where nothing was measured', () => {
    assert.ok(!holds({ what: '', value: Number.NaN, atMost: 0.8 }));
    assert.ok(!holds({ what: '', value: Number.NaN, atLeast: 40 }));
    assert.ok(!holds({ what: '', value: Number.NaN, below: 1 }));
  });

  it('is printed with its unit', () => {
    assert.equal(
      formatBar({ what: 'heap', value: 9.5, atMost: 9, unit: ' MiB' }),
      'MISSED  heap: 9.50, at most 9 MiB',
    );
  });
});

describe('formatTable', () => {
  it('lines columns up, numbers to the right', () => {
    assert.equal(
      formatTable([
        ['', 'ours'],
        ['longer', '1'],
      ]),
      '        ours\nlonger     1',
    );
  });
});
