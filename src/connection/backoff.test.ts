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
      1000, 2000, 4000, 8000, 16_000, 20_000, 20_000,
    ]);
  });

  it('spreads clients over the whole of it', () => {
    expect([0, 0.5, 1].map((random) => backoff(9, random))).to.deep.equal([100, 10_050, 20_000]);
  });
});
