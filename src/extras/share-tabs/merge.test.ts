import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { ModelGroup } from './testing/model-group.ts';
import { ModelServer } from './testing/model-server.ts';

const CHANNELS = ['a', 'b'] as const;

const act = fc.record({
  kind: fc.constantFrom(
    'publish',
    'publish',
    'publish',
    'step',
    'step',
    'step',
    'step',
    'open',
    'close',
    'follow',
    'follow',
    'unfollow',
    'check',
    'send',
    'lead',
    'freeze',
    'lose',
    'trim',
  ),
  n: fc.nat(1000),
});

describe('publications that several tabs follow by one socket', () => {
  it('come once and in order to each of them, whatever happens to tabs, leader and socket', function () {
    this.timeout(120_000);
    let gaps = 0;
    let taken = 0;
    fc.assert(
      fc.property(fc.array(act, { maxLength: 120, size: 'max' }), fc.boolean(), (acts, isTrimmed) => {
        const server = new ModelServer();
        const group = new ModelGroup(server);
        /** Messages by the tab that gave them, which may have gone. */
        const given: string[] = [];
        group.takeOver();
        for (const { kind, n } of acts) {
          const tab = group.tabs[n % Math.max(1, group.tabs.length)];
          const channel = CHANNELS[n % 2] ?? 'a';
          if (kind === 'publish') for (let count = n % 7; count >= 0; count--) server.publish(channel);
          else if (kind === 'step') for (let count = n % 31; count >= 0; count--) group.step(n + 13 * count);
          else if (kind === 'open' && group.tabs.length < 5) group.open();
          else if (kind === 'close' && tab) group.close(tab);
          else if (kind === 'follow') {
            // Some come with a position of their own, as a page that was rendered does.
            const { offset } = server.channel(channel);
            tab?.follow(channel, n % 3 ? undefined : Math.max(0, offset - (n % 16)));
          } else if (kind === 'unfollow') tab?.unfollow(channel);
          else if (kind === 'check') {
            group.now += 61_000;
            tab?.check(channel);
          } else if (kind === 'send' && tab) {
            given.push(`m${given.length}`);
            tab.send(given.at(-1) as string);
          } else if (kind === 'lead' || kind === 'freeze') {
            taken += 1;
            group.takeOver(kind === 'freeze');
          } else if (kind === 'lose') {
            server.sockets.at(-1)?.lose();
          } else if (kind === 'trim' && isTrimmed) server.trim(channel, n % 3);
          for (const each of [...group.tabs]) if (each.closes.length) group.reopen(each);
        }
        let seed = acts.length;
        const choice = () => {
          seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
          return seed;
        };
        for (let rounds = 0; rounds < 5; rounds++) {
          group.settle(choice);
          for (const each of [...group.tabs]) if (each.closes.length) group.reopen(each);
        }
        for (const tab of group.tabs) {
          for (const [channel, at] of tab.followed) {
            const log = tab.log.get(channel) ?? [];
            const told = log.filter((entry) => entry.startsWith('!'));
            gaps += told.length;
            expect(log.filter((entry) => entry.startsWith('wrong'))).to.deep.equal([]);
            if (!isTrimmed) expect(told).to.deep.equal([]);
            expect(at).to.equal(server.channel(channel).offset);
          }
          expect(tab.unsent).to.deep.equal([]);
          expect(tab.acknowledged).to.deep.equal([...new Set(tab.acknowledged)]);
        }
      }),
      { numRuns: 1500, seed: 7 },
    );
    // Otherwise it would have shown nothing.
    expect(gaps).to.be.above(0);
    expect(taken).to.be.above(100);
  });
});
