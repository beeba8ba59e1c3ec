import type { Tags, TagSets } from './tag-sets'

const INVALID = -1

/**
 * Sets under the replacement `counted-lru` (replacement/counted-lru.ts says its rule), for caches: tags are looked for,
 * aged and replaced in flat loops, and an invalid tag is its own mark. Tags are never taken out.
 */
export class CountedSets implements TagSets {
  /** None exceeds ways - 1. */
  private readonly counters: Uint8Array

  constructor(
    private readonly tags: Tags,
    private readonly ways: number
  ) {
    this.counters = new Uint8Array(tags.length)
  }

  access(set: number, tag: number): boolean {
    const { tags, ways } = this
    const first = set * ways
    const end = first + ways
    for (let i = first; i < end; i++) {
      if (tags[i] !== tag) continue
      this.use(i, this.counters[i], first, end)
      return true
    }
    const victim = this.victim(first, end)
    tags[victim] = tag
    this.use(victim, 1, first, end)
    return false
  }

  contains(set: number, tag: number): boolean {
    const first = set * this.ways
    return this.tags.subarray(first, first + this.ways).includes(tag)
  }

  load(set: number): number {
    const first = set * this.ways
    return this.tags[first] + this.tags[first + this.ways - 1] + this.counters[first]
  }

  /** A hit on the way at `at` whose counter is `own`. */
  private use(at: number, own: number, first: number, end: number): void {
    if (own === 0) return
    const { counters } = this
    for (let i = first; i < end; i++) if (counters[i] <= own) counters[i]++
    counters[at] = 0
  }

  private victim(first: number, end: number): number {
    const { tags, counters } = this
    let oldest = first
    for (let i = first; i < end; i++) {
      if (tags[i] === INVALID) return i
      if (counters[i] > counters[oldest]) oldest = i
    }
    return oldest
  }
}
