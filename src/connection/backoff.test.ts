import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { backoff, CAP, FLOOR } from './backoff.ts';

describe('backoff', () => {
  it('never waits less than its floor nor more than its cap', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const delay = backoff(failures, random);
        return delay >= FLOOR && delay <= CAP;
      }),
      { seed: 1 },
    );
  });

  it('doubles the longest wait with every failure until the cap', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((failures) => backoff(failures, 1))).to.deep.equal([
      900, 1700, 3300, 6500, 12_900, 18_100, 18_100,
    ]);
  });

  it('tries at once after the first failure, then spreads clients over four fifths of it', () => {
    expect(backoff(0, 0)).to.equal(100);
    expect([0, 0.5, 1].map((random) => Math.round(backoff(9, random)))).to.deep.equal([3700, 10_900, 18_100]);
  });

  describe('of 20,000 clients of a server that was away', () => {
    /** Share that comes back within the fullest second, and the median of what they wait longer than the server, ms. */
    const herd = (away: number) => {
      let seed = 1;
      const random = () => {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        return seed / 2 ** 32;
      };
      const waits = Array.from({ length: 20_000 }, () => {
        let time = 0;
        for (let failures = 0; time < away; failures++) time += backoff(failures, random());
        return time - away;
      }).sort((a, b) => a - b);
      let first = 0;
      let most = 0;
      for (const [index, wait] of waits.entries()) {
        while (wait - (waits[first] ?? 0) >= 1000) first++;
        most = Math.max(most, index - first + 1);
      }
      return { share: most / waits.length, wait: waits[waits.length / 2] ?? 0 };
    };

    it('for a minute, at most a tenth comes in one second, half within six seconds', () => {
      const { share, wait } = herd(60_000);
      expect(share).to.be.at.most(0.1);
      expect(wait).to.be.at.most(6000);
    });

    // Not faster: with a fifth a second, half of them need two and a half.
    it('for five seconds, at most a fifth comes in one second, half within 2.75 seconds', () => {
      const { share, wait } = herd(5000);
      expect(share).to.be.at.most(0.2);
      expect(wait).to.be.at.most(2750);
    });
  });
});
