/** Holds what was published, what the server has and what everyone got against each other. */

/** A publication as somebody has it. */
export interface Entry {
  channel: string;
  offset: number;
  id: string;
}

export interface Evidence {
  channels: readonly string[];
  /** Ids of what was accepted from whom, in their order. */
  accepted: ReadonlyMap<string, readonly { id: string; channel: string }[]>;
  /** What publishers were told of what they published. */
  acknowledged: readonly Entry[];
  /** What the server keeps, by offset. */
  kept: readonly Entry[];
  /** By reader, in the order in which it was delivered. */
  delivered: ReadonlyMap<string, readonly Entry[]>;
}

export interface Problem {
  /** A complaint is one of somebody in the run: what the protocol does not let happen there. */
  kind: 'lost' | 'twice' | 'out of order' | 'complaint';
  text: string;
}

/** Everything that does not agree, in words; empty is what a run is for. */
export function compare({ channels, accepted, acknowledged, kept, delivered }: Evidence): Problem[] {
  const problems: Problem[] = [];
  const say = (kind: Problem['kind'], text: string) => problems.push({ kind, text });
  const keptById = new Map<string, Entry[]>();
  for (const entry of kept) keptById.set(entry.id, [...(keptById.get(entry.id) ?? []), entry]);

  const known = new Set<string>();
  for (const [publisher, messages] of accepted) {
    const last = new Map<string, number>();
    for (const { id, channel } of messages) {
      known.add(id);
      const [first, ...others] = keptById.get(id) ?? [];
      for (const other of others) say('twice', `${id} is ${at(first)} and ${at(other)}`);
      if (first === undefined) {
        say('lost', `${id} is not on ${channel}`);
        continue;
      }
      if (first.channel !== channel) say('out of order', `${id} is ${at(first)}, not on ${channel}`);
      if (first.offset < (last.get(channel) ?? 0)) {
        say('out of order', `${id} is ${at(first)}, before what ${publisher} published before it`);
      }
      last.set(channel, first.offset);
    }
  }
  for (const { id, channel, offset } of acknowledged) {
    const isThere = keptById.get(id)?.some((entry) => entry.channel === channel && entry.offset === offset);
    if (!isThere) say('lost', `${id} was acknowledged as ${at({ channel, offset })}, and is not there`);
  }

  for (const channel of channels) {
    const own = kept.filter((entry) => entry.channel === channel);
    for (const [index, { offset, id }] of own.entries()) {
      if (offset !== index + 1) say('out of order', `${channel} ${offset} stands in place ${index + 1}`);
      if (!known.has(id)) say('out of order', `${channel} ${offset} is ${id}, which nobody published`);
    }
    for (const [reader, log] of delivered) {
      const got = log.filter((entry) => entry.channel === channel);
      for (const problem of compareLog(own, got)) say(problem.kind, `${reader}: ${problem.text}`);
    }
  }
  return problems;
}

/** What one reader got of a channel, beside what there was. */
function compareLog(kept: readonly Entry[], got: readonly Entry[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<number>();
  let last = 0;
  for (const entry of got) {
    const { offset, id } = entry;
    if (seen.has(offset)) problems.push({ kind: 'twice', text: `${at(entry)} came again` });
    else if (offset < last) problems.push({ kind: 'out of order', text: `${at(entry)} came after ${last}` });
    const there = kept[offset - 1];
    if (there && there.id !== id) {
      problems.push({ kind: 'out of order', text: `${at(entry)} came as ${id}, and is ${there.id}` });
    } else if (!there) problems.push({ kind: 'lost', text: `${at(entry)} came as ${id}, and is not there` });
    seen.add(offset);
    last = Math.max(last, offset);
  }
  for (const entry of kept) {
    if (!seen.has(entry.offset)) problems.push({ kind: 'lost', text: `${at(entry)} never came` });
  }
  return problems;
}

function at(entry: { channel: string; offset: number } | undefined): string {
  return `${entry?.channel} ${entry?.offset}`;
}
