import type { CacheGeometry } from '@shared/model/hardware-profile'
import { LINES_PER_FRAME } from '@shared/address/address'
import { replacementPolicy } from '../replacement'
import type { PolicyName } from '../replacement'
import type { ReplacementPolicy } from '../replacement/replacement'

const INVALID = -1
const LINE_BYTES = 64

/**
 * One physically indexed cache of 64-byte lines. A line is named by its machine frame (0..2^31-1) and its
 * place in the frame (0..63), because its number, frame * 64 + line, does not fit 32 bits; set = that number
 * mod sets, for any whole number of sets. Presence only: no data, no dirty state.
 */
export class Cache {
  private readonly sets: number
  private readonly ways: number
  private readonly tags: Int32Array
  /** Line within the frame, where the set does not tell it: sets that are no multiple of 64. */
  private readonly lines: Uint8Array | null
  private readonly policy: ReplacementPolicy
  /** Groups of 64 sets: a frame lies in one group when sets is a multiple of 64, else sets itself. */
  private readonly modulus: number
  /** modulus - 1 when a power of two, else -1. */
  private readonly mask: number

  constructor(geometry: CacheGeometry, policy: PolicyName = 'lru') {
    this.ways = geometry.ways
    this.sets = geometry.bytes / (LINE_BYTES * geometry.ways)
    if (!Number.isInteger(this.sets)) throw new Error('Cache: bytes must be a whole number of sets')
    const framesFillGroups = this.sets % LINES_PER_FRAME === 0
    this.modulus = framesFillGroups ? this.sets / LINES_PER_FRAME : this.sets
    this.mask = (this.modulus & (this.modulus - 1)) === 0 ? this.modulus - 1 : -1
    this.tags = new Int32Array(this.sets * this.ways).fill(INVALID)
    this.lines = framesFillGroups ? null : new Uint8Array(this.sets * this.ways)
    this.policy = replacementPolicy(policy, this.sets, this.ways)
  }

  /** Is the line here? A hit touches it; on a miss it comes in, and what it replaces is dropped. */
  access(frame: number, line: number): boolean {
    const set = this.setOf(frame, line)
    const way = this.wayOf(set, frame, line)
    if (way >= 0) {
      this.policy.touch(set, way)
      return true
    }
    this.fill(set, frame, line)
    return false
  }

  /** The same question, for panels: changes nothing. */
  contains(frame: number, line: number): boolean {
    return this.wayOf(this.setOf(frame, line), frame, line) >= 0
  }

  private fill(set: number, frame: number, line: number): void {
    const way = this.policy.victim(set)
    this.tags[set * this.ways + way] = frame
    if (this.lines !== null) this.lines[set * this.ways + way] = line
    this.policy.filled(set, way)
  }

  private setOf(frame: number, line: number): number {
    const group = this.mask >= 0 ? frame & this.mask : frame % this.modulus
    const place = group * LINES_PER_FRAME + line
    return this.lines === null ? place : place % this.sets
  }

  /** The way that holds the line, or -1. */
  private wayOf(set: number, frame: number, line: number): number {
    const tags = this.tags
    const first = set * this.ways
    const end = first + this.ways
    for (let i = first; i < end; i++) {
      if (tags[i] === frame && (this.lines === null || this.lines[i] === line)) return i - first
    }
    return -1
  }
}
