import { expect } from '@open-wc/testing';
import { blamesFrame, invalidatesToken, refusedBy } from './close-action.ts';

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('a close code', () => {
  it('reconnects after every standard code but 1008, 1000 from a proxy included', () => {
    const codes = range(1000, 1015).filter((code) => code !== 1008);
    expect(codes.filter((code) => refusedBy(code, false))).to.deep.equal([]);
  });

  it('reconnects after 3000–3999 and 4000–4499, but for an expired token without a token-url', () => {
    expect(
      [...range(3000, 3999), ...range(4000, 4499)].filter((code) => refusedBy(code, false)),
    ).to.deep.equal([4004]);
    expect(refusedBy(4004, true)).to.equal(undefined);
  });

  it('is final with its reason from 4500 to 4999, whatever token there might be', () => {
    expect([refusedBy(4501, true), refusedBy(4502, true)]).to.deep.equal(['origin', 'protocol']);
    const others = range(4500, 4999).filter((code) => code !== 4501 && code !== 4502);
    expect(others.every((code) => refusedBy(code, true) === 'ended')).to.equal(true);
  });

  it('is final at 1008 unless a fresh token may help', () => {
    expect([refusedBy(1008, true), refusedBy(1008, false)]).to.deep.equal([undefined, 'token']);
  });

  it('of 0 is the browser that will not open the URL', () => {
    expect(refusedBy(0, true)).to.equal('configuration');
  });

  it('takes the token with it where the token was what was wrong', () => {
    expect(range(1000, 4999).filter(invalidatesToken)).to.deep.equal([1008, 4003, 4004]);
  });

  it('blames the message in flight where a frame was not understood, not accepted or too big', () => {
    expect(range(1000, 4999).filter(blamesFrame)).to.deep.equal([1002, 1003, 1007, 1009]);
  });
});
