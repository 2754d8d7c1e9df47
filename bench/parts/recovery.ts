/**
 * What it costs a server when everyone comes back at once and wants what was missed: our server, with its history in a file as
 * it is out of the box, beside Socket.IO with its connection state recovery, turn by turn, each time in new processes.
 */

import { installedVersion } from '../installed-version.ts';
import { startChild } from '../processes/child.ts';
import type { ReturningMethods } from '../processes/returning-process.ts';
import type { Memory } from '../processes/server-process.ts';
import type { Bar, PartResult } from '../report.ts';
import { median, range, ratios } from '../statistics.ts';
import { type Server, type Settings, startServer } from './peers.ts';

const returningModule = new URL('../processes/returning-process.ts', import.meta.url);

const CLIENTS = 10_000;
const MISSED = 100;
const ROUNDS = 3;
/** Longer than a wait of the clients' own, which says what is missing; ms. */
const PATIENCE = 150_000;
const MiB = 1024 * 1024;

/** A server, and what its clients speak. */
interface Peer {
  label: string;
  server: 'sqlite' | 'socket-io';
  dialect: 'ours' | 'socket-io';
}

export const peers: Peer[] = [
  { label: 'ours', server: 'sqlite', dialect: 'ours' },
  { label: `Socket.IO ${installedVersion('socket.io')}`, server: 'socket-io', dialect: 'socket-io' },
];

export interface Recovery {
  /** From the first handshake until the last client has everything, ms. */
  time: number;
  /** CPU of the server's process meanwhile, ms. */
  user: number;
  system: number;
  /** By how much the server's memory grows meanwhile, at the most, from what a collection leaves before. */
  growth: Memory;
  /** The most that the server's process had in its life, the clients' first connections included; bytes. */
  resident: number;
}

export async function recovery(settings: Settings): Promise<PartResult> {
  const measured = new Map<Peer, Recovery[]>(peers.map((peer) => [peer, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [peer, rounds] of measured)
      rounds.push(await measureRecovery(peer, CLIENTS, MISSED, settings));
  }
  const [ours = [], theirs = []] = measured.values();
  return {
    name: 'recovery',
    table: toTable(measured),
    bars: toBars(ours, theirs),
    measured: Object.fromEntries([...measured].map(([{ label }, rounds]) => [label, rounds])),
  };
}

/**
 * Everyone is on one channel and cut off, publications are missed, everyone comes back.
 *
 * @throws {Error} Someone did not get exactly what was missed, in order, and after it what is live.
 */
export async function measureRecovery(
  { server: name, dialect }: Peer,
  count: number,
  missed: number,
  settings: Settings,
): Promise<Recovery> {
  const clients = startChild<ReturningMethods>(returningModule, [], { timeout: PATIENCE });
  const server = await startServer(name, settings);
  try {
    await clients.ask.begin(dialect, server.port, count);
    // A client that never had anything has no position to come back to.
    await publish(server, 'the first');
    await clients.ask.heard('the first');
    await clients.ask.cutOff();
    await noticed(server);
    const texts = Array.from({ length: missed }, (_, index) => `${index} `.padEnd(100, 'missed '));
    for (const text of texts) await publish(server, text);
    await clients.ask.miss(texts);
    const before = await server.ask.collected();
    await server.ask.watchMemory();
    const begin = await server.ask.usage();
    const time = await clients.ask.comeBack();
    const end = await server.ask.usage();
    const most = await server.ask.mostMemory();
    await publish(server, 'the last');
    await clients.ask.heard('the last');
    const connected = await clients.ask.connected();
    if (connected !== count) throw new Error(`${name}: ${connected} of ${count} connected`);
    return {
      time,
      user: (end.user - begin.user) / 1000,
      system: (end.system - begin.system) / 1000,
      growth: { heap: most.heap - before.heap, resident: most.resident - before.resident },
      resident: await server.ask.mostResident(),
    };
  } finally {
    await Promise.all([server.stop(), clients.stop()]);
  }
}

async function publish(server: Server, text: string): Promise<void> {
  await server.ask.prepare(text);
  await server.ask.publish(1);
}

/** Resolves once the server knows of everyone's end but that of the one who stays. */
async function noticed(server: Server): Promise<void> {
  const end = performance.now() + PATIENCE;
  for (let left = Number.NaN; left !== 1; left = await server.ask.connections()) {
    if (performance.now() > end)
      throw new Error(`${server.name}: ${left} are left of those that were cut off`);
  }
}

const cpu = ({ user, system }: Recovery): number => user + system;

function toBars(ours: Recovery[], theirs: Recovery[]): Bar[] {
  const many = `${CLIENTS.toLocaleString('en')} clients and ${MISSED} publications each`;
  const of = (value: (recovery: Recovery) => number) => median(ratios(ours.map(value), theirs.map(value)));
  return [
    {
      what: `time until all have all, ${many}`,
      value: median(ours.map(({ time }) => time)) / 1000,
      atMost: 5,
      unit: ' s',
    },
    { what: `the same, of Socket.IO's`, value: of(({ time }) => time), atMost: 0.5 },
    { what: `CPU of the server, of Socket.IO's`, value: of(cpu), atMost: 0.5 },
    {
      what: 'most resident memory of the server',
      value: median(ours.map(({ resident }) => resident)) / MiB,
      atMost: 400,
      unit: ' MiB',
    },
    { what: `the same, of Socket.IO's`, value: of(({ resident }) => resident), below: 1 },
  ];
}

function toTable(measured: Map<Peer, Recovery[]>): string[][] {
  const [, theirs = []] = measured.values();
  const figures: [what: string, value: (recovery: Recovery) => number, digits: number][] = [
    ['until all have all, s', ({ time }) => time / 1000, 2],
    ['server CPU, s', (recovery) => cpu(recovery) / 1000, 2],
    ['of it user, s', ({ user }) => user / 1000, 2],
    ['most resident MiB', ({ resident }) => resident / MiB, 0],
    ['resident grows MiB', ({ growth }) => growth.resident / MiB, 0],
    ['heap grows MiB', ({ growth }) => growth.heap / MiB, 0],
  ];
  const spread = (values: number[], digits: number) => {
    const [least, most] = range(values).map((value) => value.toFixed(digits));
    return `${median(values).toFixed(digits)} (${least}–${most})`;
  };
  const [ours = []] = measured.values();
  return [
    ['', ...[...measured.keys()].map(({ label }) => label), 'ratio'],
    ...figures.map(([what, value, digits]) => [
      what,
      ...[...measured.values()].map((rounds) => spread(rounds.map(value), digits)),
      spread(ratios(ours.map(value), theirs.map(value)), 2),
    ]),
  ];
}
