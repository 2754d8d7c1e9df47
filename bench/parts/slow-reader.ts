/**
 * What one receiver that never reads does to the server, while much passes and the others read: its queue has to end
 * somewhere, and it with it.
 */
import type { Memory, ServerName } from '../processes/server-process.ts';
import type { PartResult } from '../report.ts';
import { connectTo, type Settings, startReceivers, startServer } from './peers.ts';

const MiB = 1024 * 1024;
const PASS = 100_000_000;
const READERS = 20;
/** The server's own limit (`limits.queued`). */
const QUEUED = 1;
/** As it is shipped, with its history in a file: one in memory leaves what it let go of to be collected. */
const SHIPPED: ServerName = 'sqlite';
/** Looked at so often on the way, since what grows may have shrunk by the end. */
const LOOKS = 10;

const cases: { label: string; server: ServerName; textLength: number; perTick: number }[] = [
  { label: 'ours, 32 KiB a publication', server: SHIPPED, textLength: 32 * 1024, perTick: 1 },
  { label: 'ours, 1 KiB, ten a tick', server: SHIPPED, textLength: 1024, perTick: 10 },
  { label: 'its history in memory', server: 'ours', textLength: 1024, perTick: 10 },
  { label: 'naive, 32 KiB a publication', server: 'naive', textLength: 32 * 1024, perTick: 1 },
];

interface Growth extends Memory {
  label: string;
  server: ServerName;
  /** What the one that never reads had been sent when it was let read at last, bytes. */
  taken: number;
  cutOff: boolean;
}

export async function slowReader(settings: Settings): Promise<PartResult> {
  const measured: Growth[] = [];
  for (const one of cases) measured.push(await measure(one, settings));
  const mib = (bytes: number) => (bytes / MiB).toFixed(1);
  return {
    name: 'slow-reader',
    table: [
      ['while 100 MB pass', 'heap grows MiB', 'resident grows MiB', 'cut off', 'got MB'],
      ...measured.map(({ label, heap, resident, cutOff, taken }) => [
        label,
        mib(heap),
        mib(resident),
        cutOff ? 'yes' : 'no',
        (taken / 1e6).toFixed(1),
      ]),
    ],
    bars: measured
      .filter(({ server }) => server === SHIPPED)
      .flatMap(({ label, heap, resident, cutOff }) => [
        { what: `heap, ${label}`, value: heap / MiB, below: QUEUED + 8, unit: ' MiB' },
        { what: `resident, ${label}`, value: resident / MiB, below: 40, unit: ' MiB' },
        { what: `receivers not cut off, ${label}`, value: cutOff ? 0 : 1, atMost: 0 },
      ]),
    measured,
  };
}

async function measure(
  { label, server: name, textLength, perTick }: (typeof cases)[number],
  settings: Settings,
): Promise<Growth> {
  const receivers = startReceivers();
  const server = await startServer(name, settings);
  try {
    await server.ask.prepare('x'.repeat(textLength));
    await connectTo(receivers, server, 'readers', { count: READERS });
    await connectTo(receivers, server, 'slow', { count: 1, reads: false });
    const before = await server.ask.collected();
    let { heap, resident } = before;
    const publications = Math.ceil(PASS / textLength);
    let published = 0;
    for (let look = 1; look <= LOOKS; look += 1) {
      while (published < (publications * look) / LOOKS) {
        published += perTick;
        await Promise.all([
          server.ask.publish(perTick),
          receivers.ask.received('readers', published * READERS),
        ]);
      }
      // Resident as it is, with what was not collected yet; the heap after collection.
      resident = Math.max(resident, (await server.ask.memory()).resident);
      heap = Math.max(heap, (await server.ask.collected()).heap);
    }
    const cutOff = await receivers.ask.release('slow');
    const { bytes } = await receivers.ask.status('slow');
    return {
      label,
      server: name,
      heap: heap - before.heap,
      resident: resident - before.resident,
      taken: bytes,
      cutOff,
    };
  } finally {
    await Promise.all([server.stop(), receivers.stop()]);
  }
}
