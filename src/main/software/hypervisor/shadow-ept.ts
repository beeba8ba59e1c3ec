/**
 * EPT02: the table L0 keeps for a nested guest, combining what L1 maps (EPT12) with what L0 maps (EPT01), so that
 * hardware walks two dimensions and not three.
 */
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { Layer } from '../layer'
import type { AddressSpace } from '../space/address-space'
import type { TableSupport } from '../space/table-support'
import { Shadow } from './shadow'

const EPT_VIOLATIONS = COUNTER_INDEX.eptViolations
const NESTED_EPT_VIOLATIONS = COUNTER_INDEX.nestedEptViolations

export class ShadowEpt extends Shadow {
  protected override readonly tracksDirty = false

  constructor(
    chain: readonly AddressSpace[],
    levels: 4 | 5,
    /** Only what nothing else serves is combined. */
    private readonly isOnDemand: () => boolean,
    support: TableSupport | null = null
  ) {
    super(chain, levels, support)
  }

  /**
   * An EPT02 violation: one exit to L0, which combines the two mappings. What L0 lacks it makes in the same exit;
   * what L1 lacks it reflects, and L1's resume is one exit more.
   */
  override serve(page: number, access: number): void {
    const { ledger, costs, exits } = this.keeper
    exits.violation()
    ledger.counters[EPT_VIOLATIONS]++
    ledger.charge(costs.nestedExitByL0)
    // Where registers come first, they may find at the retry what L1 maps now; else the walk ends here once more.
    if (this.isOnDemand() && !this.isMappedBehind(page)) this.mapBehind(page, access)
    else this.fill(page, access)
  }

  /** L1 writes a table of EPT12 that L0 protects, or executes INVEPT. */
  override bookExit(): void {
    const { ledger, costs, exits } = this.keeper
    exits.shadow()
    ledger.charge(costs.vmExit)
  }

  protected override bookMissing(layer: Layer): void {
    const { ledger, costs, exits } = this.keeper
    if (layer === this.keeper) return ledger.charge(costs.eptViolation)
    ledger.counters[NESTED_EPT_VIOLATIONS]++
    exits.reflect()
    exits.resume()
    ledger.charge(costs.nestedExit)
  }
}
