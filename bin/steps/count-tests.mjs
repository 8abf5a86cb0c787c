/** Reads what the test runners wrote and sums it. */
import { existsSync, readFileSync } from 'node:fs';

export const NO_TESTS = { passed: 0, failed: 0, skipped: 0 };

/** Vitest's JSON report as counts. */
export function countVitest(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Playwright's JSON report as counts. A flaky test failed once: it has failed. */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/**
 * The counts of a runner that ended with `code` and should have left a report in `file`. A runner that failed without
 * a failed test (a file that does not load, an error outside a test, no report) counts as one failure.
 */
export function countsOf(file, code, read) {
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : NO_TESTS;
  if (counts.failed === 0 && (code !== 0 || !existsSync(file))) return { ...counts, failed: 1 };
  return counts;
}

export function sum(all) {
  return all.reduce(
    (total, counts) => ({
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    }),
    NO_TESTS,
  );
}

export function plainLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
