/** Our server with its history in a file, as it is out of the box. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchServer } from './bench-server.ts';
import { startOurs } from './ours.ts';

export function start(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ws-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return startOurs(`sqlite:${join(folder, 'history.sqlite')}`);
}
