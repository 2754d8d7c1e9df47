import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('./start.ts', import.meta.url));

/** Starts the command, and reads what it says. */
function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [command, ...args], { env: { ...process.env, ...env } });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    said.stdout += data;
  });
  child.stderr.on('data', (data) => {
    said.stderr += data;
  });
  const exit = once(child, 'close').then(([code]) => ({ code, ...said }));
  const untilStarted = async () => {
    while (said.stdout.split('\n').length < 3) {
      const isOver = await Promise.race([
        once(child.stdout, 'data').then(() => false),
        exit.then(() => true),
      ]);
      if (isOver) assert.fail(`ended at once: ${said.stderr}`);
    }
    return said.stdout;
  };
  return { child, exit, untilStarted };
}

const free = ['--port', '0', '--ws-port', '0', '--plain-port', '0', '--quiet'];

describe('npm start', () => {
  it('prints both addresses, and Ctrl-C ends it in good order', async () => {
    const { child, exit, untilStarted } = run(free);
    const lines = (await untilStarted()).split('\n');
    assert.match(lines[0] ?? '', /^Demo http:\/\/localhost:\d+$/);
    assert.match(lines[1] ?? '', /^Server ws:\/\/localhost:\d+$/);
    const page = await fetch((lines[0] ?? '').replace('Demo ', ''));
    assert.match(await page.text(), /<ws-chat channel="lobby"/);
    child.kill('SIGINT');
    assert.deepEqual(await exit, { code: 0, stdout: lines.join('\n'), stderr: '' });
  });

  it('says in one line which port is taken and the way out', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    for (const [variable, rest] of [
      ['PORT', ['--ws-port', '0']],
      ['WS_PORT', ['--port', '0']],
    ] as const) {
      const { code, stdout, stderr } = await run([...rest, '--plain-port', '0'], { [variable]: String(port) })
        .exit;
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, new RegExp(`^Port ${port} is in use: .*\\b${variable}=\\d+ npm start\n$`));
    }
    other.close();
  });

  it('says in one line which option is wrong', async () => {
    const { code, stderr } = await run([], { PORT: 'http' }).exit;
    assert.deepEqual([code, stderr], [1, 'PORT: expected a port, 0–65535, got "http"\n']);
  });
});
