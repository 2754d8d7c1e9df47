declare global {
  interface Window {
    /** `WS_SEED` and `WS_RUNS`, as web-test-runner.config.mjs passes them on. */
    wsHistories?: { seed?: number; numRuns?: number };
  }
}

/**
 * How many generated histories a model is held against, and from which seed: the same ones in every run, so that a red
 * test is red again. `WS_SEED=…` and `WS_RUNS=…` before the command ask for others.
 */
export function histories(seed: number, numRuns: number) {
  return { seed, numRuns, includeErrorInReport: true, ...window.wsHistories };
}

/** Lets promises that wait for each other come to rest; needs no turn of the event loop, and so costs next to nothing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await null;
}
