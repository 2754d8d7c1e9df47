import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { formatPosition, type Position } from '../../protocol/src/position.ts';
import type { Site } from '../support/site.ts';
import type { Entry } from './compare.ts';
import type { PageFault, PlannedMessage } from './plan.ts';

export interface ChaosPageOptions {
  browser: Browser;
  site: Site;
  name: string;
  /** Where it finds the server. */
  url: string;
  token: string;
  /** Where its log begins, by channel. */
  positions: ReadonlyMap<string, Position>;
  messages: readonly PlannedMessage[];
  onAcknowledged(entry: Entry): void;
  onDelivered(): void;
}

/** A page with the built script in a real browser, which is frozen and reloaded. */
export class ChaosPage {
  /** What its renderings delivered, each from where the last one's log ended. */
  readonly log: Entry[] = [];
  readonly complaints: string[] = [];
  /** How many faults were done. */
  faults = 0;
  readonly #options: ChaosPageOptions;
  readonly #positions: Map<string, Position>;
  readonly #address: string;
  #page!: Page;
  #devTools!: CDPSession;
  #rendering = 0;
  /** One fault after the other. */
  #busy: Promise<void> = Promise.resolve();

  private constructor(options: ChaosPageOptions) {
    this.#options = options;
    this.#positions = new Map(options.positions);
    this.#address = `/${options.name}`;
  }

  static async open(options: ChaosPageOptions): Promise<ChaosPage> {
    const opened = new ChaosPage(options);
    const { browser, site } = options;
    site.file('chaos-page.js', await readFile(new URL('page.js', import.meta.url), 'utf8'));
    const context = await browser.newContext();
    await context.exposeFunction('tellDelivered', (rendering: number, entry: Entry) =>
      opened.#deliver(rendering, entry),
    );
    await context.exposeFunction('tellAcknowledged', options.onAcknowledged);
    await context.exposeFunction('tellComplaint', (text: string) => void opened.complaints.push(text));
    context.on('weberror', (error) => opened.complaints.push(`${error.error().stack}`));
    opened.#page = await context.newPage();
    opened.#devTools = await context.newCDPSession(opened.#page);
    await opened.#page.goto(opened.#render());
    return opened;
  }

  position(channel: string): number {
    return this.#positions.get(channel)?.offset ?? 0;
  }

  /** Does it after those before it. */
  break(fault: PageFault): void {
    this.#busy = this.#busy
      .then(() => (fault.kind === 'freeze' ? this.#freeze(fault.duration) : this.#reload()))
      .catch((error) => void this.complaints.push(`${fault.kind}: ${error}`));
  }

  /** Everything that was to be done to it is done. */
  get idle(): Promise<void> {
    return this.#busy;
  }

  /** Nothing is left to send, and everything is acknowledged. */
  isSettled(): Promise<boolean> {
    return (
      this.#page
        .evaluate(() => (globalThis as unknown as { isSettled(): boolean }).isSettled())
        // It is being loaded.
        .catch(() => false)
    );
  }

  /** As the browser says it when the machine is back on its network, so that it does not wait for its next try. */
  async comeOnline(): Promise<void> {
    await this.#busy;
    await this.#page.evaluate(() => dispatchEvent(new Event('online')));
  }

  /**
   * As a browser does with a page that nobody looks at. Headless Chromium shows every page and freezes none, so the page
   * is told what it would be told, and its debugger holds it: no line of it runs, while its socket goes on.
   */
  async #freeze(duration: number): Promise<void> {
    const tell = (isSeen: boolean) =>
      this.#page.evaluate(
        (seen) => (globalThis as unknown as { beSeen(seen: boolean): void }).beSeen(seen),
        isSeen,
      );
    await tell(false);
    await this.#devTools.send('Debugger.enable');
    await this.#devTools.send('Debugger.pause');
    await sleep(duration);
    await this.#devTools.send('Debugger.disable');
    await tell(true);
    this.faults += 1;
  }

  async #reload(): Promise<void> {
    this.#render();
    await this.#page.reload();
    this.faults += 1;
  }

  /** Renders it anew, as its server would: with the position up to which its user has everything. @returns its address. */
  #render(): string {
    const { site, url, token, messages } = this.#options;
    // What the one before it still tells has not been seen.
    this.#rendering += 1;
    const positions = Object.fromEntries(
      [...this.#positions].map(([channel, position]) => [channel, formatPosition(position)]),
    );
    const settings = JSON.stringify({ url, token, rendering: this.#rendering, positions, messages });
    return site.page(this.#address, {
      head: '<script src="/assets/ws-elements.js" defer></script><script src="/files/chaos-page.js" defer></script>',
      body: `<div id="chaos" data-settings="${settings.replaceAll('"', '&quot;')}"></div>`,
    });
  }

  #deliver(rendering: number, entry: Entry): void {
    if (rendering !== this.#rendering) return;
    const { epoch } = this.#positions.get(entry.channel) as Position;
    this.#positions.set(entry.channel, { epoch, offset: entry.offset });
    this.log.push(entry);
    this.#options.onDelivered();
  }
}
