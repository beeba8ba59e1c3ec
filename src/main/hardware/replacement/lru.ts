import type { ReplacementPolicy } from './replacement'

/**
 * True LRU: the ways of each set in the order of their last use, most recent first. A hit on the most recent
 * way is one load, a victim one load, and moving a way to the front touches only the ways before it, which
 * is faster than counters of age because streams reuse what they have just used.
 *
 * Invalid ways stand at the end of the order, so they leave first, the lowest way first in an empty set.
 */
export class Lru implements ReplacementPolicy {
  private readonly order: Uint8Array | Uint16Array

  constructor(
    sets: number,
    private readonly ways: number
  ) {
    this.order = ways <= 256 ? new Uint8Array(sets * ways) : new Uint16Array(sets * ways)
    for (let i = 0; i < this.order.length; i++) this.order[i] = ways - 1 - (i % ways)
  }

  touch(set: number, way: number): void {
    const order = this.order
    let i = set * this.ways
    let moved = order[i]
    if (moved === way) return
    order[i] = way
    do {
      i++
      const next = order[i]
      order[i] = moved
      moved = next
    } while (moved !== way)
  }

  victim(set: number): number {
    return this.order[set * this.ways + this.ways - 1]
  }

  filled(set: number, way: number): void {
    this.touch(set, way)
  }

  forget(set: number, way: number): void {
    const from = set * this.ways + this.ageOf(set, way)
    const last = set * this.ways + this.ways - 1
    this.order.copyWithin(from, from + 1, last + 1)
    this.order[last] = way
  }

  ageOf(set: number, way: number): number {
    const first = set * this.ways
    return this.order.subarray(first, first + this.ways).indexOf(way)
  }
}
