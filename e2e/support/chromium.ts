import { type Browser, chromium } from 'playwright-core';
import { chromiumLaunchOptions } from '../../scripts/find-chromium.ts';

/** Keeps it from talking to anyone but us. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts the machine's own Chromium.
 *
 * @param options.backForwardCache - Playwright turns it off; this leaves it on. Pages then go back by
 *   `history.back()`, since `page.goBack()` waits for a load that never comes.
 */
export function launchChromium({ backForwardCache = false } = {}): Promise<Browser> {
  const options = chromiumLaunchOptions();
  return chromium.launch({
    ...options,
    args: [...options.args, ...quiet],
    ...(backForwardCache && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
  });
}
