import { expect } from '@open-wc/testing';
import { type Clock, install } from '@sinonjs/fake-timers';
import { formatDay } from './format-day.ts';

describe('formatDay', () => {
  let clock: Clock;
  beforeEach(() => {
    // Shortly after midnight, wherever the machine is.
    clock = install({ now: new Date(2025, 2, 4, 0, 5), toFake: ['Date'] });
  });
  afterEach(() => clock.uninstall());

  it('calls the days by their names: those of the calendar, not of 24 hours', () => {
    expect(formatDay(new Date(2025, 2, 4, 23, 59), 'en')).to.equal('today');
    expect(formatDay(new Date(2025, 2, 3, 23, 59), 'en')).to.equal('yesterday');
    expect(formatDay(new Date(2025, 2, 3, 0, 0), 'en')).to.equal('yesterday');
  });

  it('says the date with its weekday before that', () => {
    expect(formatDay(new Date(2025, 2, 2, 23, 59), 'en')).to.equal('Sunday, March 2, 2025');
  });

  it('speaks the language it is given', () => {
    expect(formatDay(new Date(2025, 2, 3, 12), 'de')).to.equal('gestern');
    expect(formatDay(new Date(2025, 2, 1, 12), 'fr')).to.equal('samedi 1 mars 2025');
  });
});
