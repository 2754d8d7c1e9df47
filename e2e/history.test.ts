/** The history of a server in a process of its own, which is killed, and whose disk is full. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

const command = new URL('../server/src/cli.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'ws-e2e-history-'));
const apiKey = randomBytes(16).toString('base64url');
const children: ChildProcess[] = [];
after(async () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** @param before - Of the shell that becomes the server. */
async function start(file: string, before = '') {
  const command_ = `${before} exec "$0" "${command}" --anonymous --host 127.0.0.1 --port 0 --history "sqlite:${join(folder, file)}"`;
  const child = spawn('sh', ['-c', command_, process.execPath], {
    env: { PATH: process.env.PATH, WS_API_KEY: apiKey },
  });
  children.push(child);
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: unknown) => {
      output += chunk;
      const [, address] = /listening on ws:(\S+)/.exec(output) ?? [];
      if (address) resolve(`http:${address}`);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(output)));
  });
  const api = (path: string, body?: unknown) =>
    fetch(`${url}/api/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${apiKey}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const kill = async () => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return { api, kill, output: () => output };
}

const publication = (n: number, pad = '') => ({ channel: 'lobby', data: { type: 'n', n, pad } });

describe('the history of a server', () => {
  it('has everything that was answered when it is killed, and goes on counting', async () => {
    const first = await start('killed.sqlite');
    const answered = new Set<number>();
    let epoch = '';
    const publishing = Array.from({ length: 8 }, async (_, lane) => {
      for (let n = lane; ; n += 8) {
        const response = await first.api('publish', publication(n));
        const answer = (await response.json()) as { epoch: string };
        epoch = answer.epoch;
        answered.add(n);
        if (answered.size === 200) await first.kill();
      }
    });
    await Promise.allSettled(publishing);
    assert.ok(answered.size >= 200);

    const second = await start('killed.sqlite');
    const kept = new Set<number>();
    const offsets: number[] = [];
    for (let before = ''; ; ) {
      const page = await second.api(`history?channel=lobby${before}`);
      const { publications, more } = (await page.json()) as {
        publications: { n: number; offset: number }[];
        more: boolean;
      };
      for (const { n } of publications) kept.add(n);
      offsets.unshift(...publications.map(({ offset }) => offset));
      if (!more) break;
      before = `&before=${offsets[0]}`;
    }
    assert.deepEqual(
      [...answered].filter((n) => !kept.has(n)),
      [],
    );
    assert.deepEqual(
      offsets,
      offsets.map((_, index) => index + 1),
    );
    const next = (await (await second.api('publish', publication(-1))).json()) as object;
    assert.deepEqual(next, { channel: 'lobby', epoch, offset: offsets.length + 1, deduplicated: false });
    await second.kill();
  });

  it('refuses what a full disk cannot keep, says it once, and goes on reading', {
    skip: process.platform === 'win32',
  }, async () => {
    // Blocks of 512 bytes that a file may have.
    const server = await start('full.sqlite', 'ulimit -f 400;');
    let kept = 0;
    let refused: { status: number; answer: unknown } | undefined;
    for (let n = 1; !refused; n++) {
      const response = await server.api('publish', publication(n, 'x'.repeat(4000)));
      if (response.status === 200) kept = n;
      else refused = { status: response.status, answer: await response.json() };
    }
    assert.deepEqual(refused, {
      status: 503,
      answer: { error: { code: 'unavailable', message: 'the publication could not be kept' } },
    });
    await server.api('publish', publication(0, 'x'.repeat(4000)));
    const page = (await (await server.api('history?channel=lobby&limit=1')).json()) as {
      position: string;
      publications: { n: number }[];
    };
    assert.equal(page.publications[0]?.n, kept);
    assert.match(page.position, new RegExp(`:${kept}$`));
    assert.equal(server.output().split('the history cannot be written').length - 1, 1);
    await server.kill();
  });
});
