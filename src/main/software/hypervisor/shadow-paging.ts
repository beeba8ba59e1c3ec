/**
 * Shadow paging: one table that leads from a process's pages to the machine, the only one that hardware walks. In a
 * nested stack L1 shadows its guest's tables, and L0 shadows L1's; hardware walks the last, so one table stands for all
 * three, and what L1 has to do reaches it through L0.
 */
import { ACCESSED, DIRTY, PRESENT } from '@shared/arch/entry'
import { STORE } from '@shared/model/access'
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { Layer } from '../layer'
import type { FoundEntry } from '../space/page-table'
import { Shadow } from './shadow'
import { allows } from './shadow-leaf'

const EPT_VIOLATIONS = COUNTER_INDEX.eptViolations

export class ShadowPaging extends Shadow {
  protected override readonly tracksDirty = true

  /**
   * A page fault of the guest, which always exits. Where the guest's own table says no, the fault is its: it is
   * injected, and the guest's handler runs. Else A and D are set as hardware would, and the entry is filled.
   */
  override serve(page: number, access: number): void {
    this.bookExit()
    const [guest] = this.chain
    const found = guest.table.find(page)
    if (!allows(found, access)) {
      guest.layer.bookFault()
      guest.handleFault(page, access, (found.low & PRESENT) !== 0)
      return
    }
    this.mark(found, access)
    this.fill(page, access)
  }

  /** L0 takes it; with nesting it reflects it to L1, whose resume is the second exit. */
  override bookExit(): void {
    const { ledger, costs, exits } = this.keeper
    exits.shadow()
    if (this.worker === this.keeper) return ledger.charge(costs.vmExit)
    exits.reflect()
    exits.resume()
    ledger.charge(costs.nestedExit)
  }

  /** In the same exit the hypervisor that lacks memory for its guest finds some. */
  protected override bookMissing(layer: Layer): void {
    const { ledger, costs } = layer
    ledger.counters[EPT_VIOLATIONS]++
    ledger.charge(costs.eptViolation)
  }

  /** Bits of the guest's leaf that hardware would set; the hypervisor's own write is not one to protect against. */
  private mark({ table, index, low, high }: FoundEntry, access: number): void {
    const bits = access === STORE ? ACCESSED | DIRTY : ACCESSED
    if ((low & bits) !== bits) this.chain[0].layer.entries.write(table, index, low | bits, high)
  }
}
