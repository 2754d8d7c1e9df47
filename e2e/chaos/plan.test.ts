import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makePlan } from './plan.ts';

const whole = { seed: 1, publications: 10_000, clients: 20, pages: 2 };
const countKinds = (plan: ReturnType<typeof makePlan>) => {
  const counts: Record<string, number> = {};
  for (const each of plan.faults) {
    const kinds = each.kind === 'kill' ? ['kill'] : [each.kind, each.fault.kind];
    for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};

describe('a plan', () => {
  it('is the same with the same seed, and another with another', () => {
    assert.deepEqual(makePlan(whole), makePlan(whole));
    assert.notDeepEqual(makePlan(whole), makePlan({ ...whole, seed: 2 }));
  });

  it('has every publication once, over HTTP, from every client and from every page', () => {
    const { messages, channels } = makePlan(whole);
    const all = [...messages.values()].flat();
    assert.equal(all.length, 10_000);
    assert.equal(new Set(all.map(({ id }) => id)).size, 10_000);
    assert.deepEqual(new Set(all.map(({ channel }) => channel)), new Set(channels));
    assert.equal(channels.length, 5);
    const counts = { http: 0, client: 0, page: 0 };
    for (const name of messages.keys()) counts[name.split('-')[0] as keyof typeof counts] += 1;
    assert.deepEqual(counts, { http: 4, client: 20, page: 2 });
    for (const own of messages.values()) assert.ok(own.length > 100);
  });

  it('goes wrong as often as is asked of 10,000 publications, whatever the seed', () => {
    for (let seed = 0; seed < 100; seed++) {
      const { kill = 0, link = 0, page = 0 } = countKinds(makePlan({ ...whole, seed }));
      assert.ok(kill >= 20 && link >= 200 && page >= 20, `seed ${seed}: ${kill} ${link} ${page}`);
    }
  });

  it('has everything that can go wrong, however short it is', () => {
    const short = countKinds(makePlan({ ...whole, publications: 300 }));
    for (const kind of ['kill', 'cut', 'stall', 'half-open', 'delay', 'freeze', 'reload']) {
      assert.ok((short[kind] ?? 0) >= 2, kind);
    }
  });

  it('says first what is due first, and leaves the end in peace', () => {
    const due = makePlan(whole).faults.map(({ after }) => after);
    assert.deepEqual(
      due,
      due.toSorted((one, other) => one - other),
    );
    assert.ok((due[0] ?? 0) >= 1 && (due.at(-1) ?? 0) <= 9500);
  });

  it('needs no page', () => {
    const { page = 0 } = countKinds(makePlan({ ...whole, pages: 0 }));
    assert.equal(page, 0);
  });
});
