import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { CDPSession } from 'playwright-core';
import { ElementStage } from '../support/element-stage.ts';

const ROUNDS = 100;

/** What was said and the connection are gone by then, ms. */
const GONE = 9_000;

interface Counts {
  timers: Set<unknown>;
  observers: WeakRef<object>[];
  elements: WeakRef<Element>[];
}

interface InPage {
  counts: Counts;
  /** Has the server publish something for each element to draw. */
  arrive(): Promise<void>;
}

/** Keeps count in the page of what has to be ended, and weakly of what has to be forgotten. */
function keepCount(): void {
  const counts: Counts = { timers: new Set(), observers: [], elements: [] };
  Object.assign(globalThis, { counts });
  for (const [set, clear, once] of [
    ['setTimeout', 'clearTimeout', true],
    ['setInterval', 'clearInterval', false],
  ] as const) {
    const realSet = globalThis[set] as (handler: () => void, ms?: number) => number;
    const realClear = globalThis[clear];
    Object.assign(globalThis, {
      [set](handler: (...values: unknown[]) => void, ms?: number, ...values: unknown[]) {
        const timer = realSet(() => {
          if (once) counts.timers.delete(timer);
          handler(...values);
        }, ms);
        counts.timers.add(timer);
        return timer;
      },
      [clear](timer?: number) {
        counts.timers.delete(timer);
        realClear(timer);
      },
    });
  }
  for (const name of ['ResizeObserver', 'MutationObserver', 'IntersectionObserver'] as const) {
    const Real = globalThis[name] as new (...values: unknown[]) => object;
    const Counted = class extends Real {
      constructor(...values: unknown[]) {
        super(...values);
        counts.observers.push(new WeakRef(this));
      }
    };
    Object.assign(globalThis, { [name]: Counted });
  }
}

describe('an element that was added and removed a hundred times', () => {
  let stage: ElementStage;
  before(async () => {
    stage = await ElementStage.start();
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  /** What is there after the garbage was collected: the second time takes what the first one let go of. */
  const measure = async (devtools: CDPSession) => {
    for (let time = 0; time < 2; time++) await devtools.send('HeapProfiler.collectGarbage');
    const listeners: Record<string, number> = {};
    for (const expression of [
      'window',
      'document',
      'document.documentElement',
      'visualViewport',
      'navigator',
    ]) {
      const { result } = await devtools.send('Runtime.evaluate', { expression });
      const { objectId = '' } = result;
      const own = await devtools.send('DOMDebugger.getEventListeners', { objectId });
      listeners[expression] = own.listeners.length;
    }
    const { result } = await devtools.send('Runtime.evaluate', {
      returnByValue: true,
      expression: `({
        timers: counts.timers.size,
        observers: counts.observers.filter((observer) => observer.deref()).length,
        elements: counts.elements.filter((element) => element.deref()).length,
        inPage: document.querySelectorAll('*').length,
      })`,
    });
    const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
    return { ...result.value, listeners, nodes, allListeners: jsEventListeners };
  };

  const indicator = '<ws-status-indicator controls latency></ws-status-indicator>';
  for (const { tag, html, drawn } of [
    { tag: 'ws-chat', html: '<ws-chat></ws-chat>', drawn: '[part~=bubble]' },
    { tag: 'ws-notifications', html: '<ws-notifications></ws-notifications>', drawn: '#toasts li' },
    { tag: 'ws-status-indicator', html: indicator, drawn: '.connected' },
    {
      tag: 'ws-connection',
      html: `<ws-connection name="Ana">${indicator}</ws-connection>`,
      drawn: '.connected',
    },
  ]) {
    it(`leaves nothing behind: <${tag}>`, async () => {
      const { page, server } = await stage.open(
        `<template>${html}</template><div></div>`,
        async (_, page) => {
          await page.clock.install();
          await page.addInitScript(keepCount);
        },
      );
      const devtools = await page.context().newCDPSession(page);
      await page.exposeFunction('arrive', () => {
        server.say('Ben', 'See https://shop.example/1');
        server.publish('broadcast', { type: 'notification', title: 'New order', message: 'Order 1' });
      });
      const run = async (rounds: number) => {
        await page.evaluate(
          async ([rounds, drawn]) => {
            const { counts, arrive } = globalThis as unknown as InPage;
            const place = document.querySelector('main > div') as Element;
            const { content } = document.querySelector('template') as HTMLTemplateElement;
            for (let round = 0; round < rounds; round++) {
              place.append(document.importNode(content, true));
              const added = [...place.querySelectorAll('*')];
              counts.elements.push(...added.map((element) => new WeakRef(element)));
              const shadow = added.at(-1)?.shadowRoot;
              while (!shadow?.querySelector(drawn)) {
                await arrive();
                await new Promise(requestAnimationFrame);
              }
              shadow.querySelector<HTMLElement>('summary, [popovertarget]')?.click();
              place.replaceChildren();
            }
          },
          [rounds, drawn] as const,
        );
        await page.clock.runFor(GONE);
        assert.equal(server.size, 0, 'open sockets');
        // The engine lets go of the last one when it likes; what leaks would be there ever after.
        let left = await measure(devtools);
        for (let time = 0; time < 20 && left.elements > 0; time++) {
          await setTimeout(100);
          left = await measure(devtools);
        }
        return left;
      };
      // What is made once for the whole page is made now.
      const first = await run(3);
      assert.equal(first.timers, 0);
      assert.deepEqual(await run(ROUNDS), first);
    });
  }
});
