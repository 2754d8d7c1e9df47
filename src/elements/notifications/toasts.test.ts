import { expect } from '@open-wc/testing';
import { type Clock, install } from '@sinonjs/fake-timers';
import type { NotificationItem } from './notification-item.ts';
import { createToasts, type Toasts } from './toasts.ts';

describe('createToasts', () => {
  let clock: Clock;
  let held: boolean;
  let toasts: Toasts;
  const item = (title: string) => ({ title, publication: { type: 'notification' } }) as NotificationItem;
  const shown = () => toasts.shown.map(({ title }) => title);

  beforeEach(() => {
    clock = install({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    held = false;
    toasts = createToasts(
      () => held,
      () => {},
    );
  });
  afterEach(() => clock.uninstall());

  const hold = (value: boolean) => {
    held = value;
    toasts.pass();
  };

  it('lets each leave after its own time', () => {
    toasts.add(item('a'), 6000);
    clock.tick(2000);
    toasts.add(item('b'), 6000);
    clock.tick(3999);
    expect(shown()).to.deep.equal(['a', 'b']);
    clock.tick(1);
    expect(shown()).to.deep.equal(['b']);
    clock.tick(2000);
    expect(shown()).to.deep.equal([]);
    expect(clock.countTimers()).to.equal(0);
  });

  it('stops the time while it is held, and goes on with what was left', () => {
    toasts.add(item('a'), 6000);
    clock.tick(5000);
    hold(true);
    clock.tick(60_000);
    expect(shown()).to.deep.equal(['a']);
    hold(false);
    clock.tick(999);
    expect(shown()).to.deep.equal(['a']);
    clock.tick(1);
    expect(shown()).to.deep.equal([]);
  });

  it('shows one that comes while it is held for its whole time afterwards', () => {
    hold(true);
    toasts.add(item('a'), 6000);
    clock.tick(60_000);
    hold(false);
    clock.tick(5999);
    expect(shown()).to.deep.equal(['a']);
    clock.tick(1);
    expect(shown()).to.deep.equal([]);
  });

  it('keeps one without an end until it is removed', () => {
    const a = item('a');
    toasts.add(a, Infinity);
    clock.tick(1e12);
    expect(shown()).to.deep.equal(['a']);
    toasts.remove(a);
    expect(toasts.count).to.equal(0);
  });

  it('keeps one for longer than a timer can be', () => {
    toasts.add(item('a'), 2 ** 32);
    clock.tick(60_000);
    expect(shown()).to.deep.equal(['a']);
  });

  it('shows three, those that stay first, each in the order of their arrival', () => {
    for (const title of ['a', 'b', 'c', 'd']) toasts.add(item(title), 6000);
    expect(shown()).to.deep.equal(['a', 'b', 'c']);
    toasts.add(item('E'), Infinity);
    expect(shown()).to.deep.equal(['E', 'a', 'b']);
    expect(toasts.count).to.equal(5);
  });

  it('removes all', () => {
    for (const title of ['a', 'b']) toasts.add(item(title), 6000);
    toasts.remove();
    expect(toasts.count).to.equal(0);
    expect(clock.countTimers()).to.equal(0);
  });
});
