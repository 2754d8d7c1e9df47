/**
 * What it costs to keep what is published in a file: publications a second to a thousand receivers, each batch answered
 * and delivered before the next, beside the same server with its history in memory, turn by turn.
 */
import type { ServerName } from '../processes/server-process.ts';
import type { PartResult } from '../report.ts';
import { median, range, ratios } from '../statistics.ts';
import {
  connectTo,
  type Receivers,
  type Server,
  type Settings,
  startReceivers,
  startServer,
} from './peers.ts';

const RECEIVERS = 1000;
const PER_TICK = [1, 10];
const ROUNDS = 7;
const ROUND_MS = 1500;
const WARM_UP_MS = 500;
/** A chat message. */
const TEXT = 'See you on Thursday, between nine and noon, at the depot. '.padEnd(100, '.');

const names: ServerName[] = ['ours', 'sqlite'];

interface Measured {
  perTick: number;
  /** Publications a second, one a round. */
  rates: Partial<Record<ServerName, number[]>>;
}

export async function history(settings: Settings): Promise<PartResult> {
  const receivers = startReceivers();
  const servers: Server[] = [];
  const measured: Measured[] = [];
  try {
    for (const name of names) {
      const server = await startServer(name, settings);
      servers.push(server);
      await server.ask.prepare(TEXT);
      await connectTo(receivers, server, name, { count: RECEIVERS });
    }
    for (const perTick of PER_TICK) {
      const rates: Measured['rates'] = {};
      for (const server of servers) await run(receivers, server, perTick, WARM_UP_MS);
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const server of servers) {
          rates[server.name] ??= [];
          rates[server.name]?.push(await run(receivers, server, perTick, ROUND_MS));
        }
      }
      measured.push({ perTick, rates });
    }
  } finally {
    await Promise.all([...servers, receivers].map((child) => child.stop()));
  }
  return {
    name: 'history',
    table: toTable(measured),
    bars: measured.map((each) => ({
      what: `publications a second with a file, of memory's, ${RECEIVERS.toLocaleString('en')} receivers, ${each.perTick} at once`,
      value: median(shares(each)),
      atLeast: 0.5,
    })),
    measured,
  };
}

/** @returns publications a second. */
async function run(receivers: Receivers, server: Server, perTick: number, ms: number): Promise<number> {
  let { frames: expected } = await receivers.ask.status(server.name);
  const begin = performance.now();
  let published = 0;
  do {
    expected += RECEIVERS * perTick;
    published += perTick;
    server.tell('publish', perTick);
    await receivers.ask.received(server.name, expected);
  } while (performance.now() < begin + ms);
  return (published / (performance.now() - begin)) * 1000;
}

function shares({ rates }: Measured): number[] {
  return ratios(rates.sqlite ?? [], rates.ours ?? []);
}

function toTable(all: Measured[]): string[][] {
  const rows = all.flatMap((measured) =>
    names.map((name, index) => [
      index === 0 ? `${measured.perTick}` : '',
      name === 'ours' ? 'memory' : 'file',
      median(measured.rates[name] ?? []).toFixed(0),
      name === 'ours'
        ? ''
        : `${median(shares(measured)).toFixed(2)} (${range(shares(measured))
            .map((value) => value.toFixed(2))
            .join('–')})`,
    ]),
  );
  return [['at once', '', 'publications a second', 'of memory'], ...rows];
}
