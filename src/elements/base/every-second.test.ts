import { expect } from '@open-wc/testing';
import { type Clock, install } from '@sinonjs/fake-timers';
import { everySecond } from './every-second.ts';

describe('everySecond', () => {
  let clock: Clock;
  beforeEach(() => {
    clock = install({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => clock.uninstall());

  it('calls every listener once a second, with one timer for all', () => {
    let calls = 0;
    const stops = [1, 2, 3].map(() => everySecond(() => calls++));
    expect(clock.countTimers()).to.equal(1);
    clock.tick(2000);
    expect(calls).to.equal(6);
    for (const stop of stops) stop();
  });

  it('runs only while someone listens', () => {
    const stop = everySecond(() => {});
    stop();
    stop();
    expect(clock.countTimers()).to.equal(0);
    everySecond(() => {})();
    expect(clock.countTimers()).to.equal(0);
  });

  it('waits while the page is hidden', () => {
    let calls = 0;
    const stop = everySecond(() => calls++);
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    clock.tick(3000);
    delete (document as { hidden?: boolean }).hidden;
    clock.tick(1000);
    stop();
    expect(calls).to.equal(1);
  });
});
