import assert from 'node:assert/strict';
import type { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import * as ws from 'ws';
import { textFrame } from './text-frame.ts';

/** What a client reads out of it. */
function read(frame: Buffer): string[] {
  const texts: string[] = [];
  const { Receiver } = ws as unknown as { Receiver: new () => Writable };
  const receiver = new Receiver();
  receiver.on('message', (data: Buffer, isBinary: boolean) =>
    texts.push(isBinary ? '(binary)' : String(data)),
  );
  receiver.write(frame);
  return texts;
}

describe('a text frame', () => {
  for (const length of [0, 1, 125, 126, 127, 128, 65_531, 65_532, 65_535, 65_536, 70_000]) {
    it(`of ${length} bytes is read as it was written`, () => {
      const text = 'x'.repeat(length);
      assert.deepEqual(read(textFrame(text)), [text]);
    });
  }

  it('counts bytes, not characters', () => {
    const text = 'ä😀'.repeat(30);
    assert.deepEqual(read(textFrame(text)), [text]);
  });

  it('is unmasked and final, in the fewest bytes', () => {
    assert.deepEqual([...textFrame('Hi')], [0x81, 2, 0x48, 0x69]);
  });
});
