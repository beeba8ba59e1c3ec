/** The walk caches of one CPU: a page-walk cache for each dimension, a nested TLB for each guest dimension. */
import type { HardwareParameters } from '@shared/model/hardware-profile'
import type { Context } from '@shared/arch/context'
import { GteaCache } from '../registers/gtea-cache'
import { EagerWalkCache } from '../pwc/eager-walk-cache'
import { NestedTlb } from '../pwc/nested-tlb'
import { PageWalkCache } from '../pwc/page-walk-cache'

/** A cache that a design adds to a CPU. What it keeps is tagged by process or virtual machine, as walk caches are. */
export interface TranslationCache {
  flushContext(context: Context): void
  flushVpid(vpid: number): void
  flushAll(): void
}

export class WalkCaches {
  /** By layer: the innermost layer's has the guest geometry, those below it the host's. */
  readonly pwc: readonly PageWalkCache[]
  readonly ntlb: readonly (NestedTlb | null)[]
  /** By layer, in the place of both where the walk style is `artifact`; else empty. */
  readonly eager: readonly EagerWalkCache[]
  /** Entries of the gTEA table; null where walks do not read them, or always do. */
  readonly gtea: GteaCache | null
  /** What the design adds, by layer; empty for most. */
  readonly own: readonly (TranslationCache | null)[]
  readonly pwcLatency: number
  readonly ntlbLatency: number

  /** @param levels of each layer's table, L0 first */
  constructor(
    hardware: HardwareParameters,
    levels: readonly (4 | 5)[],
    gteaEntries = 0,
    own: (layer: number) => TranslationCache | null = () => null
  ) {
    const { pwc } = hardware
    const layers = [...levels.keys()]
    const dimension = (k: number): 'guest' | 'host' => (k === levels.length - 1 ? 'guest' : 'host')
    this.pwc = layers.map((k) => new PageWalkCache(pwc[dimension(k)], levels[k], pwc.replacement))
    this.eager = pwc.style === 'artifact' ? layers.map((k) => new EagerWalkCache(hardware, dimension(k))) : []
    this.ntlb = layers.map((k) =>
      k === 0 || hardware.ntlb.entries === 0 ? null : new NestedTlb(hardware.ntlb, pwc.replacement)
    )
    this.own = layers.map(own)
    this.gtea = gteaEntries > 0 ? new GteaCache(gteaEntries) : null
    this.pwcLatency = hardware.pwc.latencyCycles
    this.ntlbLatency = hardware.ntlb.latencyCycles
  }

  /** Drops what is kept for a virtual machine. Eager caches name no table, so nothing of them is void. */
  flushVpid(vpid: number): void {
    for (const cache of this.pwc) cache.flushVpid(vpid)
    for (const cache of this.ntlb) cache?.flushVpid(vpid)
    for (const cache of this.own) cache?.flushVpid(vpid)
  }

  /** Drops what is kept of a process. What is kept of the virtual machine's memory depends on no process, and stays. */
  flushContext(context: Context): void {
    this.pwc[this.pwc.length - 1].flushContext(context)
    for (const cache of this.own) cache?.flushContext(context)
  }

  /** After system software has moved or removed tables. Eager caches name none, so nothing of them is void. */
  flushAll(): void {
    for (const cache of this.pwc) cache.flushAll()
    for (const cache of this.ntlb) cache?.flushAll()
    for (const cache of this.own) cache?.flushAll()
  }
}
