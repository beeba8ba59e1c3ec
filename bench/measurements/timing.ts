export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

/** Amount a second. */
export function rate(amount: number, work: () => void): number {
  return Math.round((1000 * amount) / milliseconds(work))
}

/** To a thousandth: clocks tell no more. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000

export function milliseconds(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
