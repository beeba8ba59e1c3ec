/**
 * Where the slices of the adjacency array are. A vertex whose bits hold z zeros of `scale` is an end of
 * 2 * edges * 0.76^z * 0.24^(scale - z) edges on average, and of as many as Poisson's distribution has them.
 * Chance is dealt out in equal parts to vertices of a block with as many zeros, so that all blocks of one weight
 * and variant have one table of degrees and one sum: starts of slices are exact, and nothing is stored per vertex.
 */
import { hashWords } from '@shared/random/hash-words'
import { Permutation } from '@shared/random/permutation'
import { ZERO, type Kronecker } from './kronecker'

/** Graph500 gives every vertex room for two neighbours. */
const LEAST_SLOTS = 2
/** Blocks of one weight deal chance out in so many ways. */
const VARIANTS = 4
/** From here on Poisson's distribution is as good as normal. */
const MANY = 60

export class Slices {
  /** Slots of the whole array. */
  readonly slots: number
  /** Most slots of one vertex. */
  readonly longest: number
  private readonly lowerBits: number
  /** First slot of each block. */
  private readonly blockStarts: Float64Array
  private readonly tables: readonly BlockTable[]

  constructor(
    private readonly kronecker: Kronecker,
    private readonly seed: number
  ) {
    const { labels, scale } = kronecker
    this.lowerBits = labels.lowerBits
    const kinds = (scale - this.lowerBits + 1) * VARIANTS
    this.tables = Array.from({ length: kinds }, (_, kind) => tableOf(kronecker, kind, seed))
    this.blockStarts = new Float64Array(labels.upperBits.length + 1)
    for (let block = 0; block < labels.upperBits.length; block++) {
      this.blockStarts[block + 1] = this.blockStarts[block] + this.tableFor(block).slots
    }
    this.slots = this.blockStarts[labels.upperBits.length]
    this.longest = Math.max(...this.tables.map(({ longest }) => longest))
  }

  degree(label: number): number {
    return this.tableFor(label >>> this.lowerBits).degrees[this.lowerOf(label)]
  }

  room(label: number): number {
    return Math.max(LEAST_SLOTS, this.degree(label))
  }

  start(label: number): number {
    const block = label >>> this.lowerBits
    return this.blockStarts[block] + this.tableFor(block).starts[this.lowerOf(label)]
  }

  /** One bit for each vertex, 1 where its degree is `least` or more; for graphs of 2^10 vertices and more. */
  withDegree(least: number): Int32Array {
    const words = 2 ** this.lowerBits / 32
    const set = new Int32Array((this.blockStarts.length - 1) * words)
    const masks = new Map<BlockTable, Int32Array>()
    for (let block = 0; block < this.blockStarts.length - 1; block++) {
      const table = this.tableFor(block)
      const mask = masks.get(table) ?? maskOf(table.degrees, least)
      masks.set(table, mask)
      set.set(mask, block * words)
    }
    return set
  }

  private lowerOf(label: number): number {
    return label & (2 ** this.lowerBits - 1)
  }

  private tableFor(block: number): BlockTable {
    const ones = onesIn(this.kronecker.labels.upperBits[block])
    return this.tables[ones * VARIANTS + (hashWords(this.seed, 1, block) % VARIANTS)]
  }
}

/** Degrees, and first slots from that of the block, by the lower part of the label. */
interface BlockTable {
  readonly degrees: Int32Array
  readonly starts: Float64Array
  readonly slots: number
  readonly longest: number
}

function tableOf({ labels, scale, edges }: Kronecker, kind: number, seed: number): BlockTable {
  const count = labels.lowerLabel.length
  const degrees = new Int32Array(count)
  const starts = new Float64Array(count)
  const upperOnes = Math.floor(kind / VARIANTS)
  const byOnes = Array.from({ length: labels.lowerBits + 1 }, () => [] as number[])
  for (let label = 0; label < count; label++) byOnes[onesIn(labels.lowerOf[label])].push(label)
  byOnes.forEach((alike, lowerOnes) => {
    const ones = upperOnes + lowerOnes
    const mean = 2 * edges * ZERO ** (scale - ones) * (1 - ZERO) ** ones
    const turn = new Permutation(alike.length, hashWords(seed, kind, lowerOnes))
    const phase = hashWords(~seed, kind, lowerOnes) * 2 ** -32
    alike.forEach((label, i) => (degrees[label] = poisson(mean, (turn.at(i) + phase) / alike.length)))
  })
  let slots = 0
  let longest = 0
  degrees.forEach((degree, label) => {
    starts[label] = slots
    slots += Math.max(LEAST_SLOTS, degree)
    longest = Math.max(longest, degree)
  })
  return { degrees, starts, slots, longest }
}

function maskOf(degrees: Int32Array, least: number): Int32Array {
  const mask = new Int32Array(degrees.length / 32)
  degrees.forEach((degree, label) => {
    if (degree >= least) mask[label >>> 5] |= 1 << (label & 31)
  })
  return mask
}

/** The number at which a Poisson variable's distribution passes `chance`, 0..1. */
function poisson(mean: number, chance: number): number {
  if (mean > MANY) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalQuantile(chance)))
  let term = Math.exp(-mean)
  let count = 0
  for (let sum = term; chance >= sum && term > 0; sum += term) term *= mean / ++count
  return count
}

/** Of the normal distribution, to 0.0005: M. Abramowitz, I. Stegun, "Handbook", 26.2.23. */
function normalQuantile(chance: number): number {
  if (chance > 0.5) return -normalQuantile(1 - chance)
  const t = Math.sqrt(-2 * Math.log(Math.max(chance, 1e-12)))
  const above = 2.515517 + t * (0.802853 + t * 0.010328)
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  return above / below - t
}

export function onesIn(bits: number): number {
  let ones = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) ones++
  return ones
}
