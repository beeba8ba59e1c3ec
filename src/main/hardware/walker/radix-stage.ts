/**
 * The x86-64 radix walker for one layer, of 4 or 5 levels (Intel SDM vol. 3A, 4.5; vol. 3C, 29.3 for EPT).
 *
 * For each level: find the table's machine frame (asking the stage below when the table lies in a guest's
 * space), read the entry there, go on to the next table or stop at a leaf; then translate the leaf's frame by
 * the stage below. With nothing cached, l levels over a stage that costs c cost l * (c + 1) + c references.
 *
 * The walk cache keeps machine frames of tables (combined entries: guest table address already translated), so
 * a hit at level k leaves exactly k - 1 entries of this layer to fetch. The nested TLB keeps machine frames of
 * table pages that no walk cache covers.
 *
 * A page may be written when the entries of all levels have R/W, and executed when none has XD (vol. 3A, 4.6). The
 * walk cache keeps both for the levels it spares. A DMT register reads the leaf alone, which is why the system
 * software keeps upper entries permissive.
 */
import { frameHigh, frameLow, indexAt } from '@shared/address/address'
import type { Context } from '@shared/arch/context'
import { ACCESSED, NO_EXECUTE_HIGH, PAGE_SIZE_BIT, PRESENT, WRITABLE, entryFrame } from '@shared/arch/entry'
import type { NestedTlb } from '../pwc/nested-tlb'
import type { PageWalkCache } from '../pwc/page-walk-cache'
import { LeafStage, type LeafStageParts } from './leaf-stage'
import { FAULT, type Stage } from './stage'
import type { TranslationState } from './translation-state'
import { FLAG_SHADOW, HIT_NTLB, HIT_PWC } from './walk'

export interface RadixStageParts extends LeafStageParts {
  readonly levels: number
  /** Root of the table, and the tag of entries of the page-walk cache: whose addresses it translates. */
  readonly state: Pick<TranslationState, 'root' | 'context'>
  readonly pwc: PageWalkCache | null
  readonly pwcLatency: number
  readonly ntlb: NestedTlb | null
  readonly ntlbLatency: number
  /** Tag of entries of the nested TLB: the virtual machine that the tables lie in. */
  readonly tablesContext: Context
  /** The table is L0's shadow of the two layers above it. */
  readonly isShadow?: boolean
  /** Kept with the permissions of what it fills into the page-walk cache, where it shares that with another table. */
  readonly tableKind?: number
}

export class RadixStage extends LeafStage {
  protected readonly levels: number
  protected readonly pwc: PageWalkCache | null
  private readonly ntlb: NestedTlb | null
  protected override readonly isShadow: boolean
  protected readonly flags: number
  private readonly tableKind: number
  protected readonly state: RadixStageParts['state']
  private readonly tablesContext: Context

  constructor(private readonly parts: RadixStageParts) {
    super(parts)
    this.levels = parts.levels
    this.pwc = parts.pwc
    this.ntlb = parts.ntlb
    this.state = parts.state
    this.tablesContext = parts.tablesContext
    this.isShadow = parts.isShadow ?? false
    this.flags = this.isShadow ? FLAG_SHADOW : 0
    this.tableKind = parts.tableKind ?? 0
  }

  translate(high: number, low: number, access: number): number {
    const { root, context } = this.state
    const hit = this.pwc === null ? 0 : this.pwc.deepest(high, low, context)
    return hit === 0
      ? this.walkFrom(high, low, access, this.levels, root, -1, -1, 0)
      : this.walkCached(high, low, access, hit)
  }

  /** Goes on from the table that the walk cache named just now, by an entry that stands for level `hit`. */
  walkCached(high: number, low: number, access: number, hit: number): number {
    const pwc = this.pwc as PageWalkCache
    const machine = pwc.frameOf()
    const permissions = pwc.permissions
    this.noteCached(high, low, hit, machine)
    return this.walkFrom(high, low, access, hit - 1, -1, machine, permissions, permissions << 31)
  }

  /**
   * Walks from a table page at `level` on.
   * @param table its frame in this layer's space, or -1 where only the machine frame is known
   * @param machine its machine frame, or -1: the stage below says
   * @param allLow of the entries above: every R/W
   * @param anyHigh of the entries above: any XD
   */
  walkFrom(
    high: number,
    low: number,
    access: number,
    level: number,
    table: number,
    machine: number,
    allLow: number,
    anyHigh: number
  ): number {
    const port = this.port
    // The entry that named the table.
    let parent = -1
    let index = 0
    for (;;) {
      if (machine < 0) {
        machine = this.below === null ? table : this.machineFrameOf(table, level)
        if (machine < 0) {
          if (machine === FAULT && parent >= 0) this.blame(parent, index)
          return machine
        }
        if (level < this.levels && this.pwc !== null) {
          const permissions = (allLow & WRITABLE) | (anyHigh >>> 31) | this.tableKind
          this.pwc.fill(level + 1, high, low, this.state.context, machine, permissions)
        }
      }
      index = indexAt(high, low, level)
      port.read(this.layer, level, machine, table, index, this.flags)
      const entry = port.low
      if ((entry & PRESENT) === 0) return this.fault(high, low, false)
      if (level === 1 || (entry & PAGE_SIZE_BIT) !== 0) {
        const lowWord = entry & (allLow | ~WRITABLE)
        const highWord = port.high | (anyHigh & NO_EXECUTE_HIGH)
        return this.leaf(high, low, level, machine, index, lowWord, highWord, access)
      }
      allLow &= entry
      anyHigh |= port.high
      if ((entry & ACCESSED) === 0) port.mark(machine, index, ACCESSED)
      table = entryFrame(entry, port.high)
      parent = machine
      machine = -1
      level--
    }
  }

  /** The walk cache had an entry that stands for level `hit`, and names this frame. */
  protected noteCached(high: number, low: number, hit: number, frame: number): void {
    const index = indexAt(high, low, hit)
    this.port.cached(this.layer, hit, frame, index, HIT_PWC, this.parts.pwcLatency, this.flags)
  }

  /** Where a table page of this layer lies in the machine: the nested TLB, else the stage below. */
  protected machineFrameOf(table: number, level: number): number {
    const below = this.below as Stage
    const serving = this.walk.serving
    serving[this.layer] = level
    const known = this.ntlb === null ? -1 : this.ntlb.lookup(table, this.tablesContext)
    if (known >= 0) {
      this.port.cached(below.layer, 1, known, 0, HIT_NTLB, this.parts.ntlbLatency, 0)
      serving[this.layer] = 0
      return known
    }
    const machine = below.translate(frameHigh(table), frameLow(table), 0)
    serving[this.layer] = 0
    if (machine >= 0 && this.ntlb !== null) this.ntlb.fill(table, this.tablesContext, machine)
    return machine
  }
}
