import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { buildDocs } from '../scripts/docs/build.ts';
import { axeFindings } from './support/axe.ts';
import { DocsStage, untilDrawn } from './support/docs-stage.ts';

const site = buildDocs();

/** A page with nothing but the styles that a guide shows, each element in a line of its own. */
const [, styles = ''] =
  /id="lay-out-before.*?<code[^>]*>(.*?)<\/code>/s.exec(String(site.files.get('theming.html'))) ?? [];
const files = new Map(site.files)
  .set('before.css', styles.replaceAll('&quot;', '"').replaceAll('&gt;', '>'))
  .set(
    'before.html',
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Before</title>
<link rel="stylesheet" href="before.css"><script src="assets/ws-elements.js" defer></script>
<div><ws-status-indicator></ws-status-indicator></div>
<div><ws-notifications></ws-notifications></div>
<ws-chat></ws-chat><p>What comes after them</p>`,
  );

describe('the pages of the documentation', () => {
  let stage: DocsStage;
  before(async () => {
    stage = await DocsStage.start({ ...site, files });
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  for (const { path } of site.pages) {
    it(`have nothing that axe finds, light or dark, and fit 360 px: ${path}`, async () => {
      const { page, watch } = await stage.open(`${path}.html`);
      await untilDrawn(page.locator('main'));
      assert.deepEqual(await axeFindings(page), []);
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.deepEqual(await axeFindings(page), []);
      await page.setViewportSize({ width: 360, height: 740 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
      assert.deepEqual(watch.problems, []);
    });
  }

  it('lead a keyboard past the navigation', async () => {
    const { page } = await stage.open('elements/ws-chat.html');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor();
  });

  it('have styles that keep a page from jumping', async () => {
    const { page } = await stage.open('index.html');
    // The script comes when everything else has been laid out.
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/ws-elements.js', (route) => held.then(() => route.continue()));
    await page.goto(`${stage.docs.url}/before.html`, { waitUntil: 'commit' });
    await page.getByText('What comes after them').waitFor();
    const measure = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('body > :is(div, ws-chat, p)')].map((element) => {
          const { top, height } = element.getBoundingClientRect();
          return [element.localName, top, height];
        }),
      );
    const before = await measure();
    release();
    await page.getByText('Connected', { exact: true }).waitFor();
    assert.deepEqual(await measure(), before);
  });
});
