import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** How long the driver may take to come up, ms. */
const START = 15_000;

/**
 * Launcher of the web test runner: a browser by W3C WebDriver, in one window, one test file at a time.
 *
 * @param {object} options
 * @param {string} options.name - As reports have it.
 * @param {(port: number) => string[]} options.driver - The driver's command, listening on a port.
 * @param {object} options.capabilities - What `alwaysMatch` says.
 * @returns {import('@web/test-runner-core').BrowserLauncher}
 */
export function webdriverLauncher({ name, driver, capabilities }) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  /** @type {Promise<string> | undefined} */
  let session;
  /** @type {string | undefined} */
  let active;

  async function ask(method, url, body) {
    const response = await fetch(url, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${name}: ${value?.error}: ${value?.message}`);
    return value;
  }

  async function start() {
    const port = await freePort();
    const [command, ...args] = driver(port);
    // A group of its own: the driver's wrapper, its display and the browser end together.
    child = spawn(command, args, { stdio: 'ignore', detached: true });
    const failed = once(child, 'error').then(([error]) => Promise.reject(error));
    const base = `http://127.0.0.1:${port}`;
    await Promise.race([failed, untilReady(`${base}/status`)]);
    const { sessionId } = await ask('POST', `${base}/session`, {
      capabilities: { alwaysMatch: capabilities },
    });
    await ask('POST', `${base}/session/${sessionId}/window/rect`, { width: 900, height: 800 });
    return `${base}/session/${sessionId}`;
  }

  async function untilReady(url) {
    const end = Date.now() + START;
    while (Date.now() < end) {
      const ready = await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${name}: its driver did not come up within ${START} ms`);
  }

  return {
    name,
    type: 'webdriver-classic',
    concurrency: 1,
    async startSession(id, url) {
      session ??= start();
      await ask('POST', `${await session}/url`, { url });
      active = id;
    },
    isActive: (id) => id === active,
    getBrowserUrl: async () => (session ? ask('GET', `${await session}/url`) : undefined),
    async stopSession() {
      active = undefined;
      // Ends what still runs there.
      if (session) await ask('POST', `${await session}/url`, { url: 'about:blank' });
      return {};
    },
    async startDebugSession() {
      throw new Error(`${name}: cannot be debugged from here`);
    },
    async stop() {
      await session?.then((url) => ask('DELETE', url)).catch(() => {});
      if (child?.pid) process.kill(-child.pid);
    },
  };
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  return port;
}
