import type { ArrayGeometry } from '@shared/model/hardware-profile'
import { HIGH_BITS, LOW_SPAN } from '@shared/address/address'
import { replacementPolicy } from '../replacement'
import type { PolicyName } from '../replacement'
import type { ReplacementPolicy } from '../replacement/replacement'

const INVALID = -1

/** What a slot holds, for panels. */
export interface TaggedEntry {
  readonly slot: number
  readonly set: number
  readonly way: number
  readonly high: number
  readonly low: number
  readonly kind: number
  readonly context: number
  readonly frame: number
  /** 0 = replaced last. */
  readonly age: number
}

/**
 * The set-associative array under every TLB and walk cache: a key finds a frame. A key is a number of up to
 * 45 bits in halves (high 18, low 27 bits), the kind of the entry where one array holds several (0..63), and
 * the context it belongs to (any int32). set = number mod sets, for any whole number of sets. A slot is
 * set * ways + way and stays the same while its entry lives. With 0 entries nothing is ever found.
 */
export class TaggedArray {
  private readonly sets: number
  private readonly ways: number
  /** sets - 1 when a power of two, else -1. */
  private readonly mask: number
  /** By how much one unit of `high` moves the set. */
  private readonly highStep: number
  private readonly lows: Int32Array
  /** high, and the kind above it. */
  private readonly highs: Int32Array
  private readonly contexts: Int32Array
  private readonly frames: Int32Array
  private readonly policy: ReplacementPolicy

  constructor(geometry: ArrayGeometry, policy: PolicyName = 'lru') {
    const { entries, ways } = geometry
    if (entries % ways !== 0) throw new Error('TaggedArray: entries must be a whole number of sets')
    this.sets = entries / ways
    this.ways = ways
    this.mask = (this.sets & (this.sets - 1)) === 0 ? this.sets - 1 : -1
    this.highStep = this.sets > 0 ? LOW_SPAN % this.sets : 0
    this.lows = new Int32Array(entries).fill(INVALID)
    this.highs = new Int32Array(entries)
    this.contexts = new Int32Array(entries)
    this.frames = new Int32Array(entries)
    this.policy = replacementPolicy(policy, this.sets, ways)
  }

  get isAbsent(): boolean {
    return this.sets === 0
  }

  /** The slot of the key, touched; or -1. */
  lookup(high: number, low: number, kind: number, context: number): number {
    if (this.sets === 0) return -1
    const set = this.setOf(high, low)
    const way = this.wayOf(set, high | (kind << HIGH_BITS), low, context)
    if (way < 0) return -1
    this.policy.touch(set, way)
    return set * this.ways + way
  }

  /** The slot of the key, or -1; changes nothing. */
  peek(high: number, low: number, kind: number, context: number): number {
    if (this.sets === 0) return -1
    const set = this.setOf(high, low)
    const way = this.wayOf(set, high | (kind << HIGH_BITS), low, context)
    return way < 0 ? -1 : set * this.ways + way
  }

  /** Puts a frame in under the key, replacing what the key had or else the set's victim. Its slot; -1 when absent. */
  fill(high: number, low: number, kind: number, context: number, frame: number): number {
    if (this.sets === 0) return -1
    const tag = high | (kind << HIGH_BITS)
    const set = this.setOf(high, low)
    const known = this.wayOf(set, tag, low, context)
    const way = known >= 0 ? known : this.policy.victim(set)
    const slot = set * this.ways + way
    this.lows[slot] = low
    this.highs[slot] = tag
    this.contexts[slot] = context
    this.frames[slot] = frame
    this.policy.filled(set, way)
    return slot
  }

  frameAt(slot: number): number {
    return this.frames[slot]
  }

  invalidate(high: number, low: number, kind: number, context: number): void {
    const slot = this.peek(high, low, kind, context)
    if (slot >= 0) this.drop(slot)
  }

  flushContext(context: number): void {
    this.flushContexts(-1, context)
  }

  /** Drops every entry whose context has this value in the bits of the mask. */
  flushContexts(mask: number, value: number): void {
    for (let slot = 0; slot < this.lows.length; slot++)
      if ((this.contexts[slot] & mask) === value) this.drop(slot)
  }

  /** Drops the entry in a slot; a slot without one stays as it is. */
  dropSlot(slot: number): void {
    this.drop(slot)
  }

  flushAll(): void {
    for (let slot = 0; slot < this.lows.length; slot++) this.drop(slot)
  }

  /** Every valid entry in the order of slots. */
  entries(): TaggedEntry[] {
    const slots = Array.from(this.lows.keys()).filter((slot) => this.lows[slot] !== INVALID)
    return slots.map((slot) => this.entryAt(slot))
  }

  private entryAt(slot: number): TaggedEntry {
    const way = slot % this.ways
    const set = (slot - way) / this.ways
    const high = this.highs[slot] & ((1 << HIGH_BITS) - 1)
    const kind = this.highs[slot] >>> HIGH_BITS
    const age = this.policy.ageOf(set, way)
    return {
      slot,
      set,
      way,
      high,
      low: this.lows[slot],
      kind,
      context: this.contexts[slot],
      frame: this.frames[slot],
      age
    }
  }

  private drop(slot: number): void {
    if (this.lows[slot] === INVALID) return
    const way = slot % this.ways
    this.lows[slot] = INVALID
    this.policy.forget((slot - way) / this.ways, way)
  }

  private setOf(high: number, low: number): number {
    return this.mask >= 0 ? low & this.mask : ((high % this.sets) * this.highStep + low) % this.sets
  }

  private wayOf(set: number, tag: number, low: number, context: number): number {
    const lows = this.lows
    const first = set * this.ways
    const end = first + this.ways
    for (let i = first; i < end; i++) {
      if (lows[i] === low && this.highs[i] === tag && this.contexts[i] === context) return i - first
    }
    return -1
  }
}
