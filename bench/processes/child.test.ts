import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Child, startChild } from './child.ts';

interface Methods {
  add(a: number, b: number): number;
  fail(): void;
  end(): void;
}

const withChild = async (use: (child: Child<Methods>) => Promise<void>) => {
  const child = startChild<Methods>(new URL('testing/sums.ts', import.meta.url), ['sums']);
  try {
    await use(child);
  } finally {
    await child.stop();
  }
};

describe('a child process', () => {
  it('answers each question with its own answer', () =>
    withChild(async ({ ask }) => {
      assert.deepEqual(await Promise.all([ask.add(1, 2), ask.add(3, 4)]), [3, 7]);
    }));

  it('tells what went wrong there', () =>
    withChild(async ({ ask }) => {
      await assert.rejects(ask.fail(), /sums: .*it went wrong/);
    }));

  it('leaves no question open when it ends', () =>
    withChild(async ({ ask }) => {
      await assert.rejects(ask.end(), /sums: its process ended \(3\)/);
      await assert.rejects(ask.add(1, 2), /sums: its process is gone/);
    }));
});
