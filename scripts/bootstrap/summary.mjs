import { readFile } from 'node:fs/promises';
import { say } from './console.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @param {Counts[]} parts @returns {Counts} */
export function sum(parts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const part of parts) {
    for (const key of Object.keys(total)) total[key] += part[key];
  }
  return total;
}

/** @param {Counts} counts */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Counts of a check that passes or fails as a whole. */
export function wholeCheck(code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/**
 * Makes sure that a runner which failed for a reason of its own is not counted as a success.
 *
 * @param {Counts} counts
 * @param {number} code exit code of the runner
 * @returns {Counts}
 */
export function withExitCode(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Counts in the JSON report of Jest. A file that could not be run at all counts as one failure. */
export function jestCounts(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts in the JSON report of Playwright. A test that passed only when repeated counts as a failure. */
export function playwrightCounts({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/** Counts that Node's own test runner prints at its end. */
export function nodeTestCounts(output) {
  const read = name =>
    Number(new RegExp(`^(?:#|ℹ) ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  return {
    passed: read('pass'),
    failed: read('fail') + read('cancelled'),
    skipped: read('skipped') + read('todo'),
  };
}

/**
 * @param {string} file report that a runner wrote
 * @param {(report: any) => Counts} toCounts
 * @returns {Promise<Counts>} nothing counted where the runner ended before it wrote its report
 */
export async function readReport(file, toCounts) {
  try {
    return toCounts(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error.code === 'ENOENT') return sum([]);
    throw error;
  }
}

/**
 * Prints the closing line, and lets this process end with a failure where a test failed, or was skipped although the
 * machine is meant to have all that the tests need.
 *
 * @param {Counts} total
 */
export function report(total) {
  const maySkip = process.env.CI_REQUIRE_SYSTEM_PACKAGES !== 'true';
  if (total.failed > 0 || (total.skipped > 0 && !maySkip)) process.exitCode = 1;
  say(summaryLine(total));
}
