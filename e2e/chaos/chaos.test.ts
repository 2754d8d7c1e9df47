import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runChaos } from './chaos.ts';
import { type Off, switches } from './off.ts';
import { makePlan } from './plan.ts';
import { formatProblems } from './report.ts';

/** Breaks many links half while their clients have much to send, so that each switch is sure to be missed. */
const HARD_SEED = 364;

describe('a run of chaos', { concurrency: true }, () => {
  it('finds everything there, and with everybody, once and in order', async () => {
    const { problems, ...figures } = await runChaos(
      makePlan({ seed: 1, publications: 300, clients: 20, pages: 2 }),
    );
    assert.deepEqual(formatProblems(problems), []);
    assert.equal(figures.publications, 300);
    assert.ok(figures.kills >= 2 && figures.linkFaults >= 24 && figures.pageFaults >= 4);
  });

  for (const [off, what] of Object.entries(switches)) {
    it(`fails where ${what}`, async () => {
      const { problems } = await runChaos(
        makePlan({ seed: HARD_SEED, publications: 200, clients: 6, pages: 0 }),
        off as Off,
      );
      const kinds = new Set(problems.map(({ kind }) => kind));
      assert.ok(kinds.has(off === 'dedupe' ? 'twice' : 'lost'), formatProblems(problems).join('\n'));
    });
  }
});
