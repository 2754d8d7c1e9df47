import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { type Site, startSite } from '../support/site.ts';
import type { Look } from './looks.ts';
import type { Scene, Scenes } from './scene.ts';
import { NOW } from './scenes/said.ts';
import { ScriptedServer } from './scripted-server.ts';

/** Of a picture, px. */
export const SHEET_WIDTH = 1800;

/** Where scenes are played: pages, a server that plays scripts, and a clock that stands still. */
export class SceneStage {
  readonly #browser: Browser;
  readonly #site: Site;
  readonly #server: ScriptedServer;
  #count = 0;

  private constructor(browser: Browser, site: Site, server: ScriptedServer) {
    this.#browser = browser;
    this.#site = site;
    this.#server = server;
  }

  static async start(browser: Browser): Promise<SceneStage> {
    const [site, server] = await Promise.all([startSite(), ScriptedServer.start(NOW)]);
    site.file('face.svg', face);
    return new SceneStage(browser, site, server);
  }

  /** Plays all scenes of some elements in a look, each in a frame of its own of one page. */
  async play(elements: readonly Scenes[], look: Look): Promise<Page> {
    const { zoom = 1 } = look;
    const context = await this.#browser.newContext({
      locale: look.words.language,
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      // All of it in sight: frames elsewhere are not drawn.
      viewport: { width: SHEET_WIDTH / zoom, height: 6000 / zoom },
      deviceScaleFactor: zoom,
      ...look.options,
    });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW);
    // What is drawn by lot is drawn the same again, and nobody loses patience before the picture is taken.
    await page.addInitScript(() => {
      Math.random = () => 0;
      const start = globalThis.setTimeout;
      const brief = (callback: TimerHandler, delay = 0, ...values: unknown[]) =>
        delay < 10_000 ? start(callback, delay, ...values) : 0;
      Object.assign(globalThis, { setTimeout: brief });
    });
    const sets = await Promise.all(
      elements.map(async (set) => ({
        ...set,
        cells: await Promise.all(set.scenes(look.words).map((scene) => this.#prepare(scene, set, look))),
      })),
    );
    const address = `${this.#site.url}/sheet-${++this.#count}`;
    await page.route(address, (route) =>
      route.fulfill({ contentType: 'text/html', body: sheet(look, sets) }),
    );
    await page.goto(address);
    for (const { cells } of sets) for (const cell of cells) await this.#act(cell, page, look);
    return page;
  }

  async close(): Promise<void> {
    await Promise.all([this.#site.close(), this.#server.close()]);
  }

  async #prepare(scene: Scene, { element, height }: Scenes, look: Look): Promise<Cell> {
    const path = `/${++this.#count}/${element}/${encodeURIComponent(scene.name)}`;
    const { language, direction } = look.words;
    this.#site.file(`${look.name}.css`, `${look.page}\n${cellStyles}`);
    if (look.theme) {
      this.#site.file(
        `${look.theme}.css`,
        await readFile(new URL(`../../themes/${look.theme}.css`, import.meta.url), 'utf8'),
      );
    }
    const sheets = [look.theme, look.name].filter((name) => name);
    const address = this.#site.page(path, {
      root: `lang="${language}" dir="${direction}"`,
      head: `${sheets.map((name) => `<link rel="stylesheet" href="/files/${name}.css">`).join('')}
        <script src="/assets/ws-elements.js" data-url="${this.#server.url(path, scene.server)}" defer></script>`,
      body: scene.html,
    });
    return { scene, element, path, address, height: scene.height ?? height };
  }

  async #act({ scene, element, path }: Cell, page: Page, look: Look): Promise<void> {
    const frame = page.frameLocator(`[name="${path}"]`);
    try {
      await frame.locator(scene.until).first().waitFor({ state: 'attached' });
      await scene.act?.({
        page: frame,
        words: look.words,
        send: (...frames) => this.#server.send(path, ...frames),
        end: (closing) => this.#server.end(path, closing),
      });
    } catch (error) {
      throw new Error(`${element}, "${scene.name}", ${look.name}`, { cause: error });
    }
  }
}

interface Cell {
  scene: Scene;
  element: string;
  path: string;
  address: string;
  height: number;
}

function sheet({ width, name }: Look, sets: { element: string; cells: Cell[] }[]): string {
  const styles = `
    :root { color-scheme: light dark; }
    body { margin: 0; padding: 24px; font: 13px / 1.4 Arial, sans-serif; background: light-dark(#e4e7ea, #2b2f33); }
    h1, h2 { margin: 0 0 12px; font-size: 20px; }
    section { display: grid; grid-template-columns: repeat(auto-fill, ${width}px); gap: 20px; margin-block-end: 28px; }
    h2 { grid-column: 1 / -1; font-size: 16px; }
    figure { margin: 0; }
    figcaption { padding-block-end: 4px; }
    iframe { display: block; border: 0; inline-size: ${width}px; background: Canvas; }`;
  const figure = ({ scene, path, address, height }: Cell) => `<figure><figcaption>${scene.name}</figcaption>
    <iframe name="${path}" src="${address}" height="${height}"></iframe></figure>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><style>${styles}</style>
    <h1>${name}</h1>${sets
      .map(
        ({ element, cells }) => `<section><h2>&lt;${element}&gt;</h2>${cells.map(figure).join('')}</section>`,
      )
      .join('')}</html>`;
}

/** A scene's page shows its element alone, and the chat as high as there is room. */
const cellStyles = `
  body { margin: 0; }
  main { padding: 12px; }
  h1 { position: absolute; inline-size: 1px; block-size: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
  ws-chat { block-size: calc(100vh - 24px); min-block-size: 0; }
  ws-status-indicator[banner] { margin: -12px; }
  main:has(ws-notifications) { display: flex; justify-content: end; }
`;

const face = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#e9b872" d="M0 0h32v32H0z"/>
  <circle cx="16" cy="12" r="6" fill="#7a4b2a"/><path fill="#7a4b2a" d="M4 32c0-8 6-12 12-12s12 4 12 12"/></svg>`;
