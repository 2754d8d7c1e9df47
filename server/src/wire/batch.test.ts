import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Batch } from './batch.ts';
import { textFrame } from './text-frame.ts';

const [a, b, c] = ['a', 'bb', 'ccc'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

describe('what a tick brings', () => {
  it('is the very frame, where it is one', () => {
    assert.equal(new Batch().with(a).bytes, a);
  });

  it('is all frames in their order, where they are several', () => {
    assert.equal(String(new Batch().with(a).with(b).with(c).bytes), 'abbccc');
  });

  it('knows its length before it is joined', () => {
    assert.equal(new Batch().with(a).with(b).with(c).length, 6);
    assert.equal(new Batch().length, 0);
  });

  it('is joined once for all sockets that got the same', () => {
    const root = new Batch();
    const one = [root.with(a), root.with(a)].map((batch) => batch.with(b));
    assert.equal(one[0], one[1]);
    assert.equal(one[0]?.bytes, one[1]?.bytes);
  });

  it('frames a text where it stands', () => {
    const long = 'x'.repeat(200);
    const batch = new Batch().with('hi').with(a).with(long);
    assert.deepEqual(batch.bytes, Buffer.concat([textFrame('hi'), a, textFrame(long)]));
    assert.equal(batch.length, batch.bytes.length);
    assert.deepEqual(new Batch().with('hi').bytes, textFrame('hi'));
  });

  it('keeps apart what differs', () => {
    const root = new Batch();
    const first = root.with(a).with(b);
    const second = root.with(a).with(c);
    const third = root.with(b);
    assert.deepEqual(
      [first, second, third].map(({ bytes }) => String(bytes)),
      ['abb', 'accc', 'bb'],
    );
  });
});
