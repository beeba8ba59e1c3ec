/** Round numbers for axes: steps of 1, 2 or 5 times a power of ten, ranges that only grow. */

export interface Range {
  readonly low: number
  readonly high: number
  readonly step: number
}

/** Below this a value is rounding; powers of ten run out long after it. */
const TINY = 1e-300

/** The smallest of 1, 2, 5 x 10^k that is not below `value`. */
export function niceStep(value: number): number {
  if (!(value > TINY)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const factor = [1, 2, 5, 10].find((f) => f * power >= value * (1 - 1e-9)) ?? 10
  return factor * power
}

/** Decimals that tell ticks apart which lie `step` from each other. */
export const decimalsOf = (step: number): number => Math.max(0, -Math.floor(Math.log10(step) + 1e-9))

const floorTo = (value: number, step: number): number => Math.floor(value / step + 1e-9) * step
const ceilTo = (value: number, step: number): number => Math.ceil(value / step - 1e-9) * step
const clean = (value: number): number => Number(value.toPrecision(12))

function rangeBy(step: number, from: number, to: number): Range {
  const low = floorTo(from, step)
  return { low: clean(low), high: clean(Math.max(ceilTo(to, step), low + step)), step }
}

/** No axis resolves less than this in its own unit: below, doubles run out of digits. */
const LEAST_SPAN = 1e-9
/** Nor as a share of its values: labels of finer steps have more digits than there is room for. */
const LEAST_SHARE = 1e-2

/**
 * A range of whole steps that holds [low, high] and the range before it. It starts at 0 unless the values lie
 * within the upper half, where a start at 0 would hide how they differ.
 */
export function growRange(before: Range | null, low: number, high: number): Range {
  if (before && low >= before.low && high <= before.high) return before
  const bottom = Math.min(low, before?.low ?? low)
  const top = Math.max(high, before?.high ?? high)
  const from = bottom > top * 0.5 ? bottom : Math.min(0, bottom)
  const span = Math.max(top - from, Math.abs(top) * LEAST_SHARE)
  if (span < LEAST_SPAN) return rangeBy(1, from, top)
  const coarse = rangeBy(niceStep(span / 3), from, top)
  const waste = 1 - (top - from) / (coarse.high - coarse.low)
  return waste > 1 / 3 ? rangeBy(niceStep(span / 4), from, top) : coarse
}

/** Ends at which the reference axis stands still for a while, so that a running line does not squeeze at each point. */
const ENDS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10]

/** End of the reference axis: a round number a little beyond what is done, never beyond the planned end. */
export function axisEnd(done: number, total: number): number {
  const wanted = Math.max(done * 1.02, 10)
  const power = 10 ** Math.floor(Math.log10(wanted))
  const end = (ENDS.find((e) => e * power >= wanted) ?? 10) * power
  return total > 0 ? Math.min(end, Math.max(total, done)) : end
}

/** Ticks of the reference axis from `from` to `end`, about six of them, 0 included. */
export function axisTicks(end: number, from = 0): number[] {
  const step = niceStep((end - from) / 7)
  const first = Math.ceil(from / step - 1e-9)
  return Array.from({ length: Math.floor(end / step + 1e-9) - first + 1 }, (_, i) =>
    clean((first + i) * step)
  )
}
