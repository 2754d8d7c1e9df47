/**
 * Who publishes what, and what goes wrong meanwhile. Everything in it comes from the seed. What goes wrong is bound to
 * how far the run is and not to a clock, so that a slow machine goes through the same as a fast one.
 */
import { Random } from './random.ts';

export interface PlanOptions {
  seed: number;
  /** In all. */
  publications: number;
  /** At least one. */
  clients: number;
  pages: number;
}

export interface PlannedMessage {
  /** `client-3_17`: who publishes it, and its place in what they publish. */
  id: string;
  channel: string;
  /** Since the one before it, ms. */
  pause: number;
}

/** Which way of a link loses everything: to the server, from it. */
export type Lost = 'up' | 'down' | 'both';

export type LinkFault =
  /** Both ends are told. */
  | { kind: 'cut' }
  /** Nothing moves for a while; nothing is lost. */
  | { kind: 'stall'; duration: number }
  /** What goes one way or both is lost from now on, and no end is told. */
  | { kind: 'half-open'; lost: Lost }
  /** Everything takes longer for a while. */
  | { kind: 'delay'; latency: number; duration: number };

export type PageFault = { kind: 'freeze'; duration: number } | { kind: 'reload' };

export type Fault = {
  /** Due once so many publications are settled. */
  after: number;
} & (
  | {
      kind: 'kill';
      /** ms until it is done, so that it does not always fall right behind an acknowledgement. */
      delay: number;
      /** ms until the server is started again. */
      outage: number;
    }
  | { kind: 'link'; line: string; fault: LinkFault }
  | { kind: 'page'; page: string; fault: PageFault }
);

export interface Plan {
  readonly seed: number;
  readonly channels: readonly string[];
  /** By who publishes them: `http-…` over HTTP, `client-…` and `page-…` over their sockets. */
  readonly messages: ReadonlyMap<string, readonly PlannedMessage[]>;
  /** The earliest first. */
  readonly faults: readonly Fault[];
}

/** How many connections of a back end publish. */
const LANES = 4;
/** Parts of what is published: over HTTP, by pages, and the rest by clients. */
const SHARES = { http: 0.5, page: 0.04 };
/** Publications a second, roughly: so few that a second's outage is much longer than the pauses between them. */
const PACE = 125;
/** However few there are, they take so long, for the same reason, ms. */
const LEAST = 6000;
const CHANNELS = ['lobby', 'orders', 'plan:7', 'staff', 'user:7'];
/** Beyond this part of the publications nothing goes wrong any more: so the last of them meet something that works. */
const LAST = 0.95;

export function makePlan({ seed, publications, clients, pages }: PlanOptions): Plan {
  const random = new Random(seed);
  const names = (kind: string, count: number) => Array.from({ length: count }, (_, n) => `${kind}-${n + 1}`);
  const crowd = { http: names('http', LANES), client: names('client', clients), page: names('page', pages) };
  const messages = planMessages(random.fork(), publications, crowd);
  const lines = [...messages.keys()];

  // As many as are asked of 10,000, and of a short run enough of each kind.
  const scaled = (count: number, least: number) =>
    Math.max(least, Math.ceil((count * publications) / 10_000));
  const after = () => random.between(1, Math.floor(LAST * publications));
  const kills = Array.from({ length: scaled(random.between(20, 25), 2) }, () => ({
    after: after(),
    kind: 'kill' as const,
    delay: random.between(0, 50),
    outage: random.between(0, 400),
  }));
  const count = scaled(random.between(200, 225), 24);
  const broken = random.deal(lines, count);
  const linkFaults = random.deal(linkKinds, count).map((draw, index) => ({
    after: after(),
    kind: 'link' as const,
    line: broken[index] as string,
    fault: draw(random),
  }));
  const pageFaults = random
    .deal(pageKinds, crowd.page.length && scaled(random.between(20, 25), 4))
    .map((draw) => ({
      after: after(),
      kind: 'page' as const,
      page: random.pick(crowd.page),
      fault: draw(random),
    }));
  const faults: Fault[] = [...kills, ...linkFaults, ...pageFaults];
  return { seed, channels: CHANNELS, messages, faults: faults.sort((one, other) => one.after - other.after) };
}

const linkKinds: ((random: Random) => LinkFault)[] = [
  () => ({ kind: 'cut' }),
  (random) => ({ kind: 'stall', duration: random.between(100, 2000) }),
  () => ({ kind: 'half-open', lost: 'up' }),
  () => ({ kind: 'half-open', lost: 'down' }),
  () => ({ kind: 'half-open', lost: 'both' }),
  (random) => ({ kind: 'delay', latency: random.between(20, 300), duration: random.between(200, 3000) }),
];

const pageKinds: ((random: Random) => PageFault)[] = [
  (random) => ({ kind: 'freeze', duration: random.between(300, 3000) }),
  () => ({ kind: 'reload' }),
];

function planMessages(
  random: Random,
  publications: number,
  { http, client, page }: Record<'http' | 'client' | 'page', string[]>,
): Map<string, PlannedMessage[]> {
  const byHttp = Math.round(publications * SHARES.http);
  const byPages = page.length && Math.round(publications * SHARES.page);
  const counts = [
    ...share(byHttp, http),
    ...share(publications - byHttp - byPages, client),
    ...share(byPages, page),
  ];
  const duration = Math.max(LEAST, (1000 * publications) / PACE);
  return new Map(
    counts.map(([name, count]) => [
      name,
      Array.from({ length: count }, (_, n) => ({
        id: `${name}_${n + 1}`,
        channel: random.pick(CHANNELS),
        pause: random.between(0, Math.round((2 * duration) / count)),
      })),
    ]),
  );
}

/** Divides a number among names, as evenly as it goes. */
function share(count: number, names: string[]): [string, number][] {
  return names.map((name, n) => [
    name,
    Math.floor(count / names.length) + (n < count % names.length ? 1 : 0),
  ]);
}
