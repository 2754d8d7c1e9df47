import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Of a command that ends by itself; Composer may have to download a framework. */
const COMMAND_TIMEOUT = 600_000;
/** Between a command and the first answer of what it starts. */
const START_TIMEOUT = 60_000;

/** Composer cannot get CodeIgniter here. Its message is Composer's. */
export class CodeIgniterUnavailable extends Error {}

/** Something that runs until it is stopped. */
export interface Running {
  /** What it printed so far. */
  readonly output: string;
  stop(): Promise<void>;
}

/**
 * A real application: what `composer create-project codeigniter4/appstarter` makes, in a folder of its own, with this
 * repository's packages where Composer looks for them, and a port for its pages and one for the server.
 */
export class Application {
  readonly folder: string;
  readonly port: number;
  readonly wsPort: number;
  /**
   * Settings as an environment gives them (no dots: a shell drops such names): ports are this run's, everything else is
   * the application's own.
   */
  readonly env: Record<string, string>;
  readonly #running = new Set<Running>();

  private constructor(folder: string, port: number, wsPort: number, env: Record<string, string>) {
    this.folder = folder;
    this.port = port;
    this.wsPort = wsPort;
    this.env = {
      app_baseURL: `http://127.0.0.1:${port}/`,
      websocket_url: `ws://127.0.0.1:${wsPort}`,
      websocket_apiUrl: `http://127.0.0.1:${wsPort}`,
      // As npm would have installed it, had it been published.
      websocket_server: join(root, 'server/src/cli.ts'),
      ...env,
    };
  }

  /**
   * @param env Further settings: `{ app_CSPEnabled: 'true' }`.
   * @throws {CodeIgniterUnavailable}
   */
  static async make(env: Record<string, string> = {}): Promise<Application> {
    const folder = join(mkdtempSync(join(tmpdir(), 'ws-elements-e2e-')), 'shop');
    const application = new Application(folder, await freePort(), await freePort(), env);
    try {
      await application.#create();
    } catch (error) {
      application.#remove();
      throw error;
    }
    return application;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Runs a command as somebody types it in the application's folder; what it prints, or an error with that. */
  async run(command: string, { input = '' } = {}): Promise<string> {
    const { code, output } = await execute(command, this.folder, this.env, input);
    if (code !== 0) throw new Error(`${command}: ended with ${code}\n${output}`);
    return output;
  }

  /** Starts what runs until it is stopped, and waits until it answers. */
  async start(command: string, answersAt: string): Promise<Running> {
    const started = new Started(command, this.folder, this.env);
    this.#running.add(started);
    await started.untilAnswer(answersAt);
    return started;
  }

  /** Starts the application, as its developer does: with one worker. */
  servePages(): Promise<Running> {
    return this.start(`php spark serve --host 127.0.0.1 --port ${this.port}`, `${this.url}/favicon.ico`);
  }

  /** Starts the server. */
  serveSockets(command = 'php spark ws:serve'): Promise<Running> {
    return this.start(command, `http://127.0.0.1:${this.wsPort}/healthz`);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Replaces what stands in a file; an error where it does not, so that nothing is tested that was not set. */
  edit(file: string, ...replacements: [was: string, is: string][]): void {
    let text = this.read(file);
    for (const [was, is] of replacements) {
      if (!text.includes(was)) throw new Error(`${file}: has no ${was}`);
      text = text.replace(was, () => is);
    }
    this.write(file, text);
  }

  /** Copies a folder of files over the application's. */
  overlay(folder: URL): void {
    cpSync(folder, this.folder, { recursive: true });
  }

  /** Stops everything that runs. */
  async stop(): Promise<void> {
    const all = [...this.#running];
    this.#running.clear();
    await Promise.all(all.map((running) => running.stop()));
  }

  /** Stops everything, and takes the application away. */
  async close(): Promise<void> {
    await this.stop();
    this.#remove();
  }

  #remove(): void {
    rmSync(dirname(this.folder), { recursive: true, force: true });
  }

  async #create(): Promise<void> {
    const repositories = readRepositories();
    const create = `composer create-project codeigniter4/appstarter ${this.folder} --no-install --no-interaction`;
    // Repositories that are named stand in the place of Packagist there. They may have no appstarter.
    const named = repositories.map((each) => `--repository='${JSON.stringify(each)}'`).join(' ');
    const tries = named ? [`${create} ${named}`, create] : [create];
    let failure = '';
    for (const command of tries) {
      const { code, output } = await execute(command, tmpdir(), {});
      if (code === 0) failure = '';
      else failure += output;
      if (code === 0) break;
    }
    if (failure) throw new CodeIgniterUnavailable(failure);

    const composer = JSON.parse(this.read('composer.json'));
    composer.repositories = [
      ...['publisher', 'codeigniter4'].map((name) => ({
        type: 'path',
        url: join(root, 'php', name),
        // Copied, as a download is; and released, so that it is required as users require it.
        options: { symlink: false, versions: { [`ws-elements/${name}`]: '0.1.0' } },
      })),
      ...repositories,
    ];
    // Composer stumbles over `require` without a version where the machine's own settings turn it off.
    composer.config = { ...composer.config, lock: true };
    this.write('composer.json', JSON.stringify(composer, null, 4));
    const { code, output } = await execute('composer update --no-dev --no-interaction', this.folder, {});
    if (code !== 0) throw new CodeIgniterUnavailable(output);
  }
}

/** Runs `made` with an application, or says in one loud line that nothing is tested here. */
export async function makeOrSkip(
  env?: Record<string, string>,
): Promise<{ application: Application; skip: false } | { application?: undefined; skip: string }> {
  try {
    return { application: await Application.make(env), skip: false };
  } catch (error) {
    if (!(error instanceof CodeIgniterUnavailable)) throw error;
    console.log(error.message);
    const skip = 'SKIPPED e2e/codeigniter4: Composer cannot get CodeIgniter here, NOTHING of it was tested.';
    console.log(skip);
    return { skip };
  }
}

class Started implements Running {
  output = '';
  readonly #command: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #hasEnded = false;

  constructor(command: string, folder: string, env: Record<string, string>) {
    this.#command = command;
    // A group of its own: spark starts PHP's server below a shell.
    this.#child = spawn('sh', ['-c', command], {
      cwd: folder,
      detached: true,
      env: environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (data) => {
        this.output += data;
      });
    }
    this.#ended = new Promise((resolve) => {
      this.#child.on('close', () => {
        this.#hasEnded = true;
        resolve();
      });
    });
  }

  async untilAnswer(url: string): Promise<void> {
    const until = Date.now() + START_TIMEOUT;
    while (!this.#hasEnded && Date.now() < until) {
      try {
        await (await fetch(url)).arrayBuffer();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    await this.stop();
    throw new Error(`${this.#command}: ${url} does not answer\n${this.output}`);
  }

  async stop(): Promise<void> {
    if (!this.#hasEnded && this.#child.pid) process.kill(-this.#child.pid, 'SIGTERM');
    await this.#ended;
  }
}

function execute(command: string, folder: string, env: Record<string, string>, input = '') {
  const child = spawn('sh', ['-c', command], {
    cwd: folder,
    env: environment(env),
    timeout: COMMAND_TIMEOUT,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** This process's, without what would be settings of the server, and with this Node before any other. */
function environment(env: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('WS_'));
  return {
    ...Object.fromEntries(own),
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    COMPOSER_ALLOW_SUPERUSER: '1',
    ...env,
  };
}

/** Further Composer repositories, as CONTRIBUTING.md has it. */
function readRepositories(): unknown[] {
  const setting = (process.env.WS_COMPOSER_REPOSITORIES ?? '').trim();
  if (!setting) return [];
  const repositories = JSON.parse(setting.startsWith('[') ? setting : readFileSync(setting, 'utf8'));
  if (!Array.isArray(repositories)) {
    throw new Error(
      'WS_COMPOSER_REPOSITORIES: expected a JSON array of Composer repositories, or the path of a file with one',
    );
  }
  return repositories;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
