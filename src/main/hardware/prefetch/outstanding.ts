/**
 * The prefetches of one walk that are on their way, or have arrived and wait to be read. A prefetch serves the one read
 * that it was made for: the same entry read for another purpose is another read.
 */
import type { Walk } from '../walker/walk'

const TAKEN = -1
const NONE = -1

export class Outstanding {
  private keys = new Float64Array(256)
  private cycles = new Float64Array(256)
  private depths = new Int32Array(256)
  private used = 0
  private taken = 0

  constructor(private readonly walk: Walk) {}

  /** A walk begins: nothing is on its way. */
  clear(): void {
    this.used = 0
    this.taken = 0
  }

  /** Prefetches that no read of the walk has come for. */
  get unused(): number {
    return this.used - this.taken
  }

  /** The entry arrives when the walk stands where it stands now. */
  add(layer: number, level: number, machineFrame: number, index: number): void {
    if (this.used === this.keys.length) this.grow()
    const n = this.used++
    this.keys[n] = this.keyOf(layer, level, machineFrame, index)
    this.cycles[n] = this.walk.cycles
    this.depths[n] = this.walk.criticalReferences
  }

  /** The prefetch that was made for a read of this entry now, or -1. */
  find(layer: number, level: number, machineFrame: number, index: number): number {
    const { keys, used } = this
    if (used === 0) return NONE
    const key = this.keyOf(layer, level, machineFrame, index)
    for (let n = 0; n < used; n++) if (keys[n] === key) return n
    return NONE
  }

  cyclesAt(n: number): number {
    return this.cycles[n]
  }

  /** Dependent reads before it and with it. */
  depthAt(n: number): number {
    return this.depths[n]
  }

  /** Its read has come. */
  take(n: number): void {
    this.keys[n] = TAKEN
    this.taken++
  }

  /** Frame 31 bits, index 9, layer 2, level 3, and twice 3 for the table levels that are served: a whole number. */
  private keyOf(layer: number, level: number, machineFrame: number, index: number): number {
    const { serving } = this.walk
    const purpose = (layer < 1 ? serving[1] : 0) | (layer < 2 ? serving[2] << 3 : 0)
    return machineFrame * 2 ** 20 + ((index << 11) | (layer << 9) | (level << 6) | purpose)
  }

  private grow(): void {
    const wider = <T extends Float64Array | Int32Array>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    const length = this.used * 2
    this.keys = wider(this.keys, new Float64Array(length))
    this.cycles = wider(this.cycles, new Float64Array(length))
    this.depths = wider(this.depths, new Int32Array(length))
  }
}
