/**
 * Finds an installed Chromium, Google Chrome or Microsoft Edge: what the browser tests and the end-to-end tests run in.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where to look; the real machine by default. */
export interface Surroundings {
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  isExecutable?(path: string): boolean;
}

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

const windowsPrograms = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/** What is said where there is none and none can be installed. */
export const chromiumMissing =
  'No Chromium found: install Chromium, Google Chrome or Microsoft Edge, or set CHROME_PATH to its executable.';

/**
 * Path of a browser's executable, or undefined. `CHROME_PATH` wins over everything else.
 *
 * @throws {Error} `CHROME_PATH` is set to something that cannot be executed.
 */
export function findChromium(surroundings: Surroundings = {}): string | undefined {
  const { env = process.env, platform = process.platform, isExecutable = isExecutableFile } = surroundings;
  if (env.CHROME_PATH) {
    if (!isExecutable(env.CHROME_PATH)) {
      throw new Error(`CHROME_PATH: expected an executable file, got "${env.CHROME_PATH}"`);
    }
    return env.CHROME_PATH;
  }
  return candidates(env, platform).find((path) => isExecutable(path));
}

/** Options for playwright's `chromium.launch()`. Root may use no sandbox; `/dev/shm` is tiny in containers. */
export function chromiumLaunchOptions(executablePath = findChromium()): {
  executablePath: string;
  headless: true;
  args: string[];
} {
  if (!executablePath) throw new Error(chromiumMissing);
  const args = ['--disable-dev-shm-usage'];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return { executablePath, headless: true, args };
}

function candidates(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    return windowsPrograms.flatMap((parts) => roots.flatMap((root) => (root ? [join(root, ...parts)] : [])));
  }
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => commands.map((command) => join(folder, command)));
  if (platform !== 'darwin') return onPath;
  const roots = ['/Applications', ...(env.HOME ? [join(env.HOME, 'Applications')] : [])];
  const applications = macApplications.flatMap((name) =>
    roots.map((root) => join(root, `${name}.app`, 'Contents', 'MacOS', name)),
  );
  return [...applications, ...onPath];
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
