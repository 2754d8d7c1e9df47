import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseFrame } from './parse-frame.ts';

const codeOf = (text: string | Buffer, isBinary = false) =>
  parseFrame(Buffer.from(text), isBinary, 100).error?.code;

describe('a frame', () => {
  it('is a JSON object with a type', () => {
    assert.deepEqual(parseFrame(Buffer.from('{"type":"ping"}'), false, 100), { frame: { type: 'ping' } });
  });

  it('is refused by what is wrong with it', () => {
    assert.equal(codeOf('{"type":"ping"}', true), 'binary_frame');
    assert.equal(codeOf('x'.repeat(101)), 'frame_too_large');
    for (const text of ['', ' ', 'x', '{', '[]', 'null', '1', '"text"', '{"type":"ping"}{}']) {
      assert.equal(codeOf(text), 'invalid_json', text);
    }
    for (const text of [
      '{}',
      '{"type":1}',
      '{"type":null}',
      '{"Type":"ping"}',
      '{"__proto__":{"type":"ping"}}',
    ]) {
      assert.equal(codeOf(text), 'invalid_frame', text);
    }
  });

  it('may be as large as its limit', () => {
    assert.equal(codeOf(`{"type":"${'x'.repeat(89)}"}`), undefined);
  });
});
