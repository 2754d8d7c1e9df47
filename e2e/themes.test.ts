import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { elementsOf, type Manifest } from '../scripts/build/manifest.ts';
import { looks, THEMES } from './sheet/looks.ts';
import { telling } from './sheet/scenes/index.ts';
import { SceneStage } from './sheet/stage.ts';
import { axeFindings } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');

const manifest = elementsOf(JSON.parse(read('dist/custom-elements.json')) as Manifest);

/** The parts of an element: those listed, and those that their descriptions name as further ones. */
const parts = new Map(
  manifest.map(({ tagName, cssParts = [] }) => [
    tagName,
    new Set(
      cssParts.flatMap(({ name = '', description = '' }) => [
        name,
        ...[...description.matchAll(/`([a-z-]+)`/g)].map(([, word = '']) => word),
      ]),
    ),
  ]),
);

/** Every `--ws-…` that some element reads. */
const tokens = new Set(
  globSync('src/elements/**/*.styles.ts', { cwd: root }).flatMap((file) =>
    [...read(file).matchAll(/var\((--ws-[a-z-]+)/g)].map(([, token]) => token),
  ),
);

/** The selectors of a style sheet, one by one. */
function selectorsOf(css: string): string[] {
  return [...css.matchAll(/(?:^|[{}])([^@{};]+)(?=\{)/g)].flatMap(([, list = '']) =>
    list.split(/,(?![^(]*\))/).map((selector) => selector.trim()),
  );
}

for (const theme of THEMES) {
  describe(`themes/${theme}.css`, () => {
    const css = read(`themes/${theme}.css`).replace(/\/\*[\s\S]*?\*\//g, '');

    it('reaches the elements by their tags and parts alone', () => {
      for (const selector of selectorsOf(css)) {
        const tags = selector.match(/ws-[a-z-]+/g) ?? [];
        assert.match(
          selector,
          /^(?:(?:ws-[a-z-]+|:(?:is|where)\([a-z, -]+\))(?:\[[a-z]+\])?)(?:::part\([a-z -]+\)(?:::?[a-z-]+)*)?$/,
        );
        assert.ok(tags.length, `${selector}: no element`);
        const [, named = ''] = /::part\(([^)]*)\)/.exec(selector) ?? [];
        for (const tag of tags) {
          const known = parts.get(tag);
          assert.ok(known, `${selector}: no element <${tag}>`);
          for (const part of named.split(' ').filter(Boolean)) {
            assert.ok(known.has(part), `${selector}: <${tag}> has no part "${part}"`);
          }
        }
      }
    });

    it('uses tokens that the elements know', () => {
      const used = [...css.matchAll(/--ws-[a-z-]+/g)].map(([token]) => token);
      assert.ok(used.length);
      for (const token of used) assert.ok(tokens.has(token), `no element reads ${token}`);
    });
  });
}

describe('an element in a theme', () => {
  let browser: Browser;
  let stage: SceneStage;
  before(async () => {
    browser = await launchChromium();
    stage = await SceneStage.start(browser);
  });
  after(async () => {
    await browser.close();
    await stage.close();
  });

  for (const theme of THEMES) {
    it(`has contrast, names and targets as large as they must be, light and dark: ${theme}`, async () => {
      const look = looks.find((each) => each.theme === theme);
      assert.ok(look);
      const page = await stage.play(telling, look);
      const findings: string[] = [];
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const frame of page.mainFrame().childFrames()) {
          for (const finding of await axeFindings(frame))
            findings.push(`${frame.name()}, ${colorScheme}: ${finding}`);
        }
      }
      await page.context().close();
      assert.deepEqual(findings, []);
    });
  }
});
