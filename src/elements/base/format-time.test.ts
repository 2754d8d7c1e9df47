import { expect } from '@open-wc/testing';
import { formatDate, formatTime } from './format-time.ts';

const now = Date.parse('2025-03-04T12:00:00Z');
const MINUTE = 60_000;

describe('formatTime', () => {
  const ago = (minutes: number, language = 'en') => formatTime(now - minutes * MINUTE, now, language);

  it('counts minutes and hours within a day', () => {
    expect([0, 0.99, 1, 59.9, 60, 119, 23.9 * 60].map((minutes) => ago(minutes))).to.deep.equal([
      'now',
      'now',
      '1 minute ago',
      '59 minutes ago',
      '1 hour ago',
      '1 hour ago',
      '23 hours ago',
    ]);
  });

  it('says the date from a day on', () => {
    expect(ago(24 * 60)).to.equal(formatDate(now - 24 * 60 * MINUTE, 'en'));
    expect(ago(24 * 60)).to.contain('Mar 3, 2025');
  });

  it('speaks the language it is given', () => {
    expect(ago(5, 'de')).to.equal('vor 5 Minuten');
    expect(ago(0, 'fr')).to.equal('maintenant');
  });
});
