/** How many accesses to run next: slices of about 25 ms at full speed, or as many as the chosen speed allows. */
const SLICE_MS = 25
const FIRST_SLICE = 1024
const SMALLEST = 256

export class Pace {
  /** Accesses a second; null for no limit. */
  limit: number | null = null
  /** Measured while running. */
  perSecond = 0
  private lastAt = 0

  constructor(private readonly now: () => number) {}

  start(): void {
    this.lastAt = this.now()
  }

  /** Accesses to run next, at most `most`. */
  slice(most: number): number {
    const wanted = this.perSecond === 0 ? FIRST_SLICE : Math.max(SMALLEST, (this.perSecond * SLICE_MS) / 1000)
    const allowed =
      this.limit === null ? wanted : Math.min(wanted, Math.max(1, (this.limit * SLICE_MS) / 1000))
    return Math.max(1, Math.min(most, Math.round(allowed)))
  }

  /** Books a slice; returns the milliseconds to wait before the next one. */
  book(accesses: number): number {
    const took = Math.max(this.now() - this.lastAt, 0.01)
    const wait = this.limit === null ? 0 : Math.max(0, (1000 * accesses) / this.limit - took)
    const rate = (1000 * accesses) / (took + wait)
    this.perSecond = this.perSecond === 0 ? rate : this.perSecond * 0.8 + rate * 0.2
    this.lastAt = this.now() + wait
    return wait
  }
}
