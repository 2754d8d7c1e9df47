/**
 * What it costs a server to tell thousands of receivers the same: CPU of its process for each delivery, beside a naive
 * server that does the same work in the same minute, turn by turn.
 */
import type { ServerName, Usage } from '../processes/server-process.ts';
import type { Bar, PartResult } from '../report.ts';
import { median, range, ratios } from '../statistics.ts';
import {
  connectTo,
  type Receivers,
  type Server,
  type Settings,
  startReceivers,
  startServer,
} from './peers.ts';

const RECEIVERS = [1000, 5000];
const PER_TICK = [1, 10];
/** Of each server and each case; an odd number has a middle. */
const ROUNDS = 7;
/**
 * How long a round is. The system tells user from system time by samples, on Linux mostly 250 a second, so where the user
 * time matters a round has to be long: of 2.2 s some hundred samples are the user's.
 */
const ROUND_MS: Record<number, number> = { 1: 2200, 10: 400 };
const WARM_UP_MS = 500;
/** A chat message. */
const TEXT =
  'The parcel left the depot this morning and should be with you on Thursday, between nine and noon. '.padEnd(
    100,
    '.',
  );

/** µs of CPU for one delivery to one receiver. */
interface Cost {
  user: number;
  total: number;
}

interface Measured {
  receivers: number;
  perTick: number;
  /** By server, one a round. */
  costs: Partial<Record<ServerName, Cost[]>>;
  /** On the wire, header included. */
  bytesPerDelivery: Partial<Record<ServerName, number>>;
}

export async function fanOut(settings: Settings & { floor: boolean }): Promise<PartResult> {
  const names: ServerName[] = settings.floor ? ['ours', 'naive', 'floor'] : ['ours', 'naive'];
  const measured: Measured[] = [];
  for (const count of RECEIVERS) {
    const receivers = startReceivers();
    const servers: Server[] = [];
    try {
      for (const name of names) {
        const server = await startServer(name, settings);
        servers.push(server);
        await server.ask.prepare(TEXT);
        await connectTo(receivers, server, name, { count });
      }
      for (const perTick of PER_TICK) measured.push(await measure(receivers, servers, count, perTick));
    } finally {
      await Promise.all([...servers, receivers].map((child) => child.stop()));
    }
  }
  return { name: 'fan-out', table: toTable(measured, names), bars: measured.flatMap(toBars), measured };
}

async function measure(
  receivers: Receivers,
  servers: Server[],
  count: number,
  perTick: number,
): Promise<Measured> {
  const measured: Measured = { receivers: count, perTick, costs: {}, bytesPerDelivery: {} };
  for (const server of servers) await run(receivers, server, count, perTick, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const server of servers) {
      const { cost, bytes } = await run(receivers, server, count, perTick, ROUND_MS[perTick] ?? 0);
      measured.costs[server.name] ??= [];
      measured.costs[server.name]?.push(cost);
      measured.bytesPerDelivery[server.name] = bytes;
    }
  }
  return measured;
}

/** Tick by tick, each only when everyone has what the one before brought, so that no queue grows. */
async function run(
  receivers: Receivers,
  server: Server,
  count: number,
  perTick: number,
  ms: number,
): Promise<{ cost: Cost; bytes: number }> {
  const before = await receivers.ask.status(server.name);
  let expected = before.frames;
  const begin: Usage = await server.ask.usage();
  const end = performance.now() + ms;
  do {
    expected += count * perTick;
    server.tell('publish', perTick);
    await receivers.ask.received(server.name, expected);
  } while (performance.now() < end);
  const after: Usage = await server.ask.usage();
  const status = await receivers.ask.status(server.name);
  if (status.frames !== expected || status.others !== 0 || status.connected !== count) {
    throw new Error(
      `${server.name}: ${status.frames} frames of ${expected}, ${status.others} others, ${status.connected} of ${count} connected`,
    );
  }
  if (JSON.parse(status.sample).message !== TEXT) throw new Error(`${server.name} sent ${status.sample}`);
  const deliveries = expected - before.frames;
  const user = (after.user - begin.user) / deliveries;
  const system = (after.system - begin.system) / deliveries;
  return { cost: { user, total: user + system }, bytes: (status.bytes - before.bytes) / deliveries };
}

const of = (measured: Measured, name: ServerName, what: keyof Cost): number[] =>
  (measured.costs[name] ?? []).map((cost) => cost[what]);

function toBars(measured: Measured): Bar[] {
  const { receivers, perTick } = measured;
  const ratio = (what: keyof Cost) => median(ratios(of(measured, 'ours', what), of(measured, 'naive', what)));
  const where = `of naive's, ${receivers.toLocaleString('en')} receivers, ${perTick} a tick`;
  if (perTick > 1) return [{ what: `total CPU ${where}`, value: ratio('total'), atMost: 0.15 }];
  return [
    { what: `user CPU ${where}`, value: ratio('user'), atMost: 0.8 },
    { what: `total CPU ${where}`, value: ratio('total'), below: 1 },
  ];
}

function toTable(all: Measured[], names: ServerName[]): string[][] {
  const head = ['receivers × a tick', '', 'user µs', 'total µs', 'user ÷ naive', 'total ÷ naive', 'bytes'];
  const rows = all.flatMap((measured) =>
    names.map((name, index) => {
      const share = (what: keyof Cost) => {
        const values = ratios(of(measured, name, what), of(measured, 'naive', what));
        return `${median(values).toFixed(2)} (${range(values)
          .map((value) => value.toFixed(2))
          .join('–')})`;
      };
      return [
        index === 0 ? `${measured.receivers.toLocaleString('en')} × ${measured.perTick}` : '',
        name,
        median(of(measured, name, 'user')).toFixed(2),
        median(of(measured, name, 'total')).toFixed(2),
        name === 'naive' ? '' : share('user'),
        name === 'naive' ? '' : share('total'),
        (measured.bytesPerDelivery[name] ?? Number.NaN).toFixed(1),
      ];
    }),
  );
  return [head, ...rows];
}
