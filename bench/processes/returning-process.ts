/** Clients that are cut off and come back, all in a process of their own, and one that stays. */
import type { Dialect } from '../dialects/dialect.ts';
import { answer } from './child.ts';
import { ReturningClient, type Surroundings } from './returning-client.ts';

/** So many handshakes at a time: beyond a listener's backlog the system would drop them for a second. */
const CONNECTING = 100;
/** ms until what has not come is missing. */
const PATIENCE = 120_000;

let surroundings: Surroundings;
let witness: ReturningClient;
let clients: ReturningClient[] = [];
/** Publications that have been heard by all together, and clients that are whole. */
let publications = 0;
let whole = 0;
let waiting: { look(): void; reject(error: Error): void } | undefined;
let failure: Error | undefined;

const methods = {
  /** Resolves once all of them, and the one that stays, follow the channel. */
  async begin(dialectName: string, port: number, count: number): Promise<void> {
    const { dialect } = (await import(`../dialects/${dialectName}.ts`)) as { dialect: Dialect };
    surroundings = {
      port,
      dialect,
      missed: [],
      onPublication() {
        publications += 1;
        waiting?.look();
      },
      onWhole() {
        whole += 1;
        waiting?.look();
      },
      onError(error) {
        failure ??= error;
        waiting?.reject(error);
      },
    };
    // It misses nothing.
    witness = new ReturningClient({ ...surroundings, missed: [] });
    clients = Array.from({ length: count }, () => new ReturningClient(surroundings));
    whole = 0;
    await Promise.all([allAreWhole(1 + count), connectAll([witness, ...clients])]);
  },

  /** Resolves once everyone has heard exactly this, the one that stays included. */
  async heard(text: string): Promise<void> {
    const all = [witness, ...clients];
    await until(
      () => publications >= all.length,
      () => `${publications} of ${all.length} heard "${text}"`,
    );
    for (const { heard, payloads } of all) {
      const [only, ...more] = heard.splice(0);
      payloads.length = 0;
      if (only !== text || more.length > 0) throw new Error(`heard ${[only, ...more]}, expected ${text}`);
    }
    publications = 0;
  },

  /** All but the one that stays. */
  async cutOff(): Promise<void> {
    await Promise.all(clients.map((client) => client.cutOff()));
  },

  /** Resolves once the one that stays has heard exactly these, which the others miss. */
  async miss(texts: string[]): Promise<void> {
    await until(
      () => publications >= texts.length,
      () => `${publications} of ${texts.length} heard by the one that stays`,
    );
    const wrong = witness.heard.findIndex((text, index) => text !== texts[index]);
    if (wrong >= 0) throw new Error(`heard "${witness.heard[wrong]}", expected "${texts[wrong]}"`);
    surroundings.missed.push(...witness.payloads.splice(0));
    witness.heard.length = publications = 0;
  },

  /** Resolves once all are back and everyone has everything that was missed, in order. @returns ms it took. */
  async comeBack(): Promise<number> {
    whole = 0;
    const begin = performance.now();
    let end = Number.NaN;
    const all = allAreWhole(clients.length).then(() => {
      end = performance.now();
    });
    await Promise.all([all, connectAll(clients)]);
    return end - begin;
  },

  connected: (): number => clients.filter(({ isConnected, isWhole }) => isConnected && isWhole).length,
};

export type ReturningMethods = typeof methods;

answer(methods);

async function connectAll(all: ReturningClient[]): Promise<void> {
  const left = all.values();
  const connectSome = async () => {
    for (const client of left) await client.connect();
  };
  await Promise.all(Array.from({ length: CONNECTING }, connectSome));
}

function allAreWhole(count: number): Promise<void> {
  return until(
    () => whole >= count,
    () => `${whole} of ${count} have everything`,
  );
}

/** Resolves in the very turn in which it becomes true. */
function until(isTrue: () => boolean, describe: () => string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (failure) throw failure;
    const timer = setTimeout(() => reject(new Error(`${describe()} after ${PATIENCE} ms`)), PATIENCE);
    const settle = (settled: () => void) => {
      clearTimeout(timer);
      waiting = undefined;
      settled();
    };
    waiting = {
      look() {
        if (isTrue()) settle(resolve);
      },
      reject: (error) => settle(() => reject(error)),
    };
    waiting.look();
  });
}
