import { findFirefox, findWebKit } from '../find-browsers.ts';
import { chromiumMissing, findChromium } from '../find-chromium.ts';
import { ensure } from './debian.ts';

/** Without any font, text has no size; the browsers' packages only recommend one. */
const FONT = 'fonts-liberation';

/**
 * Path of a Chromium; installs Debian's where there is none.
 *
 * @throws {Error} There is none and none could be installed.
 */
export function ensureChromium(): string {
  return ensure('Chromium', ['chromium', FONT], () => {
    const found = findChromium();
    if (!found) throw new Error(chromiumMissing);
    return found;
  });
}

/** As {@link ensureChromium}, of Firefox. */
export function ensureFirefox(): string {
  return ensure('Firefox', ['firefox-esr', FONT], findFirefox);
}

/** As {@link ensureChromium}, of WebKit with its driver and a display for it. */
export function ensureWebKit(): object {
  return ensure('WebKit', ['webkit2gtk-driver', 'xvfb', 'xauth', FONT], findWebKit);
}
