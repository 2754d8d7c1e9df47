import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { findFirefox, findWebKit } from '../../find-browsers.ts';
import { chromiumLaunchOptions } from '../../find-chromium.ts';
import { webdriverLauncher } from './webdriver-launcher.mjs';

/** One launcher a browser; what it needs is looked for when it is asked for. */
const launchers = {
  chromium: () => playwrightLauncher({ product: 'chromium', launchOptions: chromiumLaunchOptions() }),

  firefox: () =>
    chromeLauncher({
      puppeteer: puppeteerCore,
      launchOptions: { browser: 'firefox', executablePath: findFirefox(), headless: true },
      // In the browser's first context pages have the focus that tests ask for.
      createBrowserContext: ({ browser }) => browser.defaultBrowserContext(),
      concurrency: 1,
    }),

  webkit() {
    const { driver, browser } = findWebKit();
    return webdriverLauncher({
      name: 'WebKit',
      driver: (port) => ['xvfb-run', '-a', driver, `--port=${port}`],
      capabilities: { 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } },
    });
  },
};

/** @param {string} [names] - As in `WS_BROWSERS`: names with commas between. */
export function browserLaunchers(names = 'chromium') {
  return names.split(',').map((name) => {
    const launcher = launchers[name];
    if (!launcher)
      throw new Error(`WS_BROWSERS: expected some of ${Object.keys(launchers).join(', ')}, got "${name}"`);
    return launcher();
  });
}
