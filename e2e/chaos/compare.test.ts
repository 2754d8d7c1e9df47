import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compare, type Entry, type Evidence } from './compare.ts';

const entry = (offset: number, id: string, channel = 'lobby'): Entry => ({ channel, offset, id });
const [one, two, three] = [entry(1, 'a_1'), entry(2, 'b_1'), entry(3, 'a_2')];

/** Two publishers and a reader who agree, and what is different. */
const judge = (different: Partial<Record<'acknowledged' | 'kept' | 'delivered', Entry[]>> = {}) => {
  const { acknowledged = [one, two, three], kept = [one, two, three], delivered = kept } = different;
  const evidence: Evidence = {
    channels: ['lobby', 'staff'],
    accepted: new Map([
      ['a', [one, three]],
      ['b', [two]],
    ]),
    acknowledged,
    kept,
    delivered: new Map([['reader', delivered]]),
  };
  return compare(evidence).map(({ kind, text }) => `${kind}: ${text}`);
};

describe('what a run leaves', () => {
  it('agrees where everybody has everything once and in order', () => {
    assert.deepEqual(judge(), []);
  });

  it('may lack an acknowledgement that nobody got', () => {
    assert.deepEqual(judge({ acknowledged: [one] }), []);
  });

  it('lacks what was accepted and is not kept', () => {
    assert.deepEqual(judge({ kept: [one, two], acknowledged: [one] }), ['lost: a_2 is not on lobby']);
  });

  it('lacks what is not where it was acknowledged', () => {
    assert.deepEqual(judge({ acknowledged: [entry(7, 'a_1')] }), [
      'lost: a_1 was acknowledged as lobby 7, and is not there',
    ]);
  });

  it('has twice what was published again', () => {
    assert.deepEqual(judge({ kept: [one, two, three, entry(4, 'b_1')] }), [
      'twice: b_1 is lobby 2 and lobby 4',
    ]);
  });

  it('is out of order where a publisher’s messages are', () => {
    const kept = [entry(1, 'a_2'), two, entry(3, 'a_1')];
    assert.deepEqual(judge({ kept, acknowledged: [] }), [
      'out of order: a_2 is lobby 1, before what a published before it',
    ]);
  });

  it('is out of order where an offset is left out, or taken by what nobody published', () => {
    assert.deepEqual(judge({ kept: [one, two, three, entry(5, 'x')], delivered: [one, two, three] }), [
      'out of order: lobby 5 stands in place 4',
      'out of order: lobby 5 is x, which nobody published',
      'lost: reader: lobby 5 never came',
    ]);
  });

  it('is out of order where a message is on another channel', () => {
    const elsewhere = entry(1, 'b_1', 'staff');
    assert.deepEqual(judge({ kept: [one, entry(2, 'a_2'), elsewhere], acknowledged: [] }), [
      'out of order: b_1 is staff 1, not on lobby',
    ]);
  });

  it('lacks what a reader never got', () => {
    assert.deepEqual(judge({ delivered: [one, three] }), ['lost: reader: lobby 2 never came']);
  });

  it('has twice what a reader got again', () => {
    assert.deepEqual(judge({ delivered: [one, two, two, three] }), ['twice: reader: lobby 2 came again']);
  });

  it('is out of order where a reader got it so', () => {
    assert.deepEqual(judge({ delivered: [one, three, two] }), ['out of order: reader: lobby 2 came after 3']);
  });

  it('is out of order where a reader got something else than is there', () => {
    assert.deepEqual(judge({ delivered: [one, entry(2, 'a_2'), three] }), [
      'out of order: reader: lobby 2 came as a_2, and is b_1',
    ]);
  });

  it('lacks what a reader got and is not kept', () => {
    assert.deepEqual(judge({ delivered: [one, two, three, entry(4, 'a_3')] }), [
      'lost: reader: lobby 4 came as a_3, and is not there',
    ]);
  });
});
