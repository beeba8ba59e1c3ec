/**
 * Numbers as the window writes them: grouped by comma, a fixed number of decimals, a true minus, and a
 * no-break space before the unit, so that a value never parts from it.
 */

export const NBSP = '\u00a0'
export const MINUS = '\u2212'
export const TIMES = '×'
/** Shown where nothing was measured. */
export const NONE = '–'

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

const isZeroText = (text: string): boolean => Number(text) === 0

/** 4812334 -> 4,812,334; an unknown count is a dash. */
export const formatCount = (value: number): string => formatFixed(value, 0)

/** A value with its decimals; one that is not zero but would read 0.0 says `< 0.1`. */
export function formatFixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return NONE
  const text = Math.abs(value).toFixed(decimals)
  if (isZeroText(text)) return value === 0 ? text : `< ${(10 ** -decimals).toFixed(decimals)}`
  const [whole, fraction] = text.split('.')
  const sign = value < 0 ? MINUS : ''
  return sign + GROUPED.format(Number(whole)) + (fraction === undefined ? '' : `.${fraction}`)
}

export const withUnit = (text: string, unit: string): string => (text === NONE ? NONE : text + NBSP + unit)

/** A share of 1 as a percentage: 0.4537 -> 45.4 %. */
export const formatShare = (share: number, decimals = 1): string =>
  withUnit(formatFixed(share * 100, decimals), '%')

/** 1.58×; a ratio that could not be formed is a dash. */
export const formatRatio = (ratio: number, decimals = 2): string =>
  Number.isFinite(ratio) && ratio > 0 ? formatFixed(ratio, decimals) + TIMES : NONE

const signed = (value: number, decimals: number): string => {
  const text = Math.abs(value).toFixed(decimals)
  if (isZeroText(text)) return text
  return (value < 0 ? MINUS : '+') + text
}

/** How far `value` lies from `base`, relative to it: −66 %. */
export const formatRelative = (value: number, base: number): string =>
  base > 0 && Number.isFinite(value) ? signed((value / base - 1) * 100, 0) + NBSP + '%' : NONE

/** Difference of two shares in percentage points: −10.9 pp. */
export const formatPoints = (share: number, base: number): string =>
  Number.isFinite(share - base) ? signed((share - base) * 100, 1) + NBSP + 'pp' : NONE
