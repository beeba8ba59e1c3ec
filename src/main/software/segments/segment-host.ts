/**
 * The host's side of HugeGPT: two hypercalls by which a guest has a run of its frames backed with 2 MiB pages, whatever
 * pages the host uses as a rule (xlab-uiuc/hugegpt-linux, mm/hugegpt.c: REQ_MAP and REQ_GATHER).
 */
import { pagesPerEntry } from '@shared/address/address'
import { STORE } from '@shared/model/access'
import type { Layer } from '../layer'
import { NO_SUCH_CALL } from '../hypervisor/gtea-host'
import type { AddressSpace } from '../space/address-space'
import { join } from '../space/promote'

/** Frames that one 2 MiB page of the host backs. */
export const BLOCK = pagesPerEntry(2)

export class SegmentHost {
  constructor(private readonly guest: Layer) {}

  /** Backs the frames, whole and aligned blocks. Null, or why the host will not hear of it. */
  back(base: number, count: number): string | null {
    for (const call of [mapBlock, gatherBlock]) {
      const refusal = this.call()
      if (refusal !== null) return refusal
      for (let f = base; f < base + count; f += BLOCK) call(this.space, f)
    }
    return null
  }

  /** How many of the blocks lie in pages of 2 MiB, or larger ones, of the host. Looking only. */
  hugeBlocks(base: number, count: number): number {
    let huge = 0
    for (let f = base; f < base + count; f += BLOCK) if (this.space.table.leafLevelOf(f) > 1) huge++
    return huge
  }

  /** One exit. */
  private call(): string | null {
    const { guest } = this
    const { host, hypercalls, exits, ledger, costs, index } = guest
    if (!hypercalls.isSupported) return NO_SUCH_CALL
    exits.hypercall(index)
    ledger.charge(costs.hypercall)
    const refusal = host.refusal(0, [index]) ?? this.injected()
    if (refusal === NO_SUCH_CALL) hypercalls.isSupported = false
    if (refusal !== null) ledger.count('hypercallsDenied')
    return refusal
  }

  private injected(): string | null {
    const { host } = this.guest
    const step = host.failAt
    host.failAt = null
    return step === null ? null : `a failure injected at ${step}`
  }

  private get space(): AddressSpace {
    const { below } = this.guest
    if (below === null) throw new Error('SegmentHost: L0 has no layer below it to ask')
    return below.space
  }
}

/** What nothing backs yet gets one page, which is larger still where the host has such pages as a rule. */
function mapBlock(space: AddressSpace, start: number): void {
  if (space.table.leafLevelOf(start) > 0) return
  if (space.policy === '1G') space.handleFault(start, STORE, false)
  else space.mapWhole(start)
}

/** What small pages back becomes one page. */
function gatherBlock(space: AddressSpace, start: number): void {
  if (space.table.leafLevelOf(start) > 1 || space.table.tableOf(start, 1) < 0) return
  // A table may be there without any page.
  space.backing(start)
  join(space, start, BLOCK - 1)
}
