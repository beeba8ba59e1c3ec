/** VM exits by their cause. What handling costs is charged by whoever handles; trapped VMCS accesses are charged here. */
import type { CostParameters } from '@shared/model/spec'
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { Ledger } from '../ledger/ledger'

const VM_EXITS = COUNTER_INDEX.vmExits
const HYPERCALL_EXITS = COUNTER_INDEX.hypercallExits
const VIOLATION_EXITS = COUNTER_INDEX.eptViolationExits
const RESUME_EXITS = COUNTER_INDEX.resumeExits
const VMCS_EXITS = COUNTER_INDEX.vmcsExits
const SHADOW_EXITS = COUNTER_INDEX.shadowExits
const REFLECTED_EXITS = COUNTER_INDEX.reflectedExits

export class Exits {
  constructor(
    private readonly ledger: Ledger,
    private readonly costs: CostParameters,
    /** Of L1, for each exit of L2 that it handles. */
    private readonly vmcsAccesses: number
  ) {}

  violation(): void {
    this.book(VIOLATION_EXITS)
  }

  /** For the sake of a shadow table, apart from violations. */
  shadow(): void {
    this.book(SHADOW_EXITS)
  }

  /** A call of layer `from` to the layer below it. */
  hypercall(from: number): void {
    this.ledger.count('hypercalls')
    this.ledger.count(from === 1 ? 'hypercallsL1' : 'hypercallsL2')
    this.book(HYPERCALL_EXITS)
  }

  /** L0 hands an exit of L2 to L1, whose accesses to L2's VMCS exit where they are not shadowed. */
  reflect(): void {
    const { ledger, vmcsAccesses } = this
    ledger.counters[REFLECTED_EXITS]++
    if (vmcsAccesses === 0) return
    ledger.counters[VM_EXITS] += vmcsAccesses
    ledger.counters[VMCS_EXITS] += vmcsAccesses
    ledger.charge(vmcsAccesses * this.costs.vmcsAccess)
  }

  /** L1 resumes L2. */
  resume(): void {
    this.book(RESUME_EXITS)
  }

  private book(kind: number): void {
    const { counters } = this.ledger
    counters[VM_EXITS]++
    counters[kind]++
  }
}
