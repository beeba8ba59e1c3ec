/** The walk caches of one CPU: a page-walk cache for each dimension, a nested TLB for each guest dimension. */
import type { HardwareParameters } from '@shared/model/hardware-profile'
import { NestedTlb } from '../pwc/nested-tlb'
import { PageWalkCache } from '../pwc/page-walk-cache'

export class WalkCaches {
  /** By layer: the innermost layer's has the guest geometry, those below it the host's. */
  readonly pwc: readonly PageWalkCache[]
  readonly ntlb: readonly (NestedTlb | null)[]
  readonly pwcLatency: number
  readonly ntlbLatency: number

  constructor(hardware: HardwareParameters, depth: number, levels: 4 | 5) {
    const layers = Array.from({ length: depth }, (_, k) => k)
    this.pwc = layers.map(
      (k) => new PageWalkCache(k === depth - 1 ? hardware.pwc.guest : hardware.pwc.host, levels)
    )
    this.ntlb = layers.map((k) =>
      k === 0 || hardware.ntlb.entries === 0 ? null : new NestedTlb(hardware.ntlb)
    )
    this.pwcLatency = hardware.pwc.latencyCycles
    this.ntlbLatency = hardware.ntlb.latencyCycles
  }

  /** After system software has moved or removed tables. */
  flushAll(): void {
    for (const cache of this.pwc) cache.flushAll()
    for (const cache of this.ntlb) cache?.flushAll()
  }
}
