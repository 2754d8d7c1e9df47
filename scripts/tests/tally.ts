/**
 * Counts what the test runners found. A runner that crashed, or found nothing, has failed: silence is no success.
 */

/** What one runner found. */
export interface Tally {
  passed: number;
  failed: number;
}

/** As much of a `node:test` event as is counted. */
export interface NodeTestEvent {
  type: string;
  data: {
    name?: string;
    file?: string;
    details?: { type?: string; error?: { failureType?: string } };
    skip?: string | boolean;
    todo?: string | boolean;
  };
}

/** As much of a web test runner's session as is counted. */
export interface BrowserSession {
  testFile?: string;
  passed?: boolean;
  testResults?: BrowserSuite;
}

interface BrowserSuite {
  suites: BrowserSuite[];
  tests: { passed: boolean; skipped: boolean }[];
}

/**
 * Counts the tests of one file, not its suites. A suite is a failure where a hook of it failed rather than a test in
 * it. A file that ended without a test, which Node reports as a passed test of the file's name, is a failure.
 */
export function tallyNodeFile(events: Iterable<NodeTestEvent>): Tally {
  const tally = { passed: 0, failed: 0 };
  for (const { type, data } of events) {
    if ((data.skip ?? false) !== false || (data.todo ?? false) !== false) continue;
    const isTest = data.details?.type !== 'suite' && data.name !== data.file;
    if (type === 'test:pass' && isTest) tally.passed++;
    if (type === 'test:fail' && data.details?.error?.failureType !== 'subtestsFailed') tally.failed++;
  }
  return countSilence(tally);
}

/** Counts tests. A file that failed although none of its tests did (it could not be loaded, a hook threw), or has none, is a failure. */
export function tallyBrowserSessions(sessions: Iterable<BrowserSession>): Tally {
  const tally = { passed: 0, failed: 0 };
  for (const session of sessions) {
    const own = session.testResults ? tallySuite(session.testResults) : { passed: 0, failed: 0 };
    tally.passed += own.passed;
    tally.failed += own.failed || (session.passed && own.passed ? 0 : 1);
  }
  return tally;
}

/**
 * Counts the tests of a report as PHPUnit writes it (`--log-junit`). What was skipped is not counted.
 *
 * @param report `undefined` where none was written.
 * @param succeeded Whether the runner says so: it also fails by what is no test, such as a warning.
 */
export function tallyJUnit(report: string | undefined, succeeded: boolean): Tally {
  const [total = ''] = /<testsuite\b[^>]*>/.exec(report ?? '') ?? [];
  const count = (name: string) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(total)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  const passed = count('tests') - failed - count('skipped');
  return countSilence({ passed, failed: failed || (succeeded ? 0 : 1) });
}

/** @param tallies `undefined` for a runner that ended without one: a failure. */
export function sum(tallies: Iterable<Tally | undefined>): Tally {
  const total = { passed: 0, failed: 0 };
  for (const tally of tallies) {
    const { passed, failed } = tally ?? { passed: 0, failed: 1 };
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

/** Nothing found is a failure. */
export function countSilence({ passed, failed }: Tally): Tally {
  return { passed, failed: passed + failed ? failed : 1 };
}

/** The last line of `npm test`. */
export function format({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}

function tallySuite(suite: BrowserSuite): Tally {
  const tests = suite.tests.filter((test) => !test.skipped);
  const failed = tests.filter((test) => !test.passed).length;
  return [{ passed: tests.length - failed, failed }, ...suite.suites.map(tallySuite)].reduce((all, one) => ({
    passed: all.passed + one.passed,
    failed: all.failed + one.failed,
  }));
}
