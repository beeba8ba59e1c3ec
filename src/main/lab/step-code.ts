/**
 * Where a step of a walk stands and where it was answered, as one 16-bit number: two walks are of one pattern when
 * these numbers agree. It is the lower half of the step's word in the walk (walk.ts): how the step was answered, its
 * level, whom it serves, its layer, by which means. A spared step has HIT_ZERO alone.
 */
import { FLAG_REGISTER, FLAG_WASTED, LONGEST_WALK, type Walk } from '../hardware/walker/walk'

const CODE_MASK = 0xffff

const HASH_SEED = 0x811c9dc5 | 0
const HASH_PRIME = 0x01000193

/** The codes of one walk after another, in the same memory. */
export class StepCodes {
  readonly codes = new Uint16Array(LONGEST_WALK)
  length = 0
  /** Over the codes. */
  hash = 0

  /** Takes the steps of the walk, those of fallen-back attempts aside. */
  read(walk: Walk): void {
    const { codes } = this
    const { steps, end } = walk
    let length = 0
    let hash = HASH_SEED
    for (let n = walk.start; n < end; n++) {
      const step = steps[n]
      if ((step & FLAG_WASTED) !== 0) continue
      codes[length++] = step
      hash = Math.imul(hash ^ (step & CODE_MASK), HASH_PRIME)
    }
    this.length = length
    this.hash = hash ^ (hash >>> 15)
  }

  isSame(known: Uint16Array): boolean {
    const { codes, length } = this
    if (known.length !== length) return false
    for (let i = 0; i < length; i++) if (known[i] !== codes[i]) return false
    return true
  }

  copy(): Uint16Array {
    return this.codes.slice(0, this.length)
  }
}

export const isByRegister = (code: number): boolean => (code & FLAG_REGISTER) !== 0
