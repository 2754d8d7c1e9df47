import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CandidateName } from './candidates.ts';
import { type Stage, startStage } from './stage.ts';

describe('the stage of the benchmark', () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.close());

  for (const name of ['ours', 'deep-chat', 'plain'] satisfies CandidateName[]) {
    it(`sees the last messages of ${name}`, async () => {
      const page = await stage.open(name);
      try {
        const { total } = await page.run(200, 100, 30_000);
        assert.ok(total > 0);
        // The last twenty are compared with what was given; a row each.
        const { rows } = await page.size();
        assert.ok(rows >= 20 && rows <= 200, `${rows} rows`);
      } finally {
        await page.close();
      }
    });
  }
});
