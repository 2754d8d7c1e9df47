/**
 * `npm start`: the demo on http://localhost:8080, its server on ws://localhost:8081.
 */
import { type DemoOptions, PortTakenError, startDemo } from './index.ts';
import { HELP, readOptions } from './options.ts';

let options: (DemoOptions & { help?: boolean }) | undefined;
try {
  options = readOptions(process.argv.slice(2), process.env);
} catch (error) {
  fail(error);
}
if (options?.help) console.log(HELP);
else if (options) await start(options);

async function start(options: DemoOptions): Promise<void> {
  let demo: Awaited<ReturnType<typeof startDemo>>;
  try {
    demo = await startDemo(options);
  } catch (error) {
    return fail(error instanceof PortTakenError ? takenPort(error, options) : error);
  }
  console.log(`Demo ${demo.httpUrl}\nServer ${demo.wsUrl}`);
  let isClosing = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, async () => {
      // The second time, at once.
      if (isClosing) process.exit(130);
      isClosing = true;
      await demo.close();
      process.exit(0);
    });
  }
}

function takenPort({ port }: PortTakenError, { port: pages = 8080, wsPort = 8081 }: DemoOptions): string {
  const variable = port === pages ? 'PORT' : port === wsPort ? 'WS_PORT' : 'PLAIN_PORT';
  const other = port < 60_000 ? port + 1000 : port - 1000;
  return `Port ${port} is in use: stop what uses it, or choose another, as in ${variable}=${other} npm start`;
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
