/**
 * Where a step of a walk stands and where it was answered, as one 16-bit number: two walks are of one pattern
 * when these numbers agree.
 *
 * bits 0-2 position in PATTERN_STEPS, 3-5 level, 6-8 and 9-11 level of the L1 and L2 table it serves (0: the
 * data), 12-13 layer, 14 through a register, 15 of the shadow table
 */
import { FLAG_REGISTER, FLAG_SHADOW, FLAG_WASTED, HIT_ZERO, type Walk } from '../hardware/walker/walk'

/** No walk has more steps (walk.ts). */
const MOST_STEPS = 1024
const REGISTER_BIT = 14
const SHADOW_BIT = 15
/** FLAG_SHADOW is bit 3 of the flags. */
const SHADOW_SHIFT = SHADOW_BIT - Math.log2(FLAG_SHADOW)

const HASH_SEED = 0x811c9dc5 | 0
const HASH_PRIME = 0x01000193

/** The codes of one walk after another, in the same memory. */
export class StepCodes {
  readonly codes = new Uint16Array(MOST_STEPS)
  length = 0
  /** Over the codes. */
  hash = 0

  /** Takes the steps of the walk, those of fallen-back attempts aside. */
  read(walk: Walk): void {
    const { codes } = this
    const { hit, level, forLevel1, forLevel2, layer, flags, end } = walk
    let length = 0
    let hash = HASH_SEED
    for (let n = walk.start; n < end; n++) {
      const flag = flags[n]
      if ((flag & FLAG_WASTED) !== 0) continue
      // Of a spared step the other columns say nothing: its place follows from its number.
      const code =
        hit[n] === HIT_ZERO
          ? HIT_ZERO
          : hit[n] |
            (level[n] << 3) |
            (forLevel1[n] << 6) |
            (forLevel2[n] << 9) |
            (layer[n] << 12) |
            ((flag & FLAG_REGISTER) << REGISTER_BIT) |
            ((flag & FLAG_SHADOW) << SHADOW_SHIFT)
      codes[length++] = code
      hash = Math.imul(hash ^ code, HASH_PRIME)
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

export const hitOf = (code: number): number => code & 7
export const levelOf = (code: number): number => (code >> 3) & 7
export const forL1Of = (code: number): number => (code >> 6) & 7
export const forL2Of = (code: number): number => (code >> 9) & 7
export const layerOf = (code: number): number => (code >> 12) & 3
export const isByRegister = (code: number): boolean => ((code >> REGISTER_BIT) & 1) !== 0
