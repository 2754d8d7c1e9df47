import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const run = (...args: string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('run.ts', import.meta.url)), ...args], {
    encoding: 'utf8',
  });

describe('npm run chaos', () => {
  it('says what can be switched off', () => {
    const { status, stdout } = run('--help');
    assert.equal(status, 0);
    for (const off of ['ack', 'dedupe', 'recovery', 'outbox', 'atomic'])
      assert.match(stdout, new RegExp(off));
  });

  it('refuses what there is not, in one line', () => {
    const { status, stdout, stderr } = run('--off', 'luck');
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.equal(stderr, 'chaos: --off: expected one of ack, dedupe, recovery, outbox, atomic, got "luck"\n');
  });

  it('refuses a seed that is none', () => {
    assert.match(run('--seed', 'x').stderr, /^chaos: --seed: expected a whole number from 0 on, got "x"\n$/);
  });
});
