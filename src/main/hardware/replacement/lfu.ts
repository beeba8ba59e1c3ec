import type { ReplacementPolicy } from './replacement'

/**
 * Least frequently used, without ageing: each way counts how often it was hit since it came in. The victim is the
 * first invalid way, else the one hit least, the lowest of several. A count of 0 marks an invalid way.
 *
 * Source: the TLBs of the simulator published with DMT (xlab-uiuc/dmt).
 */
export class Lfu implements ReplacementPolicy {
  private readonly hits: Int32Array

  constructor(
    sets: number,
    private readonly ways: number
  ) {
    this.hits = new Int32Array(sets * ways)
  }

  touch(set: number, way: number): void {
    this.hits[set * this.ways + way]++
  }

  victim(set: number): number {
    const hits = this.hits
    const first = set * this.ways
    let least = 0
    for (let way = 1; way < this.ways; way++) if (hits[first + way] < hits[first + least]) least = way
    return least
  }

  filled(set: number, way: number): void {
    this.hits[set * this.ways + way] = 1
  }

  forget(set: number, way: number): void {
    this.hits[set * this.ways + way] = 0
  }

  ageOf(set: number, way: number): number {
    const first = set * this.ways
    const own = this.hits[first + way]
    const leavesLater = (other: number, i: number): boolean => other > own || (other === own && i > way)
    return this.hits.subarray(first, first + this.ways).filter(leavesLater).length
  }
}
