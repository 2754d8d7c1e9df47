/**
 * One process asks another over Node's own channel between parent and child. What is measured runs alone in its process,
 * so that its CPU and its memory are its own.
 */
import { type ChildProcess, fork } from 'node:child_process';

interface Question {
  /** Absent where no answer is waited for. */
  id?: number;
  method: string;
  args: unknown[];
}

interface Answer {
  id: number | undefined;
  value?: unknown;
  error?: string;
}

interface PendingQuestion {
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

// biome-ignore lint/suspicious/noExplicitAny: methods take and give what they like; `Asked` keeps their types.
type Methods = Record<string, (...args: any[]) => unknown>;

/** The same methods, asked from another process. */
export type Asked<M> = {
  [Name in keyof M]: M[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

export interface Child<M> {
  ask: Asked<M>;
  /** Without an answer: half the messages, so that they weigh less in what is measured. */
  tell(method: keyof M & string, ...args: unknown[]): void;
  stop(): Promise<void>;
}

/** In the child: answers what it is asked. Ends with its parent. */
export function answer(methods: Methods): void {
  process.on('disconnect', () => process.exit());
  process.on('message', async ({ id, method, args }: Question) => {
    const reply: Answer = { id };
    if (id === undefined) {
      // A failure nobody waits for ends the process, which its parent hears of.
      await methods[method]?.(...args);
      return;
    }
    try {
      reply.value = await methods[method]?.(...args);
    } catch (error) {
      reply.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    process.send?.(reply);
  });
}

/**
 * In the parent: starts a child.
 *
 * @param options.timeout ms within which every question has to be answered.
 */
export function startChild<M>(
  module: URL,
  args: string[],
  { execArgv = [] as string[], timeout = 60_000 } = {},
): Child<M> {
  const child = fork(module, args, { execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, PendingQuestion>();
  let lastId = 0;
  const name = args[0] ?? module.pathname.replace(/.*\//, '');
  const fail = (reason: string) => {
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(new Error(`${name}: ${reason}`));
    }
    waiting.clear();
  };
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => fail(`its process ended (${signal ?? code})`));
  child.on('message', ({ id = 0, value, error }: Answer) => {
    const question = waiting.get(id);
    waiting.delete(id);
    clearTimeout(question?.timer);
    if (error === undefined) question?.resolve(value);
    else question?.reject(new Error(`${name}: ${error}`));
  });
  const ask = new Proxy({} as Asked<M>, {
    get:
      (_, method: string) =>
      (...values: unknown[]) =>
        new Promise((resolve, reject) => {
          if (!child.connected) throw new Error(`${name}: its process is gone`);
          lastId += 1;
          const id = lastId;
          const timer = setTimeout(() => {
            waiting.delete(id);
            reject(new Error(`${name}: no answer to "${method}" in ${timeout} ms`));
          }, timeout);
          waiting.set(id, { resolve, reject, timer });
          child.send({ id, method, args: values } satisfies Question);
        }),
  });
  return {
    ask,
    tell: (method, ...values) => child.send({ method, args: values } satisfies Question),
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}
