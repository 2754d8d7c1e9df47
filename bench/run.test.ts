import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const run = (...args: string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('run.ts', import.meta.url)), ...args], {
    encoding: 'utf8',
  });

describe('npm run bench', () => {
  it('says what there is', () => {
    const { status, stdout } = run('--help');
    assert.equal(status, 0);
    assert.match(
      stdout,
      /fan-out, history, idle-memory, slow-reader, recovery, dom, php-publish, codeigniter;/,
    );
  });

  it('refuses a part that there is not, in one line', () => {
    const { status, stdout, stderr } = run('fan-in');
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.equal(
      stderr,
      'bench: no part "fan-in"; there are fan-out, history, idle-memory, slow-reader, recovery, dom, php-publish, codeigniter\n',
    );
  });
});
