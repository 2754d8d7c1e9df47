import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { ScriptedServer } from './scripted-server.ts';
import { type Site, startSite } from './site.ts';

/** A browser and pages with elements on them, for what only real keys and the real accessibility tree can tell. */
export class ElementStage {
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #site: Site;
  #pages = 0;

  private constructor(browser: Browser, context: BrowserContext, site: Site) {
    this.#browser = browser;
    this.#context = context;
    this.#site = site;
  }

  static async start(): Promise<ElementStage> {
    const [browser, site] = await Promise.all([launchChromium(), startSite()]);
    const context = await browser.newContext({ timezoneId: 'UTC', locale: 'en-US' });
    context.setDefaultTimeout(10_000);
    return new ElementStage(browser, context, site);
  }

  /** Opens a page with a body and a server of its own; `prepare` is called before anything connects. */
  async open(
    body: string,
    prepare: (server: ScriptedServer, page: Page) => unknown = () => {},
  ): Promise<{ page: Page; server: ScriptedServer }> {
    const page = await this.#context.newPage();
    const server = await ScriptedServer.for(page);
    await prepare(server, page);
    const head = `<script src="/assets/ws-elements.js" data-url="${ScriptedServer.url}" defer></script>`;
    await page.goto(this.#site.page(`/elements-${++this.#pages}`, { head, body }));
    return { page, server };
  }

  /** Closes what a test opened. */
  async reset(): Promise<void> {
    await Promise.all(this.#context.pages().map((page) => page.close()));
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#site.close();
  }
}
