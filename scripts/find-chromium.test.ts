import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chromiumLaunchOptions, findChromium } from './find-chromium.ts';

function machine(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, ...installed: string[]) {
  return { platform, env, isExecutable: (path: string) => installed.includes(path.replaceAll('\\', '/')) };
}

describe('findChromium', () => {
  it('takes CHROME_PATH before everything else', () => {
    const env = { CHROME_PATH: '/opt/chrome', PATH: '/usr/bin' };
    assert.equal(findChromium(machine('linux', env, '/opt/chrome', '/usr/bin/chromium')), '/opt/chrome');
  });

  it('says so when CHROME_PATH is wrong', () => {
    assert.throws(
      () => findChromium(machine('linux', { CHROME_PATH: '/opt/none' })),
      /^Error: CHROME_PATH: expected an executable file, got "\/opt\/none"$/,
    );
  });

  for (const name of ['chromium', 'google-chrome', 'chrome', 'microsoft-edge']) {
    it(`finds ${name} on the PATH`, () => {
      const env = { PATH: '/nothing:/usr/local/bin' };
      assert.equal(findChromium(machine('linux', env, `/usr/local/bin/${name}`)), `/usr/local/bin/${name}`);
    });
  }

  it("finds a Mac's applications, the user's own too", () => {
    const path = '/Users/ada/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    assert.equal(findChromium(machine('darwin', { HOME: '/Users/ada' }, path)), path);
  });

  it("finds Windows' programs", () => {
    const env = { PROGRAMFILES: 'C:/Program Files', 'PROGRAMFILES(X86)': 'C:/Program Files (x86)' };
    const path = 'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe';
    assert.equal(findChromium(machine('win32', env, path))?.replaceAll('\\', '/'), path);
  });

  it('finds nothing where there is nothing', () => {
    assert.equal(findChromium(machine('linux', { PATH: '/usr/bin' })), undefined);
    assert.equal(findChromium(machine('linux', {})), undefined);
  });
});

describe('chromiumLaunchOptions', () => {
  it('starts the browser it is given, without a window', () => {
    const { executablePath, headless } = chromiumLaunchOptions('/usr/bin/chromium');
    assert.deepEqual([executablePath, headless], ['/usr/bin/chromium', true]);
  });
});
