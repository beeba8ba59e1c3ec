/**
 * Walk caches as what runs beside a walk uses them: it asks what they know, and leaves them as they are for the walk.
 */
import type { Context } from '@shared/arch/context'
import { NestedTlb } from '../pwc/nested-tlb'
import { PageWalkCache } from '../pwc/page-walk-cache'
import type { WalkCaches } from '../walker/walk-caches'

const NOTHING = { entries: 0, ways: 1 }
const NO_LEVEL = { level2: NOTHING, level3: NOTHING, level4: NOTHING, level5: NOTHING }

class LookingWalkCache extends PageWalkCache {
  constructor(private readonly real: PageWalkCache) {
    super(NO_LEVEL, 5)
  }

  override deepest(high: number, low: number, context: Context): number {
    const level = this.real.peek(high, low, context)
    this.permissions = this.real.permissions
    return level
  }

  override frameOf(): number {
    return this.real.frameOf()
  }

  override fill(): void {
    // The walk fills it.
  }
}

class LookingNestedTlb extends NestedTlb {
  constructor(private readonly real: NestedTlb) {
    super(NOTHING)
  }

  override lookup(frame: number, context: Context): number {
    return this.real.peek(frame, context)
  }

  override fill(): void {
    // The walk fills it.
  }
}

/** The same caches, for looking. Flushes are the real ones'. */
export function lookingCaches(real: WalkCaches): WalkCaches {
  const leave = (): void => undefined
  return {
    pwc: real.pwc.map((cache) => new LookingWalkCache(cache)),
    ntlb: real.ntlb.map((cache) => cache && new LookingNestedTlb(cache)),
    eager: real.eager,
    gtea: real.gtea,
    own: real.own,
    pwcLatency: real.pwcLatency,
    ntlbLatency: real.ntlbLatency,
    flushVpid: leave,
    flushContext: leave,
    flushAll: leave
  }
}
