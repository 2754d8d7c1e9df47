import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { type Docs, startDocs } from '../../scripts/docs/serve.ts';
import type { Site } from '../../scripts/docs/site.ts';
import { launchChromium } from './chromium.ts';
import { type Watch, watch } from './watch.ts';

/** The documentation as `npm run docs` serves it, and a browser. */
export class DocsStage {
  readonly docs: Docs;
  readonly #browser: Browser;
  readonly #contexts: BrowserContext[] = [];

  private constructor(docs: Docs, browser: Browser) {
    this.docs = docs;
    this.#browser = browser;
  }

  static async start(site: Site): Promise<DocsStage> {
    const [docs, browser] = await Promise.all([startDocs(site, { port: 0 }), launchChromium()]);
    return new DocsStage(docs, browser);
  }

  /** Opens a page, `elements/ws-chat.html`, in a profile of its own. */
  async open(path: string, options: BrowserContextOptions = {}): Promise<{ page: Page; watch: Watch }> {
    const context = await this.#browser.newContext({
      reducedMotion: 'reduce',
      colorScheme: 'light',
      ...options,
    });
    this.#contexts.push(context);
    context.setDefaultTimeout(15_000);
    const watched = await watch(context);
    const page = await context.newPage();
    await page.goto(`${this.docs.url}/${path}`);
    return { page, watch: watched };
  }

  /** Closes the profiles that a test opened. */
  async reset(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.reset();
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
