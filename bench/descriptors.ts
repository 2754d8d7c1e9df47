/** How many files and sockets a process may have open. */
import { execFileSync } from 'node:child_process';

/** `undefined` where the system has no such limit, or does not say. Node itself raises its own to the hard one. */
export function descriptorLimit(): number | undefined {
  if (process.platform === 'win32') return undefined;
  const text = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  return text === 'unlimited' ? undefined : Number(text);
}
