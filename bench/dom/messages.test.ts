import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMessages } from './messages.ts';

describe('the messages of the benchmark', () => {
  const messages = createMessages(1000);
  const texts = messages.map(({ text }) => text);

  it('are the same in every run', () => assert.deepEqual(createMessages(1000), messages));
  it('are others with another seed', () => assert.notDeepEqual(createMessages(1000, 2), messages));
  it('end on one that is there only once', () => {
    assert.equal(texts.at(-1)?.replaceAll('\n', ' '), 'That was the last of 1000.');
    assert.equal(texts.indexOf(texts.at(-1) as string), 999);
  });
  it('come from several people', () => assert.ok(new Set(messages.map(({ name }) => name)).size >= 5));
  it('are never longer than a server lets through', () => {
    assert.ok(texts.every((text) => text !== '' && [...text].length <= 1000));
  });
  it('are short for the most part, some long, some of several lines', () => {
    const share = (holds: (text: string) => boolean) => texts.filter(holds).length / texts.length;
    assert.ok(share((text) => text.length < 160) > 0.8);
    const long = share((text) => text.length > 300);
    assert.ok(long > 0.03 && long < 0.1);
    const broken = share((text) => text.includes('\n'));
    assert.ok(broken > 0.03 && broken < 0.15);
  });
  it('come one after the other', () => {
    const times = messages.map(({ timestamp }) => Date.parse(timestamp));
    assert.deepEqual(
      times.toSorted((a, b) => a - b),
      times,
    );
  });
});
