/**
 * @typedef {{ passed: number, failed: number }} Counts
 */

/** @type {Counts} */
const NOTHING_RAN = { passed: 0, failed: 1 }

/**
 * A check that only passes or fails counts as one test.
 * @param {number | null} code exit code
 * @returns {Counts}
 */
export const checkCounts = (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

/**
 * What a runner counted, corrected by how it ended: without a single test executed, or ended in error
 * though no test failed (a file that does not load, an error outside of all tests), it has failed.
 * @param {Counts} counts
 * @param {number | null} code exit code
 * @returns {Counts}
 */
export function judged({ passed, failed }, code) {
  if (passed + failed === 0) return NOTHING_RAN
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) }
}

/**
 * @typedef {{ status: string, assertionResults: unknown[] }} VitestFile
 * @typedef {{ numPassedTests: number, numFailedTests: number, testResults?: VitestFile[] }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number } }} PlaywrightReport
 */

/** @param {VitestFile} file */
const didNotLoad = (file) => file.status === 'failed' && file.assertionResults.length === 0

/**
 * Counts of vitest's json report; a file that does not load is one failure.
 * @param {VitestReport | undefined} report
 * @param {number | null} code
 */
export function vitestCounts(report, code) {
  if (!report) return NOTHING_RAN
  const broken = (report.testResults ?? []).filter(didNotLoad).length
  return judged({ passed: report.numPassedTests, failed: report.numFailedTests + broken }, code)
}

/**
 * Counts of Playwright's json report. A story that needed a second try has failed once, and counts so.
 * @param {PlaywrightReport | undefined} report
 * @param {number | null} code
 */
export function playwrightCounts(report, code) {
  if (!report) return NOTHING_RAN
  const { expected, unexpected, flaky } = report.stats
  return judged({ passed: expected, failed: unexpected + flaky }, code)
}

/**
 * Each thing that a soak looks at counts as one test.
 * @param {{ verdicts: { passed: boolean }[] } | undefined} report
 * @param {number | null} code
 */
export function soakCounts(report, code) {
  if (!report) return NOTHING_RAN
  const passed = report.verdicts.filter((verdict) => verdict.passed).length
  return judged({ passed, failed: report.verdicts.length - passed }, code)
}

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export const sum = (all) => ({
  passed: all.reduce((total, { passed }) => total + passed, 0),
  failed: all.reduce((total, { failed }) => total + failed, 0)
})

/** @param {Counts} counts */
export const countLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`
