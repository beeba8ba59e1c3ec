/**
 * What a soak has measured, and which of it a person would complain about. Times are milliseconds of the page's clock.
 *
 * @typedef {[from: number, to: number]} Span
 * @typedef {[from: number, to: number, ms: number]} Wait
 * @typedef {object} Taken what the probe noted in the page
 * @property {number} milliseconds
 * @property {number} frames
 * @property {number[]} intervals frames whose interval was so many whole milliseconds; the last is longer
 * @property {Span[]} late intervals between frames that were long
 * @property {Span[]} tasks that held the main thread
 * @property {Span[]} stalls of a worker beside the main thread
 * @property {Span[]} inputs from a key to the frame that shows it
 * @property {Span[]} breaks in which nothing counts
 * @property {Wait[]} waits of a thread that a frame passes through for a core
 *
 * @typedef {{ passed: boolean, name: string, told: string }} Verdict
 */
import { isDeepStrictEqual } from 'node:util'

export const LONGEST_FRAME_MS = 200
export const LONGEST_INPUT_MS = 100
export const MOST_GROWTH = 0.1

/**
 * How much of a span others cover; they may overlap each other.
 * @param {Span} span
 * @param {Span[]} others
 */
export function covered([from, to], others) {
  let at = from
  let sum = 0
  for (const [a, b] of [...others].sort((one, two) => one[0] - two[0])) {
    const end = Math.min(b, to)
    if (end <= Math.max(a, at)) continue
    sum += end - Math.max(a, at)
    at = end
  }
  return sum
}

/**
 * How long a thread that the frame needs had no core within a span.
 * @param {Span} span
 * @param {Wait[]} waits
 */
export const waitedIn = (span, waits) =>
  waits.reduce((sum, [from, to, ms]) => sum + Math.min(ms, covered(span, [[from, to]])), 0)

/**
 * Spans that are too long by themselves: what the machine stood still for, or gave no core for, is
 * taken off, and those that touch a break are left out.
 * @param {Span[]} spans
 * @param {Pick<Taken, 'stalls' | 'breaks' | 'waits'>} taken
 */
export const tooLong = (spans, { stalls, breaks, waits }) =>
  spans
    .filter((span) => covered(span, breaks) === 0)
    .filter((span) => {
      const lost = Math.max(covered(span, stalls), waitedIn(span, waits))
      return span[1] - span[0] - lost > LONGEST_FRAME_MS
    })

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

/**
 * The interval that this share of all frames kept, in whole milliseconds.
 * @param {readonly number[]} intervals
 * @param {number} share
 */
export function quantile(intervals, share) {
  let left = share * intervals.reduce((sum, count) => sum + count, 0)
  return intervals.findIndex((count) => (left -= count) <= 0)
}

/** @param {Span[]} spans */
const longest = (spans) => spans.reduce((most, [from, to]) => Math.max(most, to - from), 0)

/**
 * @param {Wait[]} waits
 * @param {number} milliseconds
 */
const share = (waits, milliseconds) =>
  ((100 * waits.reduce((sum, [, , ms]) => sum + ms, 0)) / milliseconds).toFixed(1)

/** @param {number} ms */
const inMs = (ms) => `${ms.toFixed(0)} ms`

/**
 * @param {Taken} taken
 * @returns {Verdict}
 */
export function judgeFrames(taken) {
  const { frames, milliseconds, intervals, late, tasks, breaks, stalls, waits } = taken
  const own = tooLong(late, taken).length
  const held = tooLong(tasks, taken).length
  const counted = late.filter((span) => covered(span, breaks) === 0)
  const explained = counted.filter(([from, to]) => to - from > LONGEST_FRAME_MS).length - own
  const told = [
    `${((1000 * frames) / milliseconds).toFixed(1)} frames/s`,
    `half within ${quantile(intervals, 0.5)} ms, 99 % within ${quantile(intervals, 0.99)} ms`,
    `longest ${inMs(longest(counted))}`,
    `${own} over ${LONGEST_FRAME_MS} ms, ${explained} more for want of a core (${stalls.length} stalls of the machine, ${share(waits, milliseconds)} % waiting)`,
    `longest task ${inMs(longest(tasks))}, ${held} over ${LONGEST_FRAME_MS} ms`
  ]
  return { name: 'frames', passed: frames > 0 && own + held === 0, told: told.join('; ') }
}

/** @param {number} bytes */
const inMib = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`

/** @param {import('./heap.mjs').Heap | undefined} heap */
const tellHeap = (heap) => (heap ? `${inMib(heap.code + heap.objects)} (${inMib(heap.code)} code)` : 'none')

/**
 * @param {readonly import('./heap.mjs').Heap[]} samples of what is alive in the page's heap, in the order of time
 * @returns {Verdict}
 */
export function judgeHeap(samples) {
  const bytes = samples.map(({ code, objects }) => code + objects)
  const growth = bytes[bytes.length - 1] / bytes[0] - 1
  const told = `${(100 * growth).toFixed(1)} % growth: ${tellHeap(samples[0])} to ${tellHeap(samples.at(-1))} in ${samples.length} samples`
  return { name: 'heap', passed: samples.length > 1 && growth < MOST_GROWTH, told }
}

/**
 * @param {Taken} taken
 * @returns {Verdict}
 */
export function judgeInputs({ inputs, waits }) {
  const all = inputs.map(([from, to]) => to - from)
  const own = median(inputs.map((span) => span[1] - span[0] - waitedIn(span, waits)))
  const told = `median ${inMs(median(all))}, ${inMs(own)} without waiting for a core, worst ${inMs(Math.max(...all))} of ${all.length} keys`
  return { name: 'input', passed: all.length > 0 && own < LONGEST_INPUT_MS, told }
}

/**
 * @typedef {{ id: string, digest: string, counters: Record<string, number> }} LaneCounts
 *
 * @param {string} name
 * @param {LaneCounts[]} inWindow
 * @param {LaneCounts[]} onCommandLine
 * @returns {Verdict}
 */
export function judgeCounters(name, inWindow, onCommandLine) {
  const differences = onCommandLine.flatMap(({ id, digest, counters }, i) => {
    const other = inWindow[i]
    const differing = Object.keys(counters).filter(
      (key) => !isDeepStrictEqual(counters[key], other?.counters[key])
    )
    return [...differing, ...(digest === other?.digest ? [] : ['digest'])].map((what) => `${id}: ${what}`)
  })
  const counters = Object.keys(onCommandLine[0]?.counters ?? {}).length
  const references = onCommandLine[0]?.counters.references ?? 0
  const same = `${counters} counters and the digest of ${onCommandLine.length} lanes equal after ${references.toLocaleString('en-US')} references`
  const passed =
    onCommandLine.length > 0 && inWindow.length === onCommandLine.length && differences.length === 0
  return { name, passed, told: passed ? same : `differ in ${differences.join(', ') || 'their lanes'}` }
}
