/** What both histories promise. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Entry, History } from './history.ts';
import { MemoryHistory } from './memory-history.ts';
import type { RetentionRule } from './retention.ts';
import { SqliteHistory } from './sqlite-history.ts';

const folder = mkdtempSync(join(tmpdir(), 'ws-history-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;

const ALL = { count: 1000, bytes: 1_000_000 };
const START = Date.UTC(2024, 0, 1);

const kinds = {
  memory: (rules: RetentionRule[], now: () => number) => new MemoryHistory(rules, now),
  sqlite: (rules: RetentionRule[], now: () => number) =>
    new SqliteHistory(join(folder, `${++files}.sqlite`), rules, now),
};

const rule = (more: Partial<RetentionRule>): RetentionRule => ({
  pattern: '*',
  count: 1000,
  age: 1e12,
  bytes: 1e9,
  ...more,
});

for (const [kind, open] of Object.entries(kinds)) {
  describe(`the history in ${kind}`, () => {
    let now = START;
    const begin = (...rules: RetentionRule[]): History => {
      now = START;
      return open(rules, () => now);
    };
    const entry = (channel: string, offset: number, more: Partial<Entry> = {}): Entry => {
      const text = more.text ?? `{"n":${offset}}`;
      return { channel, offset, time: now, bytes: Buffer.byteLength(text), ...more, text };
    };
    const fill = (history: History, channel: string, count: number) => {
      const { offset } = history.position(channel);
      history.append(Array.from({ length: count }, (_, n) => entry(channel, offset + n + 1)));
    };
    const offsets = (entries: readonly Entry[] | undefined) => entries?.map(({ offset }) => offset);

    it('begins at 0, and counts each channel by itself', () => {
      const history = begin();
      const { epoch, offset } = history.position('a');
      assert.match(epoch, /^[A-Za-z0-9_-]{1,16}$/);
      assert.equal(offset, 0);
      fill(history, 'a', 3);
      fill(history, 'b', 1);
      assert.deepEqual(history.position('a'), { epoch, offset: 3 });
      assert.equal(history.position('b').offset, 1);
      assert.equal(history.position('c').offset, 0);
    });

    it('gives what came after an offset, as it was, in order', () => {
      const history = begin();
      history.append([
        entry('a', 1),
        entry('b', 1),
        entry('a', 2, { text: '{"text":"héllo 👋"}', key: 'k' }),
      ]);
      fill(history, 'a', 1);
      assert.deepEqual(offsets(history.after('a', 0, ALL)), [1, 2, 3]);
      const [second] = history.after('a', 1, ALL) ?? [];
      assert.equal(second?.text, '{"text":"héllo 👋"}');
      assert.equal(second?.time, START);
      assert.deepEqual(history.after('a', 3, ALL), []);
      assert.equal(history.after('a', 4, ALL), undefined);
      assert.deepEqual(history.after('never', 0, ALL), []);
      assert.equal(history.after('never', 1, ALL), undefined);
    });

    it('gives no more at once than it is asked for, and one at least', () => {
      const history = begin();
      fill(history, 'a', 9);
      const { bytes } = entry('a', 1);
      assert.deepEqual(offsets(history.after('a', 2, { count: 3, bytes: 1e6 })), [3, 4, 5]);
      assert.deepEqual(offsets(history.after('a', 2, { count: 9, bytes: 2 * bytes })), [3, 4]);
      assert.deepEqual(offsets(history.after('a', 2, { count: 9, bytes: 0 })), [3]);
      assert.deepEqual(offsets(history.before('a', 6, { count: 2, bytes: 1e6 }).entries), [4, 5]);
      assert.deepEqual(offsets(history.before('a', 6, { count: 9, bytes: 2 * bytes }).entries), [4, 5]);
      assert.deepEqual(offsets(history.before('a', 6, { count: 9, bytes: 0 }).entries), [5]);
    });

    it('pages backwards to the first', () => {
      const history = begin();
      fill(history, 'a', 5);
      const page = (before: number) => {
        const { entries, more } = history.before('a', before, { count: 2, bytes: 1e6 });
        return [offsets(entries), more];
      };
      assert.deepEqual(page(Number.MAX_SAFE_INTEGER), [[4, 5], true]);
      assert.deepEqual(page(4), [[2, 3], true]);
      assert.deepEqual(page(2), [[1], false]);
      assert.deepEqual(page(1), [[], false]);
      assert.deepEqual(history.before('never', 9, ALL), { entries: [], more: false });
    });

    it('keeps so many, and says when one is asked for that is gone', () => {
      const history = begin(rule({ pattern: 'few', count: 3 }), rule({}));
      fill(history, 'few', 5);
      fill(history, 'all', 5);
      assert.equal(history.after('few', 1, ALL), undefined);
      assert.deepEqual(offsets(history.after('few', 2, ALL)), [3, 4, 5]);
      assert.deepEqual(offsets(history.before('few', 9, ALL).entries), [3, 4, 5]);
      assert.equal(history.before('few', 9, ALL).more, false);
      assert.deepEqual(offsets(history.after('all', 0, ALL)), [1, 2, 3, 4, 5]);
    });

    it('keeps so many bytes', () => {
      const { bytes } = entry('a', 1);
      const history = begin(rule({ bytes: 2 * bytes + 1 }));
      fill(history, 'a', 5);
      assert.deepEqual(offsets(history.before('a', 9, ALL).entries), [4, 5]);
    });

    it('keeps so long, whether anybody publishes or not', () => {
      const history = begin(rule({ age: 1000 }));
      fill(history, 'a', 2);
      now += 600;
      fill(history, 'a', 1);
      now += 399;
      assert.deepEqual(offsets(history.after('a', 0, ALL)), [1, 2, 3]);
      now += 1;
      assert.equal(history.after('a', 0, ALL), undefined);
      assert.deepEqual(offsets(history.after('a', 2, ALL)), [3]);
      history.sweep(now);
      now += 1000;
      history.sweep(now);
      assert.deepEqual(history.before('a', 9, ALL), { entries: [], more: false });
      assert.deepEqual(history.after('a', 3, ALL), []);
      assert.equal(history.position('a').offset, 3);
    });

    it('keeps nothing where it is told so, and counts on', () => {
      const history = begin(rule({ count: 0 }));
      fill(history, 'a', 2);
      assert.equal(history.position('a').offset, 2);
      assert.deepEqual(history.after('a', 2, ALL), []);
      assert.equal(history.after('a', 1, ALL), undefined);
    });

    it('knows a key as long as its publication, and for ten minutes at least', () => {
      const history = begin(rule({ pattern: 'kept' }), rule({ count: 1 }));
      history.append([entry('kept', 1, { key: 'k1' }), entry('a', 1, { key: 'k2' }), entry('a', 2)]);
      const { epoch } = history.position('a');
      assert.deepEqual({ ...history.find('k2') }, { channel: 'a', epoch, offset: 1, time: START });
      now += 599_999;
      history.sweep(now);
      assert.equal(history.find('k2')?.offset, 1);
      now += 2;
      history.sweep(now);
      assert.equal(history.find('k2'), undefined);
      assert.equal(history.find('k1')?.channel, 'kept');
      assert.equal(history.find('never'), undefined);
    });

    it('knows the newest publication of a key that was given again', () => {
      const history = begin(rule({ count: 2 }));
      history.append([entry('a', 1, { key: 'k' }), entry('a', 2, { key: 'k' }), entry('a', 3)]);
      history.sweep(now);
      now += 600_001;
      history.sweep(now);
      assert.equal(history.find('k')?.offset, 2);
    });

    it('is as a list that forgets its beginning, whatever happens', () => {
      const act = fc.oneof(
        fc.record({ publish: fc.constantFrom('a', 'b'), size: fc.integer({ min: 1, max: 30 }) }),
        fc.record({ wait: fc.integer({ min: 0, max: 400 }) }),
        fc.constant({ sweep: true }),
      );
      fc.assert(
        fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
          const limits = { count: 7, age: 1000, bytes: 300 };
          const history = begin(rule(limits));
          const model: Record<string, Entry[]> = { a: [], b: [] };
          for (const one of acts) {
            if ('wait' in one) now += one.wait;
            else if ('sweep' in one) history.sweep(now);
            else {
              const list = model[one.publish] ?? [];
              const next = entry(one.publish, list.length + 1, { text: 'x'.repeat(one.size) });
              list.push(next);
              history.append([next]);
            }
          }
          for (const [channel, list] of Object.entries(model)) {
            let bytes = 0;
            const kept = list.slice(-limits.count).reverse();
            const end = kept.findIndex((each) => {
              bytes += each.bytes;
              return now - each.time >= limits.age || bytes > limits.bytes;
            });
            const expected = offsets(end < 0 ? kept : kept.slice(0, end))?.reverse() ?? [];
            assert.deepEqual(offsets(history.before(channel, 1e9, ALL).entries), expected);
            const first = expected[0] ?? list.length + 1;
            assert.deepEqual(offsets(history.after(channel, first - 1, ALL)), expected);
            if (first > 1) assert.equal(history.after(channel, first - 2, ALL), undefined);
          }
          history.close();
        }),
        { seed: 11, numRuns: 60 },
      );
    });
  });
}
