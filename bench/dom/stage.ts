/** A browser, and a server on loopback for the pages in it. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { chromiumLaunchOptions } from '../../scripts/find-chromium.ts';
import type { CandidateName } from './candidates.ts';
import type { Page, Size, Timing } from './page.ts';

/** For everything that should be there in a moment, ms. */
const MOMENT = 30_000;

export interface Stage {
  /** The browser's version. */
  readonly version: string;
  /** Shows a candidate in a browser of its own, which can be ended whatever its page does. */
  open(name: CandidateName): Promise<StagePage>;
  close(): Promise<void>;
}

/** Something was not done in the time it had. */
export class LateError extends Error {}

export interface StagePage {
  /**
   * @param patience - ms.
   * @throws {LateError} It took longer.
   */
  run(count: number, perFrame: number, patience: number): Promise<Timing>;
  size(): Promise<Size>;
  /** Of the page's JavaScript after a collection, bytes. */
  heap(): Promise<number>;
  close(): Promise<void>;
}

const document = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Benchmark</title>
<link rel="icon" href="data:,">
<style>
  main > * { display: block; box-sizing: border-box; inline-size: 480px; block-size: 640px; }
  .plain { overflow-y: auto; white-space: pre-line; }
</style>
<body><main></main><script src="/page.js"></script></body>
</html>`;

export async function startStage(): Promise<Stage> {
  const server = createServer(async ({ url = '' }, response) => {
    const [type, body] = (await files[url]?.()) ?? [];
    if (type) response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
    else response.writeHead(404).end();
  });
  const page = await bundlePage();
  const files: Record<string, () => Promise<[type: string, body: string]>> = {
    '/': async () => ['text/html', document],
    '/page.js': async () => ['text/javascript', page],
    '/ws-elements.js': async () => ['text/javascript', await read('../../dist/ws-elements.js')],
    '/deep-chat.js': async () => [
      'text/javascript',
      await read('../../node_modules/deep-chat/dist/deepChat.bundle.js'),
    ],
  };
  await read('../../dist/ws-elements.js');
  const launch = () => chromium.launch({ ...chromiumLaunchOptions(), timeout: MOMENT });
  const first = await launch();
  const version = first.version();
  await first.close();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    version,
    async open(name) {
      const browser = await launch();
      const context = await browser.newContext({ viewport: { width: 800, height: 700 } });
      const page = await context.newPage();
      const errors: Error[] = [];
      page.on('pageerror', (error) => errors.push(error));
      await page.goto(`http://127.0.0.1:${port}/`, { timeout: MOMENT });
      const session = await context.newCDPSession(page);
      const call = async <Value>(what: string, patience: number, work: Promise<Value>): Promise<Value> => {
        const value = await within(patience, `${name}: ${what}`, work);
        if (errors[0]) throw errors[0];
        return value;
      };
      await call(
        'opening',
        MOMENT,
        page.evaluate(async (name) => {
          Object.assign(globalThis, { page: await bench.open(name) });
        }, name),
      );
      return {
        run: (count, perFrame, patience) =>
          call(
            `${count} messages, ${perFrame} a frame`,
            patience,
            page.evaluate(([count, perFrame]) => globalThis.page.run(count, perFrame), [
              count,
              perFrame,
            ] as const),
          ),
        size: () =>
          call(
            'coming to rest',
            MOMENT,
            page.evaluate(() => globalThis.page.size()),
          ),
        async heap() {
          await call('collecting', MOMENT, session.send('HeapProfiler.collectGarbage'));
          return (await call('its heap', MOMENT, session.send('Runtime.getHeapUsage'))).usedSize;
        },
        close: () => browser.close(),
      };
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

declare global {
  /** In the page: what page.ts exports, and the candidate that is open. */
  var bench: typeof import('./page.ts');
  var page: Page;
}

async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'bench',
    target: 'es2022',
    logLevel: 'error',
    // The page's server has it.
    external: ['/deep-chat.js'],
  });
  return outputFiles[0]?.text ?? '';
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(new URL(path, import.meta.url), 'utf8');
  } catch (cause) {
    throw new Error(`${path.replace('../../', '')} cannot be read; npm run build writes it`, { cause });
  }
}

/** @throws {LateError} It took longer than `ms`. */
async function within<Value>(ms: number, what: string, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LateError(`${what}: not done after ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
