import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { textFrame } from '../servers/text-frame.ts';
import { FrameCounter } from './frame-counter.ts';

const frames = (...lengths: number[]) =>
  Buffer.concat(lengths.map((length) => textFrame('x'.repeat(length))));

describe('FrameCounter', () => {
  it('counts frames of every size of header', () => {
    const counter = new FrameCounter();
    assert.equal(counter.read(frames(0, 1, 125, 126, 65_535, 65_536, 3)), 7);
    assert.equal(counter.frames, 7);
    assert.equal(counter.others, 0);
  });

  it('counts the same wherever the stream is cut', () => {
    const stream = frames(0, 5, 126, 0, 65_536, 2);
    for (const size of [1, 2, 3, 7, 127, 131, 65_537]) {
      const counter = new FrameCounter();
      let counted = 0;
      for (let at = 0; at < stream.length; at += size)
        counted += counter.read(stream.subarray(at, at + size));
      assert.equal(counted, 6, `in chunks of ${size}`);
      assert.equal(counter.bytes, stream.length);
    }
  });

  it('counts a frame when it is whole, not before', () => {
    const counter = new FrameCounter();
    const frame = frames(200);
    assert.equal(counter.read(frame.subarray(0, -1)), 0);
    assert.equal(counter.read(frame.subarray(-1)), 1);
  });

  it('keeps nothing of a buffer that is used again', () => {
    const counter = new FrameCounter();
    const chunk = Buffer.from(frames(300).subarray(0, 3));
    counter.read(chunk);
    chunk.fill(0xff);
    assert.equal(counter.read(frames(300).subarray(3)), 1);
  });

  it('tells apart what is no text', () => {
    const counter = new FrameCounter();
    counter.read(Buffer.from([0x89, 0, 0x88, 2, 3, 0xe8]));
    assert.equal(counter.frames, 2);
    assert.equal(counter.others, 2);
  });
});
