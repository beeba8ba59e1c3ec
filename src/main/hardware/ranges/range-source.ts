/** Where a range stage gets its ranges from, and what it does about those it lacks. */
import type { Range } from '@shared/arch/range-node'
import type { Books } from '../walker/books'
import type { TranslationState } from '../walker/translation-state'
import type { RangeTlb } from './range-tlb'
import type { RangeWalker } from './range-walker'

export interface RangeSource {
  /** The range that holds the page, at once; or null. */
  find(page: number): Range | null
}

/** Ranges are never found. */
export const NO_RANGES: RangeSource = { find: () => null }

/** The range TLB; where it lacks a page, the range table is walked in the background and fills it for the next time. */
export class CachedRanges implements RangeSource {
  constructor(
    private readonly tlb: RangeTlb,
    private readonly state: Pick<TranslationState, 'context'>,
    private readonly walker: RangeWalker,
    /** References that the walker's last walk made. */
    private readonly made: { readonly references: number },
    private readonly books: Books
  ) {}

  find(page: number): Range | null {
    const { context } = this.state
    const known = this.tlb.lookup(page, context)
    this.books.count(known === null ? 'rangeMisses' : 'rangeHits')
    if (known === null) this.fetch(page)
    return known
  }

  private fetch(page: number): void {
    const range = this.walker.find(page)
    this.books.count('rangeTableReads', this.made.references)
    if (range !== null) this.tlb.fill(range, this.state.context)
  }
}

/** The range table itself, as if a range TLB held all of it. */
export class WholeTable implements RangeSource {
  constructor(
    private readonly walker: RangeWalker,
    private readonly books: Books
  ) {}

  find(page: number): Range | null {
    const range = this.walker.find(page)
    this.books.count(range === null ? 'rangeMisses' : 'rangeHits')
    return range
  }
}
