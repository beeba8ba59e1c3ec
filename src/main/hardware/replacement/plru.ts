import type { ReplacementPolicy } from './replacement'

/** What a node of the tree says: the half to replace next. */
const LEFT = 0
const RIGHT = 1
const ROOT = 1

/** Ways in the left half of a node over `ways` of them. */
const leftOf = (ways: number): number => ways - (ways >>> 1)

/**
 * Tree pseudo-LRU: one bit for each node of a binary tree over the ways of a set. A use turns the bits on the way
 * to its leaf away from it; following the bits from the root leads to the victim.
 *
 * Ways need not be a power of two: a node halves what it holds, the left half one larger where the number is odd.
 * 12 ways are 6 and 6, then 3 and 3, then 2 and 1; a way in a smaller half has its turn earlier. Invalid ways come
 * first, the lowest first.
 */
export class TreePlru implements ReplacementPolicy {
  /** Nodes of a set at a distance of `stride`, numbered as in a heap: the root 1, below node n 2n and 2n + 1. */
  private readonly bits: Uint8Array
  private readonly stride: number
  private readonly isValid: Uint8Array
  private readonly validWays: Uint16Array

  constructor(
    sets: number,
    private readonly ways: number
  ) {
    this.stride = 2 ** Math.ceil(Math.log2(ways))
    this.bits = new Uint8Array(sets * this.stride)
    this.isValid = new Uint8Array(sets * ways)
    this.validWays = new Uint16Array(sets)
  }

  touch(set: number, way: number): void {
    const bits = this.bits
    const nodes = set * this.stride
    let place = way
    for (let node = ROOT, held = this.ways; held > 1;) {
      const left = leftOf(held)
      const isLeft = place < left
      bits[nodes + node] = isLeft ? RIGHT : LEFT
      node = isLeft ? node * 2 : node * 2 + 1
      held = isLeft ? left : held - left
      if (!isLeft) place -= left
    }
  }

  victim(set: number): number {
    if (this.validWays[set] < this.ways) return this.isValid.indexOf(0, set * this.ways) - set * this.ways
    const bits = this.bits
    const nodes = set * this.stride
    let way = 0
    for (let node = ROOT, held = this.ways; held > 1;) {
      const left = leftOf(held)
      const isLeft = bits[nodes + node] === LEFT
      node = isLeft ? node * 2 : node * 2 + 1
      held = isLeft ? left : held - left
      if (!isLeft) way += left
    }
    return way
  }

  filled(set: number, way: number): void {
    const slot = set * this.ways + way
    if (this.isValid[slot] === 0) {
      this.isValid[slot] = 1
      this.validWays[set]++
    }
    this.touch(set, way)
  }

  forget(set: number, way: number): void {
    const slot = set * this.ways + way
    if (this.isValid[slot] === 0) return
    this.isValid[slot] = 0
    this.validWays[set]--
  }

  ageOf(set: number, way: number): number {
    const own = this.turnOf(set, way)
    let later = 0
    for (let other = 0; other < this.ways; other++) if (this.turnOf(set, other) > own) later++
    return later
  }

  /**
   * When the way would leave if nothing but misses came: every node sends them left and right in turn, so one that
   * points away at distance d from the root is 2^d misses late. Invalid ways leave before all others.
   */
  private turnOf(set: number, way: number): number {
    if (this.isValid[set * this.ways + way] === 0) return way - this.ways
    const nodes = set * this.stride
    let turn = 0
    let place = way
    for (let node = ROOT, held = this.ways, late = 1; held > 1; late *= 2) {
      const left = leftOf(held)
      const isLeft = place < left
      if (this.bits[nodes + node] !== (isLeft ? LEFT : RIGHT)) turn += late
      node = isLeft ? node * 2 : node * 2 + 1
      held = isLeft ? left : held - left
      if (!isLeft) place -= left
    }
    return turn
  }
}
