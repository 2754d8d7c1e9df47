/**
 * What a flood of messages costs the page that shows it: `<ws-chat>` of the built script beside deep-chat and a list
 * without any component, turn by turn in one browser, each time in a new page.
 */
import type { CandidateName } from '../dom/candidates.ts';
import { type NodeCounts, sumOf } from '../dom/count-nodes.ts';
import { LateError, type Stage, type StagePage, startStage } from '../dom/stage.ts';
import { installedVersion } from '../installed-version.ts';
import type { Bar, PartResult } from '../report.ts';
import { median, range } from '../statistics.ts';

const MANY = 10_000;
const VERY_MANY = 100_000;
const PER_FRAME = 100;
const ROUNDS = 3;
/** Who needed more for a case has no further round of it, and no case of more messages, ms. */
const ENOUGH = 12_000;
/** Who needs more for one run is stopped and has no further one: deep-chat needs minutes where others work beside it, ms. */
const PATIENCE = 300_000;

const names: CandidateName[] = ['ours', 'deep-chat', 'plain'];

/** Of one candidate, with a count of messages; one of each a round. */
interface Measured {
  name: CandidateName;
  count: number;
  /** All in one task, from the first to the paint of the last, ms. */
  painted: number[];
  /** At {@link PER_FRAME} a frame, ms. */
  longestFrame: number[];
  longestTask: number[];
  /** Once all came in one task. */
  nodes: NodeCounts[];
  rows: number[];
  /** It did not end within {@link PATIENCE}. */
  isLate?: boolean;
  /** What a collection leaves of what was allocated for it, bytes. */
  heap: number[];
}

export async function dom(): Promise<PartResult> {
  const stage = await startStage();
  try {
    const many = names.map((name) => begin(name, MANY));
    await measure(stage, many);
    const quick = many.filter((each) => paintedOf(each) < ENOUGH);
    const veryMany = quick.map(({ name }) => begin(name, VERY_MANY));
    await measure(stage, veryMany);
    const measured = [...many, ...veryMany];
    return { name: 'dom', table: toTable(measured, stage.version), bars: toBars(many), measured };
  } finally {
    await stage.close();
  }
}

const begin = (name: CandidateName, count: number): Measured => ({
  name,
  count,
  painted: [],
  longestFrame: [],
  longestTask: [],
  nodes: [],
  rows: [],
  heap: [],
});

async function measure(stage: Stage, all: Measured[]): Promise<void> {
  for (const inCase of [inOneTask, frameByFrame]) {
    const spent = new Map<Measured, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const measured of all) {
        const before = spent.get(measured) ?? 0;
        if (measured.isLate || before >= ENOUGH) continue;
        const page = await stage.open(measured.name);
        try {
          spent.set(measured, before + (await inCase(page, measured)));
        } catch (error) {
          if (!(error instanceof LateError)) throw error;
          measured.isLate = true;
        } finally {
          await page.close();
        }
      }
    }
  }
}

/** @returns How long it took, ms. */
async function inOneTask(page: StagePage, measured: Measured): Promise<number> {
  const before = await page.heap();
  const { total } = await page.run(measured.count, measured.count, PATIENCE);
  const { all, rows } = await page.size();
  measured.painted.push(total);
  measured.nodes.push(all);
  measured.rows.push(rows);
  measured.heap.push((await page.heap()) - before);
  return total;
}

/** @returns How long it took, ms. */
async function frameByFrame(page: StagePage, measured: Measured): Promise<number> {
  const { total, longestFrame, longestTask } = await page.run(measured.count, PER_FRAME, PATIENCE);
  measured.longestFrame.push(longestFrame);
  measured.longestTask.push(longestTask);
  return total;
}

/** At least so much, where it is late. */
const paintedOf = ({ painted, isLate }: Measured): number =>
  isLate && painted.length === 0 ? PATIENCE : median(painted);

const nodesOf = ({ nodes }: Measured): number => median(nodes.map(sumOf));

function toBars(measured: Measured[]): Bar[] {
  const [ours, deepChat] = measured as [Measured, Measured];
  const many = MANY.toLocaleString('en');
  return [
    {
      what: `deep-chat's time for ${many} messages in one task, divided by ours`,
      value: paintedOf(deepChat) / paintedOf(ours),
      atLeast: 40,
    },
    {
      what: `longest frame at ${PER_FRAME} messages a frame`,
      value: median(ours.longestFrame),
      unit: ' ms',
      atMost: 50,
    },
    { what: `DOM nodes after ${many} messages`, value: nodesOf(ours), atMost: 3000 },
    {
      what: `heap that ${many} messages leave, of deep-chat's`,
      value: median(ours.heap) / median(deepChat.heap),
      below: 1,
    },
  ];
}

function toTable(all: Measured[], browser: string): string[][] {
  const spread = (values: number[]) => {
    if (values.length === 0) return '–';
    const [least, most] = range(values).map((value) => value.toFixed(0));
    const middle = median(values).toFixed(0);
    return least === most ? middle : `${middle} (${least}–${most})`;
  };
  const head = ['messages', '', 'painted ms', 'longest frame ms', 'rows', 'DOM nodes', 'heap kB', 'rounds'];
  const rows = [MANY, VERY_MANY].flatMap((count) =>
    names.map((name, index) => {
      const measured = all.find((each) => each.name === name && each.count === count);
      return [
        index === 0 ? count.toLocaleString('en') : '',
        name === 'deep-chat' ? `deep-chat ${installedVersion('deep-chat')}` : name,
        ...(measured
          ? [
              measured.isLate && measured.painted.length === 0
                ? `over ${PATIENCE}`
                : spread(measured.painted),
              spread(measured.longestFrame),
              median(measured.rows).toFixed(0),
              nodesOf(measured).toFixed(0),
              spread(measured.heap.map((bytes) => bytes / 1000)),
              `${measured.painted.length}, ${measured.longestFrame.length}`,
            ]
          : [`left out: ${MANY.toLocaleString('en')} take more than ${ENOUGH / 1000} s`]),
      ];
    }),
  );
  return [head, ...rows, [`Chromium ${browser}`]];
}
