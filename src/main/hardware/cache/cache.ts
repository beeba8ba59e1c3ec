import type { CacheGeometry } from '@shared/model/hardware-profile'
import { LINES_PER_FRAME } from '@shared/address/address'
import type { PolicyName } from '../replacement'
import { tagSets, type TagSets, type Tags } from './tag-sets'

const INVALID = -1
const LINE_BYTES = 64

/** One level of a hierarchy. */
export interface CacheLevel {
  /** Is the line here? A hit touches it; on a miss it comes in, and what it replaces is dropped. */
  access(frame: number, line: number): boolean
  /** The same question, for panels: changes nothing. */
  contains(frame: number, line: number): boolean
  /** Reads what `access` will need ahead of its use; changes nothing. The result means nothing. */
  load(frame: number, line: number): number
}

/** A level that the hardware does not have: it never holds anything. */
const ABSENT: CacheLevel = { access: () => false, contains: () => false, load: () => 0 }

export const cacheLevel = (geometry: CacheGeometry, policy: PolicyName): CacheLevel =>
  geometry.bytes === 0 ? ABSENT : new Cache(geometry, policy)

/**
 * One physically indexed cache of 64-byte lines. A line is named by its machine frame (0..2^31-1) and its
 * place in the frame (0..63), because its number, frame * 64 + line, does not fit 32 bits; set = that number
 * mod sets, for any whole number of sets. Presence only: no data, no dirty state.
 */
export class Cache implements CacheLevel {
  private readonly sets: number
  private readonly ways: number
  /** Where sets are a multiple of 64, the set tells the line within the frame, and the frame is the tag. */
  private readonly framesFillGroups: boolean
  private readonly tags: Tags
  private readonly lines: TagSets
  /** Groups of 64 sets: a frame lies in one group when sets is a multiple of 64, else sets itself. */
  private readonly modulus: number
  /** modulus - 1 when a power of two, else -1. */
  private readonly mask: number

  constructor(geometry: CacheGeometry, policy: PolicyName = 'lru') {
    this.ways = geometry.ways
    this.sets = geometry.bytes / (LINE_BYTES * geometry.ways)
    if (!Number.isInteger(this.sets)) throw new Error('Cache: bytes must be a whole number of sets')
    this.framesFillGroups = this.sets % LINES_PER_FRAME === 0
    this.modulus = this.framesFillGroups ? this.sets / LINES_PER_FRAME : this.sets
    this.mask = (this.modulus & (this.modulus - 1)) === 0 ? this.modulus - 1 : -1
    const TagArray = this.framesFillGroups ? Int32Array : Float64Array
    this.tags = new TagArray(this.sets * this.ways).fill(INVALID)
    this.lines = tagSets(this.tags, this.sets, this.ways, policy)
  }

  access(frame: number, line: number): boolean {
    return this.lines.access(this.setOf(frame, line), this.tagOf(frame, line))
  }

  contains(frame: number, line: number): boolean {
    return this.lines.contains(this.setOf(frame, line), this.tagOf(frame, line))
  }

  load(frame: number, line: number): number {
    return this.lines.load(this.setOf(frame, line))
  }

  private tagOf(frame: number, line: number): number {
    return this.framesFillGroups ? frame : frame * LINES_PER_FRAME + line
  }

  private setOf(frame: number, line: number): number {
    const group = this.mask >= 0 ? frame & this.mask : frame % this.modulus
    const place = group * LINES_PER_FRAME + line
    return this.framesFillGroups ? place : place % this.sets
  }
}
