import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Problem } from './compare.ts';
import { formatProblems, formatResult } from './report.ts';

const lost = (count: number): Problem[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'lost', text: `${n + 1} never came` }));

describe('the report of a run', () => {
  it('says the figures in one line', () => {
    const result = { publications: 10_000, kills: 23, linkFaults: 214, pageFaults: 22, seconds: 151.4 };
    assert.equal(
      formatResult(7, { ...result, problems: [...lost(2), { kind: 'twice', text: '' }] }),
      'seed 7: 10000 publications, 23 kills, 214 link faults, 22 page faults, 2 lost, 1 twice, 0 out of order (151 s)',
    );
  });

  it('says in that line also that somebody complained', () => {
    const result = { publications: 10, kills: 1, linkFaults: 1, pageFaults: 1, seconds: 1 };
    const problems: Problem[] = [{ kind: 'complaint', text: 'client-1: forbidden' }];
    assert.match(formatResult(7, { ...result, problems }), /, 1 complaints \(1 s\)$/);
  });

  it('says what is missing, and of very much only the beginning', () => {
    assert.deepEqual(formatProblems(lost(2)), ['lost: 1 never came', 'lost: 2 never came']);
    assert.equal(formatProblems(lost(30)).at(-1), 'lost: … and 20 more');
  });
});
