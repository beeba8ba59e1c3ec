import type { Tags, TagSets } from './tag-sets'

const INVALID = -1
/** Counters of 4 bits, eight of them in a word: none exceeds ways - 1. */
const IN_WORD = 8
export const MOST_COUNTED_WAYS = 2 * IN_WORD
/** One counter of each byte: those of even ways, or of odd ways after a shift. */
const HALF = 0x0f0f0f0f
const BYTES = 0x01010101
const TOP_BITS = 0x80808080 | 0

/**
 * Sets under the replacement `counted-lru` (replacement/counted-lru.ts says its rule), for caches of up to 16 ways. The
 * counters of a set are one or two words, so that all of them age in a few operations instead of a loop. Tags are
 * never taken out, so the invalid ones are the last of their set.
 */
export class CountedSets implements TagSets {
  private readonly counters: Int32Array

  constructor(
    private readonly tags: Tags,
    private readonly ways: number
  ) {
    this.counters = new Int32Array((tags.length / ways) * 2)
  }

  access(set: number, tag: number): boolean {
    const { tags, ways } = this
    const first = set * ways
    for (let way = 0; way < ways; way++) {
      const known = tags[first + way]
      if (known === tag) {
        const own = this.counterOf(set, way)
        if (own !== 0) this.use(set, way, own)
        return true
      }
      if (known === INVALID) return this.fill(set, way, tag)
    }
    return this.fill(set, this.oldest(set), tag)
  }

  contains(set: number, tag: number): boolean {
    const first = set * this.ways
    return this.tags.subarray(first, first + this.ways).includes(tag)
  }

  load(set: number): number {
    const first = set * this.ways
    return this.tags[first] + this.tags[first + this.ways - 1] + this.counters[set * 2]
  }

  /** What comes in starts at 1 and counts as hit at once. Answers that it was not there. */
  private fill(set: number, way: number, tag: number): false {
    this.tags[set * this.ways + way] = tag
    this.use(set, way, 1)
    return false
  }

  private counterOf(set: number, way: number): number {
    return (this.counters[set * 2 + (way >>> 3)] >>> ((way & 7) * 4)) & 15
  }

  /** A hit on a way whose counter is `own`: those not larger age, its own becomes 0. */
  private use(set: number, way: number, own: number): void {
    const { counters } = this
    const at = set * 2
    const others = ~(15 << ((way & 7) * 4))
    // A counter of 15 must not age into its neighbour.
    counters[at + (way >>> 3)] &= others
    counters[at] = aged(counters[at], own)
    if (this.ways > IN_WORD) counters[at + 1] = aged(counters[at + 1], own)
    counters[at + (way >>> 3)] &= others
  }

  /** The lowest way of those with the largest counter. */
  private oldest(set: number): number {
    let way = 0
    let most = -1
    for (let i = 0; i < this.ways; i++) {
      const counter = this.counterOf(set, i)
      if (counter <= most) continue
      most = counter
      way = i
    }
    return way
  }
}

/**
 * Adds one to each counter of the word that is not larger than `own`: in every byte, 0x80 + own - counter keeps its top
 * bit just then.
 */
function aged(word: number, own: number): number {
  const limit = (own * BYTES) | TOP_BITS
  const even = word & HALF
  const odd = (word >>> 4) & HALF
  const evenAged = even + (((limit - even) & TOP_BITS) >>> 7)
  const oddAged = odd + (((limit - odd) & TOP_BITS) >>> 7)
  return evenAged | (oddAged << 4)
}
