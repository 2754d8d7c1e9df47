/**
 * `npm run sheet`: draws every state of every element, a picture a look, into `docs/images/sheet-….png`.
 * `-- dark phone` draws these looks alone, `--element ws-chat` one element's states, `--to FOLDER` elsewhere.
 * Needs the built script.
 */
import { mkdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { looks } from './sheet/looks.ts';
import type { Scenes } from './sheet/scene.ts';
import { elements, telling } from './sheet/scenes/index.ts';
import { SceneStage, SHEET_WIDTH } from './sheet/stage.ts';
import { launchChromium } from './support/chromium.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    element: { type: 'string' },
    to: { type: 'string', default: fileURLToPath(new URL('../docs/images', import.meta.url)) },
  },
});
const drawn = looks.filter(({ name }) => !positionals.length || positionals.includes(name));
const isShown = ({ element }: Scenes) => !values.element || values.element === element;
if (!drawn.length || !elements.some(isShown)) {
  const names = [...looks.map(({ name }) => name), ...elements.map(({ element }) => element)];
  console.error(`Nothing to draw. There are: ${names.join(', ')}`);
  process.exit(1);
}

await mkdir(values.to, { recursive: true });
const browser = await launchChromium();
const stage = await SceneStage.start(browser);
try {
  for (const look of drawn) {
    const { zoom = 1 } = look;
    const page = await stage.play((look.zoom ? telling : elements).filter(isShown), look);
    const path = resolve(values.to, `sheet-${look.name}.png`);
    const height = await page
      .locator('body')
      .evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
    await page.setViewportSize({ width: SHEET_WIDTH / zoom, height });
    await page.screenshot({ path, animations: 'disabled' });
    await page.context().close();
    console.log(`${path} ${Math.round((await stat(path)).size / 1024)} KB`);
  }
} finally {
  await browser.close();
  await stage.close();
}
