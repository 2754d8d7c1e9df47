/**
 * `npm run chaos`: publishes while everything breaks that can break, and says by its exit code whether everybody has
 * everything, once and in order.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { script } from '../support/site.ts';
import { runChaos } from './chaos.ts';
import { type Off, switches } from './off.ts';
import { makePlan } from './plan.ts';
import { formatProblems, formatResult } from './report.ts';

const usage = `npm run chaos -- [options]

  --seed N          the same number, the same plan; any without it
  --publications N  10,000 without it
  --off WHAT        without it, which has to fail:
${Object.entries(switches)
  .map(([name, what]) => `                      ${name.padEnd(9)} ${what}`)
  .join('\n')}
  --help            this`;

function readCommand() {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string', default: `${Math.floor(Math.random() * 1_000_000)}` },
        publications: { type: 'string', default: '10000' },
        off: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const { off, help } = values;
    if (off !== undefined && !Object.hasOwn(switches, off)) {
      throw new Error(`--off: expected one of ${Object.keys(switches).join(', ')}, got "${off}"`);
    }
    return {
      help,
      off: off as Off | undefined,
      seed: readNumber('seed', values.seed, 0),
      publications: readNumber('publications', values.publications, 100),
    };
  } catch (error) {
    return stop((error as Error).message);
  }
}

function readNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number < least) {
    throw new Error(`--${name}: expected a whole number from ${least} on, got "${text}"`);
  }
  return number;
}

function stop(message: string): never {
  console.error(`chaos: ${message}`);
  process.exit(2);
}

const { help, off, seed, publications } = readCommand();
if (help) {
  console.log(usage);
  process.exit();
}
if (!existsSync(script)) stop('dist/ws-elements.js is missing: npm run build');

const plan = makePlan({ seed, publications, clients: 20, pages: 2 });
console.log(`seed ${seed}: ${publications} publications on ${plan.channels.length} channels …`);
const result = await runChaos(plan, off);
for (const line of formatProblems(result.problems)) console.log(line);
console.log(formatResult(seed, result));
if (result.problems.length > 0) process.exitCode = 1;
