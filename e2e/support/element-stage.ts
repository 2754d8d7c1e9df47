import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { ScriptedServer } from './scripted-server.ts';
import { type Site, startSite } from './site.ts';

/** A browser and pages with elements on them, for what only real keys and the real accessibility tree can tell. */
export class ElementStage {
  readonly #browser: Browser;
  readonly #site: Site;
  readonly #contexts: BrowserContext[] = [];

  private constructor(browser: Browser, site: Site) {
    this.#browser = browser;
    this.#site = site;
  }

  static async start(): Promise<ElementStage> {
    return new ElementStage(await launchChromium(), await startSite());
  }

  /** Opens a page with a body; `prepare` is called before anything connects. */
  async open(
    body: string,
    prepare: (server: ScriptedServer, page: Page) => unknown = () => {},
  ): Promise<{ page: Page; server: ScriptedServer }> {
    const context = await this.#browser.newContext({ timezoneId: 'UTC', locale: 'en-US' });
    this.#contexts.push(context);
    context.setDefaultTimeout(5_000);
    const server = await ScriptedServer.for(context);
    const page = await context.newPage();
    await prepare(server, page);
    const head = `<script src="/assets/ws-elements.js" data-url="${ScriptedServer.url}" defer></script>`;
    await page.goto(this.#site.page('/elements', { head, body }));
    return { page, server };
  }

  /** Closes what a test opened. */
  async reset(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.reset();
    await this.#browser.close();
    await this.#site.close();
  }
}
