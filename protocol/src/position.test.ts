import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatPosition, parsePosition } from './position.ts';

describe('a position', () => {
  it('is read as it is written', () => {
    assert.deepEqual(parsePosition(formatPosition({ epoch: 'a-B_9', offset: 41 })), {
      epoch: 'a-B_9',
      offset: 41,
    });
  });

  it('may stand before the first publication', () => {
    assert.deepEqual(parsePosition('e:0'), { epoch: 'e', offset: 0 });
  });

  for (const text of [
    '',
    ':',
    'e:',
    ':1',
    'e',
    'e:-1',
    'e:1.5',
    'e:1e3',
    'e:1\n',
    'e f:1',
    'e:1:2',
    `${'e'.repeat(17)}:1`,
    `e:${'9'.repeat(16)}`,
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(parsePosition(text), undefined));
  }
});
