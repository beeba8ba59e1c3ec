import type { Tags, TagSets } from './tag-sets'

/**
 * Sets under true LRU: the tags of a set stand in the order of their last use, most recent first, so there is no
 * order beside them to load and to keep. Looking for a tag and moving it to the front are one pass. Invalid tags
 * stand last and leave first.
 */
export class RecencySets implements TagSets {
  constructor(
    private readonly tags: Tags,
    private readonly ways: number
  ) {}

  access(set: number, tag: number): boolean {
    const tags = this.tags
    const first = set * this.ways
    let moved = tags[first]
    if (moved === tag) return true
    const end = first + this.ways
    tags[first] = tag
    for (let i = first + 1; i < end; i++) {
      const next = tags[i]
      tags[i] = moved
      if (next === tag) return true
      moved = next
    }
    return false
  }

  load(set: number): number {
    const first = set * this.ways
    return this.tags[first] + this.tags[first + this.ways - 1]
  }

  contains(set: number, tag: number): boolean {
    const first = set * this.ways
    return this.tags.subarray(first, first + this.ways).includes(tag)
  }
}
