/**
 * The walker of a flattened table: like the radix walker, but an entry may name a node that two levels have become,
 * and then one read stands for both. A node of a guest is 512 of its frames: the one that holds the entry is found in
 * the machine like any table page, whether the host keeps them together or not.
 *
 * The walk cache keeps what entries name, as far as there are such entries. Of a table page that is its machine frame;
 * of a guest's node the guest's own frame number, because its pages may lie anywhere in the machine. The nested TLB,
 * or a host walk, finds the page.
 */
import { indexAt, pageFrom } from '@shared/address/address'
import { ACCESSED, NO_EXECUTE_HIGH, PAGE_SIZE_BIT, PRESENT, WRITABLE, entryFrame } from '@shared/arch/entry'
import { NODE_HIGH } from '@shared/arch/folding'
import { RadixStage, type RadixStageParts } from '../walker/radix-stage'
import { FAULT } from '../walker/stage'
import { FLAG_NODE } from '../walker/walk'

/** What the root register and the kernel's index are to hardware. */
export interface FoldedRoot {
  /** First frame of the root. */
  readonly root: number
  /** The root is a node. */
  readonly isNode: boolean
  /** Bits were set in the leaf that maps the page. */
  marked(page: number, bits: number): void
}

export interface FoldedStageParts extends RadixStageParts {
  /** What is loaded now. */
  readonly loaded: () => FoldedRoot
}

/** With the permissions that a walk-cache entry keeps: it names a node. */
const NAMES_NODE = 1 << 2

export class FoldedStage extends RadixStage {
  private readonly loaded: () => FoldedRoot

  constructor(parts: FoldedStageParts) {
    super(parts)
    this.loaded = parts.loaded
  }

  override translate(high: number, low: number, access: number): number {
    const { port, pwc, levels, flags } = this
    const { context } = this.state
    const loaded = this.loaded()
    // The upper level of the table or node to read, and where that begins; -1 where only the machine frame is known.
    let level = levels
    let table = loaded.root
    let isNode = loaded.isNode
    let machine = -1
    let isCached = false
    let allLow = -1
    let anyHigh = 0
    let parent = -1
    let index = 0
    const hit = pwc === null ? 0 : pwc.deepest(high, low, context)
    if (pwc !== null && hit > 0) {
      const { permissions } = pwc
      const known = pwc.frameOf()
      this.noteCached(high, low, hit, known)
      level = hit - 1
      allLow = permissions
      anyHigh = permissions << 31
      isNode = (permissions & NAMES_NODE) !== 0
      table = isNode ? known : -1
      machine = isNode ? -1 : known
      isCached = true
    }
    for (;;) {
      const lower = isNode ? level - 1 : level
      const frame = isNode ? table + indexAt(high, low, level) : table
      if (machine < 0) {
        machine = this.below === null ? frame : this.machineFrameOf(frame, lower)
        if (machine < 0) {
          if (machine === FAULT && parent >= 0) this.blame(parent, index)
          return machine
        }
        if (level < levels && pwc !== null && !isCached) {
          const permissions = (allLow & WRITABLE) | (anyHigh >>> 31) | (isNode ? NAMES_NODE : 0)
          pwc.fill(level + 1, high, low, context, isNode ? table : machine, permissions)
        }
      }
      index = indexAt(high, low, lower)
      port.read(this.layer, lower, machine, frame, index, isNode ? flags | FLAG_NODE : flags)
      const entry = port.low
      if ((entry & PRESENT) === 0) return this.fault(high, low, false)
      if (lower === 1 || (entry & PAGE_SIZE_BIT) !== 0) {
        const lowWord = entry & (allLow | ~WRITABLE)
        const highWord = port.high | (anyHigh & NO_EXECUTE_HIGH)
        return this.leaf(high, low, lower, machine, index, lowWord, highWord, access)
      }
      allLow &= entry
      anyHigh |= port.high
      if ((entry & ACCESSED) === 0) port.mark(machine, index, ACCESSED)
      table = entryFrame(entry, port.high)
      isNode = (port.high & NODE_HIGH) !== 0
      parent = machine
      machine = -1
      isCached = false
      level = lower - 1
    }
  }

  protected override mark(machine: number, index: number, bits: number, high: number, low: number): void {
    this.port.mark(machine, index, bits)
    if (this.port.mayMark) this.loaded().marked(pageFrom(high, low), bits)
  }
}
