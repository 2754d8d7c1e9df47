import { expect } from '@open-wc/testing';
import { hueOf, initialsOf } from './avatar.ts';

describe('initialsOf', () => {
  it('takes the first and the last word', () => {
    const names = [
      'Ana',
      'Ana Maria Lopes',
      '  ben ',
      'Guest 12f4',
      '李 小龍',
      '👩‍👩‍👧 Family',
      '"Quoted" Name',
      '',
      '…',
    ];
    const initials = ['A', 'AL', 'B', 'G1', '李小', '👩‍👩‍👧F', 'QN', '', ''];
    expect(names.map(initialsOf)).to.deep.equal(initials);
  });
});

describe('hueOf', () => {
  it('is the same for the same person, and differs among some', () => {
    expect(hueOf('user:ana')).to.equal(hueOf('user:ana'));
    const hues = new Set(Array.from({ length: 50 }, (_, index) => hueOf(`user:${index}`)));
    expect(hues.size).to.be.greaterThan(6);
  });
});
