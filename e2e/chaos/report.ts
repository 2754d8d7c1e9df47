import type { Result } from './chaos.ts';
import type { Problem } from './compare.ts';

/** Problems of one kind that are told each by itself. */
const TOLD = 10;

const kinds: Problem['kind'][] = ['lost', 'twice', 'out of order', 'complaint'];

/** A line for each problem, up to a number of each kind. */
export function formatProblems(problems: readonly Problem[]): string[] {
  return kinds.flatMap((kind) => {
    const own = problems.filter((problem) => problem.kind === kind);
    return [
      ...own.slice(0, TOLD).map(({ text }) => `${kind}: ${text}`),
      ...(own.length > TOLD ? [`${kind}: … and ${own.length - TOLD} more`] : []),
    ];
  });
}

/** What a run came to, in one line. */
export function formatResult(seed: number, result: Result): string {
  const { publications, kills, linkFaults, pageFaults, problems, seconds } = result;
  const count = (kind: Problem['kind']) => problems.filter((problem) => problem.kind === kind).length;
  const figures = [
    `${publications} publications`,
    `${kills} kills`,
    `${linkFaults} link faults`,
    `${pageFaults} page faults`,
    `${count('lost')} lost`,
    `${count('twice')} twice`,
    `${count('out of order')} out of order`,
    ...(count('complaint') > 0 ? [`${count('complaint')} complaints`] : []),
  ];
  return `seed ${seed}: ${figures.join(', ')} (${seconds.toFixed(0)} s)`;
}
