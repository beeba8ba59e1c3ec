/**
 * Zipf: page popularity falls with rank^-0.99, the skew YCSB uses for key-value stores (B. Cooper et al.,
 * "Benchmarking Cloud Serving Systems with YCSB", 2010). Ranks are scattered over the area, so that hot pages
 * are not neighbours.
 */
import { pageHigh, pageLow } from '@shared/address/address'
import { LOAD, type AccessBatch } from '@shared/model/access'
import { Permutation } from '@shared/random/permutation'
import { RandomWords } from '@shared/random/random-words'
import { footprintPages, layOutProcess } from './process-layout'
import { INSTRUCTIONS_PER_REFERENCE, WORD_BYTES } from './teaching'
import type { AccessSource, Area, Workload } from './workload'
import { ZipfRanks } from './zipf-ranks'

export const ZIPF_EXPONENT = 0.99
/** The upper 9 bits of a random word choose a word of the page. */
const WORD_INDEX_SHIFT = 23

export const zipf: Workload = {
  id: 'zipf',
  title: 'Zipf',
  summary: 'Reads random words, few pages often and most seldom (exponent 0.99)',
  open: (spec) => new ZipfSource(footprintPages(spec.footprint), spec.seed)
}

class ZipfSource implements AccessSource {
  readonly areas: readonly Area[]
  readonly instructionsPerReference = INSTRUCTIONS_PER_REFERENCE
  private readonly array: Area
  private readonly random: RandomWords
  private readonly ranks: ZipfRanks
  private readonly pageOfRank: Permutation

  constructor(pages: number, seed: number) {
    const layout = layOutProcess('array', pages)
    this.areas = layout.areas
    this.array = layout.main
    this.random = new RandomWords(seed)
    this.ranks = new ZipfRanks(pages, ZIPF_EXPONENT, this.random)
    this.pageOfRank = new Permutation(pages, seed)
  }

  fill(batch: AccessBatch, from: number, to: number): number {
    batch.kind.fill(LOAD, from, to)
    batch.size.fill(WORD_BYTES, from, to)
    for (let i = from; i < to; i++) {
      const page = this.array.start + this.pageOfRank.at(this.ranks.next() - 1)
      batch.high[i] = pageHigh(page)
      batch.low[i] = pageLow(page)
      batch.offset[i] = (this.random.next() >>> WORD_INDEX_SHIFT) * WORD_BYTES
    }
    return to
  }
}
