/**
 * Measures what docs/benchmarks.md tells, prints it, and says by its exit code whether every bar holds.
 *
 * `node bench/run.ts [fan-out] [history] [idle-memory] [slow-reader] [recovery] [dom] [php-publish] [codeigniter] [--report] [--floor] [--profile]`
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { parseArgs } from 'node:util';
import { descriptorLimit } from './descriptors.ts';
import { installedVersion } from './installed-version.ts';
import { codeigniter } from './parts/codeigniter.ts';
import { dom } from './parts/dom.ts';
import { fanOut } from './parts/fan-out.ts';
import { history } from './parts/history.ts';
import { idleMemory } from './parts/idle-memory.ts';
import type { Settings } from './parts/peers.ts';
import { phpPublish } from './parts/php-publish.ts';
import { recovery } from './parts/recovery.ts';
import { slowReader } from './parts/slow-reader.ts';
import { formatBar, formatTable, holds, type PartResult } from './report.ts';

type Part = (settings: Settings & { floor: boolean }) => Promise<PartResult>;

const serverParts: Record<string, Part> = {
  'fan-out': fanOut,
  history,
  'idle-memory': idleMemory,
  'slow-reader': slowReader,
  recovery,
};
const parts: Record<string, Part> = { ...serverParts, dom, 'php-publish': phpPublish, codeigniter };

/** The receivers' process holds those of every server: three times 5,000 and what a process has besides. */
const DESCRIPTORS = 15_500;
const RESULTS = new URL('results/', import.meta.url);

const usage = `npm run bench -- [part…] [options]

Parts: ${Object.keys(parts).join(', ')}; all of them without a name.

  --report   exit with 0 also where a bar is missed
  --floor    fan-out also of the least that Node's sockets can do, for comparison
  --profile  write the servers' CPU profiles to bench/results/
  --help     this`;

function readCommand() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        report: { type: 'boolean', default: false },
        floor: { type: 'boolean', default: false },
        profile: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const unknown = positionals.find((name) => !Object.hasOwn(parts, name));
    if (unknown !== undefined)
      throw new Error(`no part "${unknown}"; there are ${Object.keys(parts).join(', ')}`);
    return { ...values, names: positionals.length > 0 ? positionals : Object.keys(parts) };
  } catch (error) {
    console.error(`bench: ${(error as Error).message}`);
    process.exit(2);
  }
}

const command = readCommand();
if (command.help) {
  console.log(usage);
  process.exit();
}

const limit = descriptorLimit();
if (
  limit !== undefined &&
  limit < DESCRIPTORS &&
  command.names.some((name) => Object.hasOwn(serverParts, name))
) {
  console.error(
    `bench: ${limit} open files a process are too few, ${DESCRIPTORS} are needed: ulimit -n ${DESCRIPTORS}`,
  );
  process.exit(2);
}

const machine = {
  node: process.version,
  ws: installedVersion('ws'),
  system: `${type()} ${release()}`,
  cpu: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
  memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
};
console.log(
  Object.entries(machine)
    .map(([what, value]) => `${what} ${value}`)
    .join(', '),
);

mkdirSync(RESULTS, { recursive: true });
const settings = {
  floor: command.floor,
  execArgv: command.profile ? ['--cpu-prof', `--cpu-prof-dir=${RESULTS.pathname}`] : [],
};
const results: (PartResult & { seconds: number })[] = [];
for (const name of command.names) {
  const part = parts[name] as Part;
  const begin = performance.now();
  const result = await part(settings);
  const seconds = Math.round((performance.now() - begin) / 1000);
  results.push({ ...result, seconds });
  console.log(
    `\n${name}, ${seconds} s\n\n${formatTable(result.table)}\n\n${result.bars.map(formatBar).join('\n')}`,
  );
}
writeFileSync(
  new URL('latest.json', RESULTS),
  `${JSON.stringify({ machine, results: results.map(({ table, ...rest }) => rest) }, null, 2)}\n`,
);

const missed = results.flatMap((result) => result.bars).filter((bar) => !holds(bar)).length;
console.log(missed === 0 ? '\nEvery bar holds.' : `\n${missed} missed.`);
if (missed > 0 && !command.report) process.exitCode = 1;
