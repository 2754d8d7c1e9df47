import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type BrowserSession,
  countSilence,
  format,
  type NodeTestEvent,
  sum,
  tallyBrowserSessions,
  tallyJUnit,
  tallyNodeFile,
} from './tally.ts';

const file = '/somewhere/one.test.ts';

function event(type: 'pass' | 'fail', data: Partial<NodeTestEvent['data']> = {}): NodeTestEvent {
  return { type: `test:${type}`, data: { name: 'it works', file, details: { type: 'test' }, ...data } };
}

describe('tallyNodeFile', () => {
  it('counts tests, and no suite that passed', () => {
    const suite = event('pass', { details: { type: 'suite' } });
    assert.deepEqual(tallyNodeFile([event('pass'), event('fail'), event('pass'), suite]), {
      passed: 2,
      failed: 1,
    });
  });

  it('counts a failed test once, however deep its suites', () => {
    const suite = event('fail', { details: { type: 'suite', error: { failureType: 'subtestsFailed' } } });
    assert.deepEqual(tallyNodeFile([event('fail'), suite, suite]), { passed: 0, failed: 1 });
  });

  it('counts a suite whose hook failed', () => {
    const suite = event('fail', { details: { type: 'suite', error: { failureType: 'hookFailed' } } });
    assert.deepEqual(tallyNodeFile([event('pass'), suite]), { passed: 1, failed: 1 });
  });

  it('counts a file that could not be run', () => {
    assert.deepEqual(tallyNodeFile([event('fail', { name: file })]), { passed: 0, failed: 1 });
  });

  it('counts a file without a test as a failure', () => {
    assert.deepEqual(tallyNodeFile([event('pass', { name: file })]), { passed: 0, failed: 1 });
    assert.deepEqual(tallyNodeFile([]), { passed: 0, failed: 1 });
  });

  it('does not count what was skipped, whatever the reason is called', () => {
    const skipped = [
      event('pass', { skip: true }),
      event('pass', { skip: '' }),
      event('fail', { todo: 'later' }),
    ];
    assert.deepEqual(tallyNodeFile([...skipped, event('pass')]), { passed: 1, failed: 0 });
  });
});

describe('tallyBrowserSessions', () => {
  const session = (passed: boolean, ...results: boolean[]): BrowserSession => ({
    passed,
    testResults: {
      tests: [],
      suites: [{ suites: [], tests: results.map((one) => ({ passed: one, skipped: false })) }],
    },
  });

  it('counts tests in suites of suites', () => {
    const sessions = [session(true, true, true), session(false, true, false)];
    assert.deepEqual(tallyBrowserSessions(sessions), { passed: 3, failed: 1 });
  });

  it('counts a file that failed although its tests passed', () => {
    assert.deepEqual(tallyBrowserSessions([session(false, true)]), { passed: 1, failed: 1 });
  });

  it('counts a file that could not be loaded, and one without a test', () => {
    assert.deepEqual(tallyBrowserSessions([{ passed: false }, session(true)]), { passed: 0, failed: 2 });
  });

  it('does not count what was skipped', () => {
    const skipped = session(true, true);
    skipped.testResults?.tests.push({ passed: false, skipped: true });
    assert.deepEqual(tallyBrowserSessions([skipped]), { passed: 1, failed: 0 });
  });
});

describe('tallyJUnit', () => {
  const report = (tests: number, errors: number, failures: number, skipped: number) =>
    `<?xml version="1.0"?>\n<testsuites>\n  <testsuite name="phpunit.xml" tests="${tests}" assertions="99" errors="${errors}" failures="${failures}" skipped="${skipped}" time="1.5">
    <testsuite name="publisher" tests="${tests}" errors="${errors}" failures="${failures}" skipped="${skipped}"></testsuite>
  </testsuite>\n</testsuites>`;

  it('counts tests, and nothing twice', () => {
    assert.deepEqual(tallyJUnit(report(10, 1, 2, 3), false), { passed: 4, failed: 3 });
    assert.deepEqual(tallyJUnit(report(10, 0, 0, 0), true), { passed: 10, failed: 0 });
  });

  it('counts a runner that failed although its tests passed', () => {
    assert.deepEqual(tallyJUnit(report(10, 0, 0, 0), false), { passed: 10, failed: 1 });
  });

  it('counts a runner that wrote no report, or found nothing, as a failure', () => {
    assert.deepEqual(tallyJUnit(undefined, false), { passed: 0, failed: 1 });
    assert.deepEqual(tallyJUnit(undefined, true), { passed: 0, failed: 1 });
    assert.deepEqual(tallyJUnit(report(2, 0, 0, 2), true), { passed: 0, failed: 1 });
  });
});

describe('npm test', () => {
  it('ends on the sum of its runners', () => {
    const total = sum([
      { passed: 2, failed: 0 },
      { passed: 3, failed: 1 },
    ]);
    assert.equal(format(total), '5 passed, 1 failed');
  });

  it('counts a runner that ended without a word as a failure', () => {
    assert.equal(format(sum([{ passed: 2, failed: 0 }, undefined])), '2 passed, 1 failed');
  });

  it('counts a runner that found nothing as a failure', () => {
    assert.equal(format(countSilence(sum([]))), '0 passed, 1 failed');
    assert.deepEqual(countSilence({ passed: 1, failed: 0 }), { passed: 1, failed: 0 });
  });
});
