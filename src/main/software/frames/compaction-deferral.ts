/**
 * After compaction has failed for an order, requests of it or of larger ones go without for a while, twice as long
 * with each failure (Linux mm/compaction.c, defer_compaction).
 */
const MOST_SHIFT = 6

export class CompactionDeferral {
  private considered = 0
  private shift = 0
  /** The smallest order that failed; what is smaller is never put off. */
  private failedOrder = Infinity

  /** True when a request of the order should not try; asking counts as considering it. */
  isDeferred(order: number): boolean {
    if (order < this.failedOrder) return false
    const limit = 2 ** this.shift
    this.considered = Math.min(this.considered + 1, limit)
    return this.considered < limit
  }

  failed(order: number): void {
    this.considered = 0
    this.shift = Math.min(this.shift + 1, MOST_SHIFT)
    this.failedOrder = Math.min(this.failedOrder, order)
  }

  succeeded(order: number): void {
    this.considered = 0
    this.shift = 0
    if (order >= this.failedOrder) this.failedOrder = order + 1
  }
}
