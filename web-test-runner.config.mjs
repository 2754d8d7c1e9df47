import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { commonjsPackages } from './scripts/tests/browser/commonjs-packages.mjs';
import { browserLaunchers } from './scripts/tests/browser/launchers.mjs';
import { scriptLit } from './scripts/tests/browser/script-lit.mjs';
import { failOnUncaught } from './scripts/tests/browser/uncaught.mjs';

const { WS_SEED, WS_RUNS } = process.env;
/** Other generated histories than the usual ones: src/connection/testing/histories.ts. */
const histories = { ...(WS_SEED && { seed: +WS_SEED }), ...(WS_RUNS && { numRuns: +WS_RUNS }) };

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  rootDir: '.',
  files: 'src/**/*.test.ts',
  nodeResolve: true,
  concurrency: 2,
  concurrentBrowsers: 1,
  coverage: false,
  testsFinishTimeout: 60_000,
  testFramework: { config: { timeout: 5_000 } },
  ...((WS_SEED || WS_RUNS) && {
    testRunnerHtml: (framework) => `<!doctype html>
      <script>wsHistories = ${JSON.stringify(histories)}</script>
      <script type="module" src="${framework}"></script>`,
  }),
  browsers: browserLaunchers(process.env.WS_BROWSERS),
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode.'),
  plugins: [
    commonjsPackages(['@sinonjs/fake-timers', 'axe-core']),
    failOnUncaught(),
    // `WS_LIT=script`: on the script tag's Lit instead of the real one.
    ...(process.env.WS_LIT === 'script' ? [scriptLit()] : []),
    // Decorators and class fields as in the bundle: both come from tsconfig.json.
    esbuildPlugin({ ts: true, tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)) }),
  ],
};
