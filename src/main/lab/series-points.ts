/**
 * At which accesses the points of a series lie: close at first, so that a chart shows something while a person steps;
 * from then on at whole multiples, so that a run of round length ends on one. Between two points of a result lie up to
 * FINER for the window, never so near that the points would cost more than the accesses.
 */
const FINER = 8
const LEAST_GAP = 256

export class SeriesPoints {
  private nextOfResult = 1
  private nextOfWindow = 1
  private readonly gap: number

  /** @param every accesses between two points of the result */
  constructor(private readonly every: number) {
    this.gap = Math.min(every, Math.max(LEAST_GAP, Math.round(every / FINER)))
  }

  /** The access to stop at. */
  get next(): number {
    return Math.min(this.nextOfResult, this.nextOfWindow)
  }

  /** Whether results hold the point at `next`. */
  get isOfResult(): boolean {
    return this.next === this.nextOfResult
  }

  /** The point at `next` is done. */
  pass(): void {
    const at = this.next
    if (at === this.nextOfResult) this.nextOfResult = after(at, this.every)
    this.nextOfWindow = after(at, this.gap)
  }
}

function after(access: number, every: number): number {
  const close = access + Math.max(1, Math.floor(access / 16))
  return Math.min(close, (Math.floor(access / every) + 1) * every)
}
