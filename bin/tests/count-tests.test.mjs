import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countPlaywright, countsOf, countVitest, NO_TESTS, plainLine, sum } from '../steps/count-tests.mjs';

describe('counting tests', () => {
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'snug-count-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function report(content) {
    const file = path.join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(content));
    return file;
  }
  const vitestReport = (failed) => ({ numPassedTests: 5, numFailedTests: failed, numPendingTests: 1, numTodoTests: 2 });

  it('reads what each runner writes', () => {
    expect(countsOf(report(vitestReport(0)), 0, countVitest)).toEqual({ passed: 5, failed: 0, skipped: 3 });
    const stats = { expected: 4, unexpected: 1, flaky: 2, skipped: 3 };
    expect(countsOf(report({ stats }), 1, countPlaywright)).toEqual({ passed: 4, failed: 3, skipped: 3 });
  });

  it('counts a runner that failed without a failed test as a failure', () => {
    expect(countsOf(report(vitestReport(0)), 1, countVitest).failed).toBe(1);
    expect(countsOf(report(vitestReport(2)), 1, countVitest).failed).toBe(2);
  });

  it('counts a runner that left no report as a failure, whatever it says', () => {
    expect(countsOf(path.join(folder, 'none.json'), 0, countVitest)).toEqual({ ...NO_TESTS, failed: 1 });
  });

  it('sums all runners in one plain line', () => {
    const total = sum([
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 10, failed: 20, skipped: 30 },
    ]);
    expect(plainLine(total)).toBe('11 passed, 22 failed, 33 skipped');
  });
});
