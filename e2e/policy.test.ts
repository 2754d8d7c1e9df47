import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { untilStatus } from './support/elements.ts';
import { Stage } from './support/stage.ts';

const body = `<ws-connection share-tabs><ws-status-indicator></ws-status-indicator>
  <ws-notifications title-badge></ws-notifications></ws-connection>`;

describe('a policy on scripts', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.start();
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  const open = async (scripts: string) => {
    const { context, watch } = await stage.visitor();
    const page = await context.newPage();
    const head = stage.tag('ana').replace('<script', '<script nonce="n0nce"');
    await page.goto(stage.site.page('/policy', { root: 'lang="de"', head, body, scripts }));
    return { page, watch };
  };
  const notify = () => stage.publish({ broadcast: true, data: { type: 'notification', title: 'Neu' } });

  for (const scripts of ["'nonce-n0nce'", "'nonce-n0nce' 'strict-dynamic'"]) {
    it(`that has ${scripts} lets in languages and extras with the script`, async () => {
      const { page, watch } = await open(scripts);
      await untilStatus(page, 'Verbunden');
      await notify();
      await page.waitForFunction(() => document.title === '(1) Test');
      assert.ok(stage.site.requests.includes('GET /assets/extras/share-tabs.js'));
      assert.deepEqual(watch.problems, []);
    });
  }

  it('that has the one file keeps extras out, which is said, and the page goes on', async () => {
    const { page, watch } = await open(`${stage.site.url}/assets/ws-elements.js`);
    await untilStatus(page, 'Verbunden');
    await notify();
    await page.getByRole('button', { name: /: 1/ }).waitFor();
    assert.equal(await page.title(), 'Test');
    for (const name of ['share-tabs', 'outside-page'])
      assert.match(
        watch.problems.join('\n'),
        new RegExp(`^console warning: ws-elements: extras/${name}.js: `, 'm'),
      );
    watch.forget(/^console|^violation/);
    assert.deepEqual(watch.problems, []);
  });
});
