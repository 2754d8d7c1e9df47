/** A server under measurement, alone in its process: `node server-process.ts ours`. Wants `--expose-gc`. */
import type { BenchServer } from '../servers/bench-server.ts';
import { answer } from './child.ts';

export type ServerName = 'ours' | 'sqlite' | 'naive' | 'floor' | 'socket-io';

export interface Memory {
  /** V8's heap and what hangs on it outside of it (buffers), bytes. */
  heap: number;
  /** What the system counts for the process, bytes. */
  resident: number;
}

export interface Usage {
  /** µs since the process began. */
  user: number;
  system: number;
}

/** Ms. */
const LOOK_EVERY = 20;

const { start } = (await import(`../servers/${process.argv[2]}.ts`)) as { start(): Promise<BenchServer> };
const server = await start();
let text = '';
let watch: { timer: NodeJS.Timeout; most: Memory } | undefined;

const memory = (): Memory => {
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
};

function look(most: Memory): void {
  const { heap, resident } = memory();
  most.heap = Math.max(most.heap, heap);
  most.resident = Math.max(most.resident, resident);
}

/** Collects all there is to collect. Finalisers run in turns of their own, so once is not enough. */
async function collect(): Promise<void> {
  for (let pass = 0; pass < 4; pass += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const methods = {
  port: (): number => server.port,
  usage: (): Usage => process.cpuUsage(),
  memory,
  async collected(): Promise<Memory> {
    await collect();
    return memory();
  },
  /** Looks at the memory again and again from now on, since what grows may have shrunk by the end. */
  watchMemory(): void {
    const most = memory();
    watch = { most, timer: setInterval(look, LOOK_EVERY, most) };
  },
  /** @returns the most that was there at once since {@link watchMemory}. */
  mostMemory(): Memory {
    if (!watch) throw new Error('nobody watched the memory');
    clearInterval(watch.timer);
    look(watch.most);
    return watch.most;
  },
  /** The most that the system ever counted for the process, bytes. */
  mostResident: (): number => process.resourceUsage().maxRSS * 1024,
  connections: (): number | Promise<number> => server.connections(),
  /** What {@link publish} sends from now on. */
  prepare(message: string): void {
    text = message;
  },
  publish: (count: number): void | Promise<void> => server.publish(text, count),
};

export type ServerMethods = typeof methods;

answer(methods);
