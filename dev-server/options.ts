import { parseArgs } from 'node:util';
import type { DemoOptions } from './index.ts';

export const HELP = `Usage: npm start [-- OPTIONS]

  --port PORT        the pages (PORT; default 8080)
  --ws-port PORT     the server (WS_PORT; default 8081)
  --plain-port PORT  the plain server of one page (PLAIN_PORT; default 8082, or any free one)
  --host ADDRESS     where to listen (default: this machine only)
  --quiet            no simulated life
  --debug            log frames, tokens masked
  --help             this

A port of 0 takes any free one.`;

/**
 * Flags first, then the environment.
 *
 * @throws {Error} one line that names the option, what was expected and what was given.
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): DemoOptions & { help?: boolean } {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      'ws-port': { type: 'string' },
      'plain-port': { type: 'string' },
      host: { type: 'string' },
      quiet: { type: 'boolean' },
      debug: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const port = (flag: 'port' | 'ws-port' | 'plain-port', variable: string) =>
    values[flag] !== undefined ? readPort(`--${flag}`, values[flag]) : readPort(variable, env[variable]);
  return {
    port: port('port', 'PORT'),
    wsPort: port('ws-port', 'WS_PORT'),
    plainPort: port('plain-port', 'PLAIN_PORT'),
    host: values.host,
    quiet: values.quiet,
    debug: values.debug,
    help: values.help,
  };
}

/** @throws {Error} one line that names the option, what was expected and what was given. */
export function readPort(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) {
    throw new Error(`${name}: expected a port, 0–65535, got "${text}"`);
  }
  return Number(text);
}
