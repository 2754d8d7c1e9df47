import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { type Docs, startDocs } from '../../scripts/docs/serve.ts';
import type { Site } from '../../scripts/docs/site.ts';
import { launchChromium } from './chromium.ts';
import { type Watch, watch } from './watch.ts';

/** The documentation as `npm run docs` serves it, and a browser with one profile: a start costs more than a test. */
export class DocsStage {
  readonly docs: Docs;
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #watch: Watch;

  private constructor(docs: Docs, browser: Browser, context: BrowserContext, watch: Watch) {
    this.docs = docs;
    this.#browser = browser;
    this.#context = context;
    this.#watch = watch;
  }

  static async start(site: Site): Promise<DocsStage> {
    const [docs, browser] = await Promise.all([startDocs(site, { port: 0 }), launchChromium()]);
    const context = await browser.newContext({ reducedMotion: 'reduce', colorScheme: 'light' });
    context.setDefaultTimeout(15_000);
    return new DocsStage(docs, browser, context, await watch(context));
  }

  /** What the pages caused that are open. */
  get problems(): readonly string[] {
    return this.#watch.problems;
  }

  /** Opens a page, `elements/ws-chat.html`, in a tab of its own. */
  async open(path: string): Promise<Page> {
    const page = await this.#context.newPage();
    await page.goto(`${this.docs.url}/${path}`);
    return page;
  }

  /** Closes the tabs that a test opened. */
  async reset(): Promise<void> {
    await Promise.all(this.#context.pages().map((page) => page.close()));
    this.#watch.forget(/^/);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.docs.close();
  }
}

/** Waits until all elements of ours are drawn. */
export async function untilDrawn(place: Locator): Promise<void> {
  await place.evaluate(async (root) => {
    const elements = [...root.querySelectorAll<HTMLElement & { updateComplete?: Promise<unknown> }>('*')];
    for (const element of elements.filter(({ localName }) => localName.startsWith('ws-'))) {
      await customElements.whenDefined(element.localName);
      await element.updateComplete;
    }
  });
}
