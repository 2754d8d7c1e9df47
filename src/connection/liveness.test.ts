import { expect } from '@open-wc/testing';
import { isSilent } from './liveness.ts';

describe('silence', () => {
  it('begins a quarter after the announced heartbeat', () => {
    expect(isSilent(31_250, 0, 25_000)).to.equal(false);
    expect(isSilent(31_251, 0, 25_000)).to.equal(true);
  });

  it('is noticed when the clock was set back', () => {
    expect(isSilent(0, 3_600_000, 25_000)).to.equal(true);
  });

  it('means nothing where no heartbeat was announced', () => {
    expect(isSilent(1e12, 0)).to.equal(false);
    expect(isSilent(1e12, 0, 0)).to.equal(false);
  });
});
