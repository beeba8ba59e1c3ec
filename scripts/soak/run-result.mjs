/**
 * The parts of schema dmt-lab/run@1 that a soak reads.
 *
 * @typedef {{ spec: Record<string, unknown>, lanes: import('./judge.mjs').LaneCounts[] }} RunResult
 *
 * @param {string} text
 */
export function runResult(text) {
  /** @type {unknown} */
  const value = JSON.parse(text)
  return /** @type {RunResult} */ (value)
}
