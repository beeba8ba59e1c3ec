import type { Books } from '../walker/books'
import type { Stage } from '../walker/stage'
import type { Outstanding } from './outstanding'

/** Whole walks with prefetches beside them: what no read came for by the end is of no use. */
export class PrefetchedWalk implements Stage {
  readonly layer: number

  constructor(
    private readonly walker: Stage,
    private readonly outstanding: Outstanding,
    private readonly books: Books
  ) {
    this.layer = walker.layer
  }

  translate(high: number, low: number, access: number): number {
    const { outstanding } = this
    outstanding.clear()
    const machine = this.walker.translate(high, low, access)
    if (outstanding.unused > 0) this.books.count('prefetchesUnused', outstanding.unused)
    return machine
  }
}
