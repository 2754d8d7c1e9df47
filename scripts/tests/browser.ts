/**
 * Runs the tests in `src/` in Chromium, as `npm run test:browser` does, and counts them.
 */
import { defaultReporter, startTestRunner } from '@web/test-runner';
import { type BrowserSession, countSilence, format, tallyBrowserSessions } from './tally.ts';

const runner = await startTestRunner({
  config: { reporters: [defaultReporter({ reportTestProgress: false })] },
  readCliArgs: false,
  autoExitProcess: false,
});
if (!runner) throw new Error('web-test-runner: wrong configuration');

await new Promise<void>((resolve) => runner.on('stopped', () => resolve()));
const sessions = [...runner.sessions.all()];
const tally = countSilence(tallyBrowserSessions(sessions as BrowserSession[]));
console.log(`Browser: ${format(tally)}, ${sessions.length} files\n`);
process.exitCode = tally.failed ? 1 : 0;
process.send?.(tally);
process.disconnect?.();
