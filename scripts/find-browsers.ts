/**
 * Finds the other browsers that the element tests run in: Firefox, and WebKit by Debian's driver for it.
 */
import { globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What is said where one is missing. */
export const firefoxMissing = 'No Firefox found: install Firefox, or set FIREFOX_PATH to its executable.';
export const webKitMissing = 'No WebKit found: install webkit2gtk-driver and xvfb (Debian’s names).';

/** @throws {Error} There is none. */
export function findFirefox(env: NodeJS.ProcessEnv = process.env): string {
  const found = env.FIREFOX_PATH || findCommand('firefox', env) || findCommand('firefox-esr', env);
  if (!found) throw new Error(firefoxMissing);
  return found;
}

/** @throws {Error} The driver, the browser or the display for it is missing. */
export function findWebKit(env: NodeJS.ProcessEnv = process.env): { driver: string; browser: string } {
  const driver = findCommand('WebKitWebDriver', env);
  const [browser] = globSync('/usr/{lib,libexec}/{*/,}webkit2gtk-4*/MiniBrowser');
  if (!driver || !browser || !findCommand('xvfb-run', env)) throw new Error(webKitMissing);
  return { driver, browser };
}

function findCommand(name: string, { PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const [found] = globSync(
    PATH.split(delimiter)
      .filter(Boolean)
      .map((folder) => join(folder, name)),
  );
  return found;
}
