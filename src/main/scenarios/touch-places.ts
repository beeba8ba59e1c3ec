/** Patterns of a touch that no workload has: uniformly random words, and each page once. */
import { LINES_PER_FRAME, PAGE_BYTES, pageHigh, pageLow, type Page } from '@shared/address/address'
import type { AccessBatch } from '@shared/model/access'
import { mix32 } from '@shared/random/mix32'
import { Permutation } from '@shared/random/permutation'
import { RandomWords } from '@shared/random/random-words'
import type { Places } from '../workloads/places'
import { WORD_BYTES } from '../workloads/teaching'

const WORDS_PER_PAGE = PAGE_BYTES / WORD_BYTES
const LINE_BYTES = PAGE_BYTES / LINES_PER_FRAME

export class RandomPlaces implements Places {
  private readonly random: RandomWords

  constructor(
    private readonly start: Page,
    private readonly pages: number,
    seed: number
  ) {
    this.random = new RandomWords(seed)
  }

  fill(batch: AccessBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const page = this.start + Math.floor(this.random.fraction() * this.pages)
      batch.high[i] = pageHigh(page)
      batch.low[i] = pageLow(page)
      batch.offset[i] = (this.random.next() % WORDS_PER_PAGE) * WORD_BYTES
    }
  }
}

/** A word of each page, on a line of its own: words all at the start of their pages would share one cache set. */
export class EachPageOnce implements Places {
  private turn = 0
  private readonly order: Permutation | null

  /** @param seed of the order; null: ascending */
  constructor(
    private readonly start: Page,
    pages: number,
    seed: number | null
  ) {
    this.order = seed === null ? null : new Permutation(pages, seed)
  }

  fill(batch: AccessBatch, from: number, to: number): void {
    for (let i = from; i < to; i++, this.turn++) {
      const number = this.order?.at(this.turn) ?? this.turn
      const page = this.start + number
      batch.high[i] = pageHigh(page)
      batch.low[i] = pageLow(page)
      batch.offset[i] = (mix32(number) % LINES_PER_FRAME) * LINE_BYTES
    }
  }
}
