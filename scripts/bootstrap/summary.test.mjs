import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  jestCounts,
  nodeTestCounts,
  playwrightCounts,
  readReport,
  sum,
  summaryLine,
  wholeCheck,
  withExitCode,
} from './summary.mjs';

describe('the closing line', () => {
  it('sums the parts', () => {
    const total = sum([
      { passed: 3, failed: 1, skipped: 0 },
      { passed: 4, failed: 0, skipped: 2 },
      wholeCheck(0),
      wholeCheck(2),
    ]);
    assert.equal(summaryLine(total), '8 passed, 2 failed, 2 skipped');
  });

  it('counts a file that Jest could not run as a failure', () => {
    assert.deepEqual(
      jestCounts({
        numPassedTests: 5,
        numFailedTests: 1,
        numRuntimeErrorTestSuites: 1,
        numPendingTests: 2,
        numTodoTests: 1,
      }),
      { passed: 5, failed: 2, skipped: 3 },
    );
  });

  it('counts a flaky browser test and an error outside of tests as failures', () => {
    assert.deepEqual(
      playwrightCounts({
        stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
        errors: [{ message: 'no tests found' }],
      }),
      { passed: 4, failed: 3, skipped: 2 },
    );
  });

  it("reads the end of Node's own test runner", () => {
    assert.deepEqual(
      nodeTestCounts(
        'ℹ tests 9\nℹ pass 7\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\n',
      ),
      { passed: 7, failed: 1, skipped: 1 },
    );
  });

  it('counts a runner that broke as a failure, once', () => {
    const nothing = sum([]);
    assert.equal(withExitCode(nothing, 1).failed, 1);
    assert.equal(withExitCode({ ...nothing, failed: 3 }, 1).failed, 3);
    assert.equal(withExitCode(nothing, 0).failed, 0);
  });

  it('counts nothing where the runner wrote no report', async () => {
    assert.deepEqual(await readReport('/none', jestCounts), sum([]));
  });
});
