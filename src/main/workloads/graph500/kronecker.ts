/**
 * Graph500's Kronecker generator: each bit of an edge's two ends falls into one of four quadrants by chance, and
 * vertices are relabelled so that hubs lie anywhere. Edge n follows from n alone.
 *
 * Upper and lower bits of a vertex are relabelled apart, so that every block of labels with the same upper bits holds
 * all patterns of the lower ones: what lies in front of a vertex in memory follows from its block's weight.
 */
import { mix32 } from '@shared/random/mix32'
import { hashWords } from '@shared/random/hash-words'
import { Permutation } from '@shared/random/permutation'

const A = 0.57
const B = 0.19
const C = 0.19
const D = 1 - A - B - C

/** Chance that a bit of either end is 0. */
export const ZERO = A + B
/** Chance that a bit of one end is 1, given the other end's bit. */
export const ONE_GIVEN: readonly [number, number] = [B / (A + B), D / (C + D)]

const MOST_LOWER_BITS = 12
const DRAW = 2 ** 16
const LOW = 2 ** 32

export class Labels {
  readonly lowerBits: number
  /** Labels of upper and lower bits, and the bits of labels. */
  readonly upperLabel: Int32Array
  readonly lowerLabel: Int32Array
  readonly upperBits: Int32Array
  readonly lowerOf: Int32Array

  constructor(scale: number, seed: number) {
    this.lowerBits = Math.min(MOST_LOWER_BITS, Math.ceil(scale / 2))
    this.upperLabel = orderOf(2 ** (scale - this.lowerBits), seed)
    this.lowerLabel = orderOf(2 ** this.lowerBits, seed + 1)
    this.upperBits = inverseOf(this.upperLabel)
    this.lowerOf = inverseOf(this.lowerLabel)
  }

  labelOf(bits: number): number {
    const { lowerBits } = this
    return (
      (this.upperLabel[bits >>> lowerBits] << lowerBits) |
      this.lowerLabel[bits & (this.lowerLabel.length - 1)]
    )
  }

  bitsOf(label: number): number {
    const { lowerBits } = this
    return (
      (this.upperBits[label >>> lowerBits] << lowerBits) | this.lowerOf[label & (this.lowerOf.length - 1)]
    )
  }
}

export class Kronecker {
  readonly vertices: number
  readonly labels: Labels
  /** Ends of the edge drawn last. */
  from = 0
  to = 0

  constructor(
    readonly scale: number,
    readonly edges: number,
    private readonly seed: number
  ) {
    this.vertices = 2 ** scale
    this.labels = new Labels(scale, seed)
  }

  /** Draws edge `number`: bit by bit, one of the quadrants A, B, C, D. */
  draw(number: number): void {
    const high = Math.floor(number / LOW)
    let [from, to, word] = [0, 0, 0]
    for (let bit = 0; bit < this.scale; bit++) {
      word = bit % 2 === 0 ? hashWords(mix32(this.seed + bit), high, number | 0) : word >>> 16
      const chance = word % DRAW
      const quadrant =
        Number(chance >= A * DRAW) + Number(chance >= (A + B) * DRAW) + Number(chance >= (1 - D) * DRAW)
      from |= (quadrant >> 1) << bit
      to |= (quadrant & 1) << bit
    }
    this.from = this.labels.labelOf(from)
    this.to = this.labels.labelOf(to)
  }

  /** The other end of edge `k` of a vertex with these bits, as its bits: each by chance, given the vertex's. */
  otherEnd(bits: number, k: number): number {
    let [other, word] = [0, 0]
    for (let bit = 0; bit < this.scale; bit++) {
      word = bit % 2 === 0 ? hashWords(mix32(~this.seed + bit), bits, k) : word >>> 16
      if (word % DRAW < ONE_GIVEN[(bits >> bit) & 1] * DRAW) other |= 1 << bit
    }
    return other
  }
}

function orderOf(count: number, seed: number): Int32Array {
  const order = new Permutation(count, seed)
  return Int32Array.from({ length: count }, (_, i) => order.at(i))
}

function inverseOf(order: Int32Array): Int32Array {
  const inverse = new Int32Array(order.length)
  order.forEach((value, i) => (inverse[value] = i))
  return inverse
}
