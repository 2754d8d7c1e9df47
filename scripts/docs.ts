/**
 * `npm run docs`: builds, writes the documentation to `dist/docs/` and serves it with a server of its own.
 */
import { parseArgs } from 'node:util';
import { PortTakenError } from '../dev-server/listen.ts';
import { readPort } from '../dev-server/options.ts';
import { build } from './build/build.ts';
import { buildDocs, writeDocs } from './docs/build.ts';
import { startDocs } from './docs/serve.ts';
import type { Site } from './docs/site.ts';

/** Where it is served unless told otherwise; any other does as well. */
const PORT = 8083;

const HELP = `Usage: npm run docs [-- OPTIONS]

  --port PORT  the pages (PORT; default ${PORT}, or any free one)
  --build      only writes the pages, to dist/docs/
  --no-build   with what is in dist/ already
  --help       this`;

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      build: { type: 'boolean' },
      'no-build': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) console.log(HELP);
  else {
    const port = values.port ? readPort('--port', values.port) : readPort('PORT', process.env.PORT);
    if (!values['no-build']) await build();
    const site = buildDocs();
    writeDocs(site);
    if (!values.build) await serve(site, port);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function serve(site: Site, port: number | undefined): Promise<void> {
  const docs = await startDocs(site, { port: port ?? PORT }).catch((error) => {
    if (!(error instanceof PortTakenError)) throw error;
    if (port === undefined) return startDocs(site, { port: 0 });
    const other = port < 60_000 ? port + 1000 : port - 1000;
    throw new Error(
      `Port ${port} is in use: stop what uses it, or choose another, as in PORT=${other} npm run docs`,
    );
  });
  console.log(`Documentation ${docs.url}`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, async () => {
      await docs.close();
      process.exit(0);
    });
  }
}
