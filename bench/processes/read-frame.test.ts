import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { textFrame } from '../servers/text-frame.ts';
import { readFrame } from './read-frame.ts';

describe('readFrame', () => {
  it('finds the text of frames with every size of header', () => {
    const texts = [0, 1, 125, 126, 65_535, 65_536].map((length) => 'x'.repeat(length));
    const stream = Buffer.concat(texts.map(textFrame));
    const found: string[] = [];
    for (let at = 0; at < stream.length; ) {
      const { begin, end } = readFrame(stream, at) ?? assert.fail();
      found.push(stream.toString('utf8', begin, end));
      at = end;
    }
    assert.deepEqual(found, texts);
  });

  it('finds none that is not whole', () => {
    for (const frame of [5, 126, 65_536].map((length) => textFrame('x'.repeat(length)))) {
      for (const length of [0, 1, 2, 3, 4, 9, 10, frame.length - 1]) {
        if (length < frame.length) assert.equal(readFrame(frame.subarray(0, length), 0), undefined);
      }
    }
  });

  it('takes nothing but whole text messages', () => {
    assert.throws(() => readFrame(Buffer.from([0x88, 0]), 0), /expected a text frame, got .* 0x88/);
    assert.throws(() => readFrame(Buffer.from([0x01, 0]), 0), /0x1$/);
  });
});
