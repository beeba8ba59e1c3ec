/** Quantities with their units: sizes binary, counts decimal, time in cycles. */
import { formatCount, formatFixed, NBSP, NONE, withUnit } from './number'

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/** The largest binary unit that keeps the number at 1 or above: 4294967296 -> 4 GiB, 1610612736 -> 1.5 GiB. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NONE
  const step = bytes < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 2 ** (10 * step)
  return formatFixed(value, Number.isInteger(value) ? 0 : 1) + NBSP + SIZES[step]
}

export const formatCycles = (cycles: number, decimals = 0): string =>
  withUnit(formatFixed(cycles, decimals), cycles === 1 && decimals === 0 ? 'cycle' : 'cycles')

/** A rate in references a second, rounded to three digits so that it can be read while it moves. */
export function formatRate(perSecond: number): string {
  if (!(perSecond > 0)) return NONE
  return withUnit(formatCount(Number(perSecond.toPrecision(3))), 'references/s')
}

/** Counts where digits are short of room, as on an axis: 0, 500 k, 4 M, 1.5 M. */
export function formatTick(count: number): string {
  if (Math.abs(count) < 10_000) return formatCount(count)
  const [unit, scale] = count >= 1e9 ? ['G', 1e9] : count >= 1e6 ? ['M', 1e6] : ['k', 1e3]
  return `${Number((count / Number(scale)).toPrecision(4))}${NBSP}${unit}`
}
