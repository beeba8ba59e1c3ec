/**
 * Zipf: page popularity falls with rank^-0.99, the skew YCSB uses for key-value stores (B. Cooper et al.,
 * "Benchmarking Cloud Serving Systems with YCSB", 2010). Ranks are scattered over the area, so that hot pages
 * are not neighbours.
 */
import { pageHigh, pageLow, type Page } from '@shared/address/address'
import type { AccessBatch } from '@shared/model/access'
import { Permutation } from '@shared/random/permutation'
import { RandomWords } from '@shared/random/random-words'
import { ArraySource } from './array-source'
import type { Places } from './places'
import { footprintPages } from './process-layout'
import { WORD_BYTES } from './teaching'
import type { Workload } from './workload'
import { ZipfRanks } from './zipf-ranks'

export const ZIPF_EXPONENT = 0.99
/** The upper 9 bits of a random word choose a word of the page. */
const WORD_INDEX_SHIFT = 23

export const zipf: Workload = {
  info: {
    id: 'zipf',
    title: 'Zipf',
    summary: 'Reads random words, few pages often and most seldom (exponent 0.99)',
    story: [
      'Pages are read with the skew of a key-value store: a few often, most seldom. What a TLB holds is used again.'
    ],
    presets: null,
    knobs: []
  },
  open: ({ footprint, seed }) =>
    new ArraySource(footprintPages(footprint), (start, pages) => new ZipfPlaces(start, pages, seed))
}

export class ZipfPlaces implements Places {
  private readonly random: RandomWords
  private readonly ranks: ZipfRanks
  private readonly pageOfRank: Permutation

  /** @param orderSeed which pages are hot */
  constructor(
    private readonly start: Page,
    pages: number,
    seed: number,
    orderSeed = seed
  ) {
    this.random = new RandomWords(seed)
    this.ranks = new ZipfRanks(pages, ZIPF_EXPONENT, this.random)
    this.pageOfRank = new Permutation(pages, orderSeed)
  }

  fill(batch: AccessBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const page = this.start + this.pageOfRank.at(this.ranks.next() - 1)
      batch.high[i] = pageHigh(page)
      batch.low[i] = pageLow(page)
      batch.offset[i] = (this.random.next() >>> WORD_INDEX_SHIFT) * WORD_BYTES
    }
  }
}
