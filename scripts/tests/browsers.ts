/**
 * `npm run test:browsers`: the tests in `src/` in Chromium, Firefox and WebKit, or in those named. Installs what is
 * missing from Debian's packages.
 */
import { ensureChromium, ensureFirefox, ensureWebKit } from './ensure-browsers.ts';

const ensure: Record<string, () => unknown> = {
  chromium: ensureChromium,
  firefox: ensureFirefox,
  webkit: ensureWebKit,
};

const named = process.argv.slice(2);
const names = named.length ? named : Object.keys(ensure);
for (const name of names) {
  if (!Object.hasOwn(ensure, name)) {
    console.error(`test:browsers: expected some of ${Object.keys(ensure).join(', ')}, got "${name}"`);
    process.exit(2);
  }
  ensure[name]?.();
}
process.env.WS_BROWSERS = names.join(',');
await import('./browser.ts');
