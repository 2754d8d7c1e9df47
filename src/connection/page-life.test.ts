import { expect } from '@open-wc/testing';
import { connections } from './connections.ts';
import { followPage } from './page-life.ts';
import type { SharedConnection } from './shared-connection.ts';
import { connectTo } from './testing/connect-to.ts';
import { FakePage } from './testing/fake-page.ts';
import { FakeServer } from './testing/fake-server.ts';

describe('the life of the page', () => {
  it('is told to every connection there is', () => {
    const told: string[] = [];
    const one = (name: string) =>
      ({
        wake: (atOnce: boolean) => told.push(`${name} wakes${atOnce ? ' at once' : ''}`),
        suspend: () => told.push(`${name} goes`),
      }) as unknown as SharedConnection;
    for (const name of ['a', 'b']) connections.set(name, one(name));
    followPage();
    followPage();
    window.dispatchEvent(new Event('online'));
    connections.delete('b');
    window.dispatchEvent(new Event('pagehide'));
    window.dispatchEvent(new Event('pageshow'));
    // `resume` need not bubble.
    document.dispatchEvent(new Event('resume'));
    connections.delete('a');
    followPage();
    window.dispatchEvent(new Event('online'));
    expect(told).to.deep.equal(['a wakes at once', 'b wakes at once', 'a goes', 'a wakes', 'a wakes']);
  });

  it('is listened to once for all connections, and not at all without any', async () => {
    const counts = new Map<string, number>();
    const real = { add: window.addEventListener, remove: window.removeEventListener };
    const listened = new Set<unknown>();
    const key = (type: unknown, listener: unknown) => `${type} ${String(listener)}`;
    window.addEventListener = function (this: Window, ...values: unknown[]) {
      listened.add(key(values[0], values[1]));
      counts.set(
        String(values[0]),
        [...listened].filter((one) => String(one).startsWith(`${values[0]} `)).length,
      );
      real.add.apply(this, values as Parameters<typeof real.add>);
    } as typeof window.addEventListener;
    window.removeEventListener = function (this: Window, ...values: unknown[]) {
      listened.delete(key(values[0], values[1]));
      real.remove.apply(this, values as Parameters<typeof real.remove>);
    } as typeof window.removeEventListener;
    const page = new FakePage();
    const server = new FakeServer();
    const connections = ['a', 'b', 'c'].map((name) => connectTo(server, { name }));
    expect(counts.get('online')).to.equal(1);
    expect(listened.size).to.equal(6);
    for (const connection of connections) connection.release();
    await page.wait(1000);
    expect(listened.size).to.equal(0);
    server.restore();
    page.restore();
    Object.assign(window, { addEventListener: real.add, removeEventListener: real.remove });
  });
});
