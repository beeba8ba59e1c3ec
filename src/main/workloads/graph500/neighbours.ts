/**
 * The packed neighbours of a vertex: ascending, each once, itself left out. They are drawn given the bits of the
 * vertex, so both directions of an edge agree in distribution, not one by one.
 */
import { hashWords } from '@shared/random/hash-words'
import { ONE_GIVEN, type Kronecker } from './kronecker'

/** Longer lists are drawn in order instead of sorted. */
const SORTED_AT_MOST = 4096

export class Neighbours {
  private readonly drawn = new Int32Array(SORTED_AT_MOST)

  constructor(
    private readonly kronecker: Kronecker,
    private readonly seed: number
  ) {}

  /** Of a vertex, `degree` of them or fewer. Ends before the next is asked for. */
  of(label: number, degree: number): Iterable<number> {
    return degree <= SORTED_AT_MOST ? this.sorted(label, degree) : this.inOrder(label, degree)
  }

  private *sorted(label: number, degree: number): Iterable<number> {
    const { labels } = this.kronecker
    const bits = labels.bitsOf(label)
    for (let k = 0; k < degree; k++) this.drawn[k] = labels.labelOf(this.kronecker.otherEnd(bits, k))
    const list = this.drawn.subarray(0, degree).sort()
    for (let k = 0; k < degree; k++) {
      if ((k === 0 || list[k] !== list[k - 1]) && list[k] !== label) yield list[k]
    }
  }

  /** One neighbour from each of `degree` equal parts of the distribution over labels. */
  private *inOrder(label: number, degree: number): Iterable<number> {
    const { labels, scale } = this.kronecker
    const bits = labels.bitsOf(label)
    const upper = chancesUpTo(labels.upperBits, bits >>> labels.lowerBits, scale - labels.lowerBits)
    const lower = chancesUpTo(labels.lowerOf, bits & (labels.lowerOf.length - 1), labels.lowerBits)
    let last = -1
    let block = 0
    for (let k = 0; k < degree; k++) {
      const chance = Math.min((k + hashWords(this.seed, label, k) * 2 ** -32) / degree, 1 - 2 ** -40)
      while (upper[block] <= chance && block < upper.length - 1) block++
      const before = block === 0 ? 0 : upper[block - 1]
      const inside = place(lower, (chance - before) / (upper[block] - before))
      const next = block * lower.length + inside
      if (next !== last && next !== label) yield next
      last = next
    }
  }
}

/** Chance that a neighbour's label is at most 0, 1, ..., for one part of the bits. */
function chancesUpTo(bitsOfLabel: Int32Array, given: number, width: number): Float64Array {
  const chances = new Float64Array(bitsOfLabel.length)
  let sum = 0
  bitsOfLabel.forEach((bits, label) => {
    sum += chanceOf(bits, given, width)
    chances[label] = sum
  })
  return chances
}

function chanceOf(bits: number, given: number, width: number): number {
  let chance = 1
  for (let bit = 0; bit < width; bit++) {
    const one = ONE_GIVEN[(given >> bit) & 1]
    chance *= ((bits >> bit) & 1) === 1 ? one : 1 - one
  }
  return chance
}

/** The first entry above `chance`. */
function place(chances: Float64Array, chance: number): number {
  let [low, high] = [0, chances.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (chances[middle] > chance) high = middle
    else low = middle + 1
  }
  return low
}
