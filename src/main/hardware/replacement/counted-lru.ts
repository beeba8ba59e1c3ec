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
  private readonly counters: Uint8Array
  private readonly valid: Uint8Array
  /** By set: ways that are valid. */
  private readonly filledWays: Uint16Array

  constructor(
    sets: number,
    private readonly ways: number
  ) {
    // Never do more than ways - v counters reach v, so none exceeds ways - 1.
    if (ways > 256) throw new Error('CountedLru: a set has 256 ways at most')
    this.counters = new Uint8Array(sets * ways)
    this.valid = new Uint8Array(sets * ways)
    this.filledWays = new Uint16Array(sets)
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
    if (this.filledWays[set] < this.ways) return this.firstInvalid(set)
    const counters = this.counters
    const first = set * this.ways
    let oldest = first
    for (let i = first + 1; i < first + this.ways; i++) if (counters[i] > counters[oldest]) oldest = i
    return oldest - first
  }

  filled(set: number, way: number): void {
    const at = set * this.ways + way
    this.filledWays[set] += 1 - this.valid[at]
    this.valid[at] = 1
    this.counters[at] = 1
    this.touch(set, way)
  }

  /** The way becomes as old as the oldest, so that the counters keep their bound. */
  forget(set: number, way: number): void {
    const at = set * this.ways + way
    this.filledWays[set] -= this.valid[at]
    this.valid[at] = 0
    this.counters[at] = Math.max(...this.counters.subarray(set * this.ways, (set + 1) * this.ways))
  }

  ageOf(set: number, way: number): number {
    const first = set * this.ways
    const key = (i: number): number => (this.valid[first + i] === 0 ? Infinity : this.counters[first + i])
    const own = key(way)
    const ways = Array.from({ length: this.ways }, (_, i) => i)
    return ways.filter((i) => key(i) < own || (key(i) === own && i > way)).length
  }

  private firstInvalid(set: number): number {
    const first = set * this.ways
    return this.valid.subarray(first, first + this.ways).indexOf(0)
  }
}
