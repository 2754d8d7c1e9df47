#!/usr/bin/env node
/**
 * The command `ws-elements-server`.
 */
import { readFileSync } from 'node:fs';
import { HistoryFileError } from './history/sqlite-history.ts';
import { readCommandLine } from './options/command-line.ts';
import { helpText } from './options/help-text.ts';
import { OptionError } from './options/option-error.ts';
import { Server } from './server.ts';

/** Ends with one line that says what to do. */
function stop(message: string): never {
  console.error(`ws-elements-server: ${message.replace(/\s*\n\s*/g, ' ')}`);
  process.exit(1);
}

function explainListenError(error: NodeJS.ErrnoException, port: number, host = 'this machine'): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} is in use: stop what listens there, or choose another with --port (0 takes any free one)`;
    case 'EACCES':
      return `port ${port} needs rights that this user has not: choose one above 1023 with --port`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `--host: expected an address of this machine, got "${host}"`;
    default:
      return `cannot listen on port ${port}: ${error.message}`;
  }
}

function version(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

// Whoever read our output may stop reading; that is no reason to stop serving.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

async function main(): Promise<void> {
  const command = readCommandLine({
    argv: process.argv.slice(2),
    env: process.env,
    readFile: (path) => readFileSync(path, 'utf8'),
    warn: (message) => console.error(`ws-elements-server: ${message}`),
  });
  if (command.action !== 'serve') {
    process.stdout.write(command.action === 'help' ? helpText() : `${version()}\n`);
    return;
  }

  const { settings } = command;
  const server = new Server(settings);
  const { port } = await server
    .listen()
    .catch((error) => stop(explainListenError(error, settings.port, settings.host)));
  const address = settings.host === undefined ? `ws://localhost:${port}` : server.url;
  console.log(`ws-elements-server listening on ${address}`);

  let closing = false;
  const close = async (): Promise<void> => {
    // The second signal means it.
    if (closing) process.exit(1);
    closing = true;
    await server.close();
    process.exit(0);
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
}

main().catch((error: unknown) => {
  if (error instanceof OptionError) stop(error.message);
  if (error instanceof HistoryFileError) stop(`--history: ${error.message}`);
  throw error;
});
