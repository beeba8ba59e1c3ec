/**
 * Numbers for reading: grouped by comma, a fixed number of decimals, a true minus, and a no-break space before
 * the unit, so that a value never parts from it. Files that programs read hold plain numbers instead.
 */

export const NBSP = '\u00a0'
export const MINUS = '\u2212'
export const TIMES = '×'
/** Shown where nothing was measured. */
export const NONE = '–'

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** A value with its decimals; one that is not zero but would read 0.0 says `< 0.1`. */
export function formatFixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return NONE
  const text = Math.abs(value).toFixed(decimals)
  if (Number(text) === 0) return value === 0 ? text : `<${NBSP}${(10 ** -decimals).toFixed(decimals)}`
  const [whole, fraction] = text.split('.')
  return (
    (value < 0 ? MINUS : '') + GROUPED.format(Number(whole)) + (fraction === undefined ? '' : `.${fraction}`)
  )
}

/** 4812334 -> 4,812,334 */
export const formatCount = (value: number): string => formatFixed(value, 0)

export const withUnit = (text: string, unit: string): string => (text === NONE ? NONE : text + NBSP + unit)

/** A share of 1 as a percentage: 0.4537 -> 45.4 %. */
export const formatShare = (share: number, decimals = 1): string =>
  withUnit(formatFixed(share * 100, decimals), '%')

/** 1.58×; a ratio that could not be formed is a dash. */
export const formatRatio = (ratio: number, decimals = 2): string =>
  Number.isFinite(ratio) && ratio > 0 ? formatFixed(ratio, decimals) + TIMES : NONE

function signed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals)
  return Number(text) === 0 ? text : (value < 0 ? MINUS : '+') + text
}

/** How far a value lies from a base: 2 against 5.9 is −66 %. */
export const formatRelative = (value: number, base: number): string =>
  base > 0 && Number.isFinite(value) ? withUnit(signed((value / base - 1) * 100, 0), '%') : NONE

/** Difference of two shares in percentage points: −10.9 pp. */
export const formatPoints = (share: number, base: number): string =>
  Number.isFinite(share - base) ? withUnit(signed((share - base) * 100, 1), 'pp') : NONE
