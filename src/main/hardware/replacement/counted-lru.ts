import type { ReplacementPolicy } from './replacement'

/**
 * Ageing counters that only look like LRU. A hit on a way with counter 0 changes nothing; else every other way of
 * the set whose counter is not larger goes up by one, invalid ways included, and the way's own becomes 0. The
 * victim is the first invalid way, else the one with the largest counter, the lowest of several; what comes in
 * starts at 1 and counts as hit at once. Unlike true LRU, ways of equal age exist and the order of two can turn.
 *
 * Source: caches and walk caches of the simulator published with DMT (xlab-uiuc/dmt).
 */
export class CountedLru implements ReplacementPolicy {
  private readonly counters: Int32Array
  private readonly valid: Uint8Array

  constructor(
    sets: number,
    private readonly ways: number
  ) {
    this.counters = new Int32Array(sets * ways)
    this.valid = new Uint8Array(sets * ways)
  }

  touch(set: number, way: number): void {
    const counters = this.counters
    const first = set * this.ways
    const own = counters[first + way]
    if (own === 0) return
    const end = first + this.ways
    for (let i = first; i < end; i++) if (counters[i] <= own) counters[i]++
    counters[first + way] = 0
  }

  victim(set: number): number {
    const { counters, valid, ways } = this
    const first = set * ways
    let oldest = 0
    for (let way = 0; way < ways; way++) {
      if (valid[first + way] === 0) return way
      if (counters[first + way] > counters[first + oldest]) oldest = way
    }
    return oldest
  }

  filled(set: number, way: number): void {
    const at = set * this.ways + way
    this.valid[at] = 1
    this.counters[at] = 1
    this.touch(set, way)
  }

  forget(set: number, way: number): void {
    this.valid[set * this.ways + way] = 0
  }

  ageOf(set: number, way: number): number {
    const first = set * this.ways
    const key = (i: number): number => (this.valid[first + i] === 0 ? Infinity : this.counters[first + i])
    const own = key(way)
    const ways = Array.from({ length: this.ways }, (_, i) => i)
    return ways.filter((i) => key(i) < own || (key(i) === own && i > way)).length
  }
}
