import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { buildDocs } from '../scripts/docs/build.ts';
import type { Example } from '../scripts/docs/examples.ts';
import { purposes } from './docs/purposes.ts';
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

describe('the documentation', () => {
  let stage: DocsStage;
  before(async () => {
    stage = await DocsStage.start({ ...site, files });
  });
  after(() => stage.close());

  it('has a test of what each example is there for', () => {
    const names = site.pages.flatMap(({ path, examples }) =>
      examples.map(({ heading }) => `${path}#${heading}`),
    );
    assert.deepEqual(Object.keys(purposes).sort(), names.sort());
  });

  for (const { path, examples } of site.pages) {
    describe(`${path}: in one load`, () => {
      let page: Page;
      before(async () => {
        page = await stage.open(`${path}.html`);
        await untilDrawn(page.locator('main'));
      });
      after(() => stage.reset());

      it('has nothing that axe finds, light or dark', async () => {
        assert.deepEqual(await axeFindings(page), []);
        await page.emulateMedia({ colorScheme: 'dark' });
        assert.deepEqual(await axeFindings(page, ['color-contrast']), []);
        await page.emulateMedia({ colorScheme: 'light' });
      });

      it('does what its examples are there for', async () => {
        for (const example of examples) await run(page, path, example);
        assert.deepEqual(stage.problems, []);
      });

      it('fits 360 px', async () => {
        await page.setViewportSize({ width: 360, height: 740 });
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
      });
    });
  }

  describe('as a page', () => {
    afterEach(() => stage.reset());

    it('leads a keyboard past the navigation', async () => {
      const page = await stage.open('elements/ws-chat.html');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('main:focus').waitFor();
    });

    it('has styles that keep a page from jumping', async () => {
      const page = await stage.open('index.html');
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
});

async function run(page: Page, path: string, { id, heading, publish }: Example): Promise<void> {
  const example = page.locator(`#${id} .live`);
  await untilDrawn(example);
  for (const chat of await example.locator('ws-chat').all()) {
    // Whoever is counted has subscribed: what is published from now on arrives.
    await chat.locator('[part=people]').waitFor();
  }
  if (publish) {
    await page.locator(`#${id} [data-publish]`).click();
    await page.locator(`#${id} .action output`, { hasText: 'Published.' }).waitFor();
    const { title, message } = JSON.parse(publish).data;
    if (title || message)
      await example
        .getByText(title ?? message)
        .first()
        .waitFor({ state: 'attached' });
  }
  const name = `${path}#${heading}`;
  try {
    await purposes[name]?.(example);
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}
