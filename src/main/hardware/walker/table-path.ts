/**
 * The tables that translate a page, found before the walk that is timed. The walk style `artifact` needs it: its
 * walk caches skip levels without naming the table they lead to.
 *
 * Tables of a dump may lie at addresses that are no multiple of a page (frame numbers taken as addresses), so a
 * table is a frame and a slack of whole entries after its start.
 */
import { frameHigh, frameLow, indexAt } from '@shared/address/address'
import { PAGE_SIZE_BIT, PRESENT, entryFrame } from '@shared/arch/entry'
import type { PhysicalMemory } from '../memory/physical-memory'
import type { Stage } from './stage'
import type { TranslationState } from './translation-state'

export interface TablePath {
  /** Level of the leaf. */
  readonly leafLevel: number
  /** Pages by which the page whose indices are walked lies after the one that was found; 0 but for odd dumps. */
  readonly carry: number
  /** Entries between the start of the frame found and of the page that lies there. */
  readonly pageSlack: number
  /** Finds the tables of a page; false when nothing maps it. */
  find(high: number, low: number): boolean
  /** Frame, in its layer's space, of the table read at `level` for the page found; level 1 is the leaf. */
  frame(level: number): number
  /** Entries between the start of that frame and of the table. */
  slack(level: number): number
}

/** The path through the tables of one layer in emulated memory. Looking only. */
export class EmulatedPath implements TablePath {
  private readonly frames = new Int32Array(6)
  readonly carry = 0
  readonly pageSlack = 0
  leafLevel = 1

  /** @param below translates this layer's frames at no cost; null where they are machine frames */
  constructor(
    private readonly memory: PhysicalMemory,
    private readonly state: Pick<TranslationState, 'root'>,
    private readonly levels: number,
    private readonly below: Stage | null
  ) {}

  frame(level: number): number {
    return this.frames[level]
  }

  slack(): number {
    return 0
  }

  find(high: number, low: number): boolean {
    let table = this.state.root
    for (let level = this.levels; ; level--) {
      this.frames[level] = table
      const machine = this.below === null ? table : this.below.translate(frameHigh(table), frameLow(table), 0)
      if (machine < 0) return false
      const at = this.memory.positionOf(machine, indexAt(high, low, level))
      const entry = this.memory.word(at)
      if ((entry & PRESENT) === 0) return false
      this.leafLevel = level
      if (level === 1 || (entry & PAGE_SIZE_BIT) !== 0) return true
      table = entryFrame(entry, this.memory.word(at | 1))
    }
  }
}
