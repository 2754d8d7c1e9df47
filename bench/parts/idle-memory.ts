/**
 * What a connection costs that says nothing: memory of the server's process, beside bare `ws`. Each measurement begins with
 * a new process, since what a process once had it does not give back.
 */
import type { GroupOptions } from '../processes/receivers-process.ts';
import type { Memory, ServerName } from '../processes/server-process.ts';
import type { PartResult } from '../report.ts';
import { median, ratios } from '../statistics.ts';
import { connectTo, type Settings, startReceivers, startServer } from './peers.ts';

const CONNECTIONS = 5000;
/** Come and gone before: code is compiled and tables are there when the counting begins. */
const EARLIER = 200;
const ROUNDS = 3;
const LIMIT = 1.25;

interface Kind {
  label: string;
  server: ServerName;
  subscribes: boolean;
}

const naive: Kind = { label: 'naive', server: 'naive', subscribes: false };
const kinds: Kind[] = [
  { label: 'ours, protocol=1, subscribed', server: 'ours', subscribes: true },
  naive,
  { label: 'ours, plain', server: 'ours', subscribes: false },
];

/** Bytes a connection. */
export async function idleMemory(settings: Settings): Promise<PartResult> {
  const measured: Record<string, Memory[]> = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of kinds) {
      measured[kind.label] ??= [];
      measured[kind.label]?.push(await measure(kind, settings));
    }
  }
  const of = (label: string, what: keyof Memory) => (measured[label] ?? []).map((memory) => memory[what]);
  const ratio = (label: string, what: keyof Memory) => median(ratios(of(label, what), of(naive.label, what)));
  const kilobytes = (label: string, what: keyof Memory) => (median(of(label, what)) / 1000).toFixed(2);
  const ours = kinds.filter((kind) => kind !== naive);
  return {
    name: 'idle-memory',
    table: [
      ['an idle connection', 'heap kB', 'resident kB', 'heap ÷ naive', 'resident ÷ naive'],
      ...kinds.map(({ label }) => [
        label,
        kilobytes(label, 'heap'),
        kilobytes(label, 'resident'),
        ratio(label, 'heap').toFixed(2),
        ratio(label, 'resident').toFixed(2),
      ]),
    ],
    bars: ours.flatMap(({ label }) => [
      { what: `heap of an idle connection of naive's, ${label}`, value: ratio(label, 'heap'), atMost: LIMIT },
      {
        what: `resident memory of an idle connection of naive's, ${label}`,
        value: ratio(label, 'resident'),
        atMost: LIMIT,
      },
    ]),
    measured,
  };
}

async function measure({ server: name, subscribes }: Kind, settings: Settings): Promise<Memory> {
  const receivers = startReceivers();
  const server = await startServer(name, settings);
  const options = (count: number): Partial<GroupOptions> & { count: number } => ({ count, subscribes });
  try {
    await connectTo(receivers, server, 'earlier', options(EARLIER));
    await receivers.ask.disconnect('earlier');
    const before = await server.ask.collected();
    await connectTo(receivers, server, 'idle', options(CONNECTIONS));
    const after = await server.ask.collected();
    const { connected } = await receivers.ask.status('idle');
    if (connected !== CONNECTIONS) throw new Error(`${name}: ${connected} of ${CONNECTIONS} connected`);
    return {
      heap: (after.heap - before.heap) / CONNECTIONS,
      resident: (after.resident - before.resident) / CONNECTIONS,
    };
  } finally {
    await Promise.all([server.stop(), receivers.stop()]);
  }
}
