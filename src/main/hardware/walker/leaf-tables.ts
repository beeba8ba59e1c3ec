/**
 * Where the leaf tables of one layer lie, remembered for 2 MiB at a time: good guesses for reading entries ahead
 * of a walk. Not hardware: nothing here is counted, and what it says is never a translation, for a table may
 * have moved since.
 */
import { ENTRIES_PER_TABLE, LOW_BITS, frameHigh, frameLow, indexAt } from '@shared/address/address'
import { PAGE_SIZE_BIT, PRESENT, entryFrame } from '@shared/arch/entry'
import type { PhysicalMemory } from '../memory/physical-memory'
import type { TranslationState } from './translation-state'

/** 128 GiB apart, addresses share a slot. */
const SLOT_BITS = 16
const SLOT_MASK = 2 ** SLOT_BITS - 1
/** Bits of a page number: those within a leaf table, those of the slot, and the key tells the rest apart. */
const INDEX_BITS = 9
const KEY_LOW_SHIFT = INDEX_BITS + SLOT_BITS
const KEY_BITS = 20
/** Keys of a past generation match none. */
const MOST_GENERATIONS = 2 ** (31 - KEY_BITS)

const NONE = -1
/** Large leaves stand as -2 - (frame of the first page). */
const LARGE = -2

export class LeafTables {
  /** Pairs: key with generation, then the machine frame of the leaf table, or a large leaf. */
  private known = new Int32Array(0)
  private generation = 1

  /** @param below tells where this layer's frames lie; null where they are machine frames */
  constructor(
    private readonly memory: PhysicalMemory,
    private readonly state: Pick<TranslationState, 'root'>,
    private readonly levels: number,
    private readonly below: LeafTables | null
  ) {}

  /** Machine frame of the leaf table of a page; negative where a larger page or nothing is mapped. */
  tableOf(high: number, low: number): number {
    const slot = ((low >>> INDEX_BITS) & SLOT_MASK) << 1
    const key = (this.generation << KEY_BITS) | (high << (LOW_BITS - KEY_LOW_SHIFT)) | (low >>> KEY_LOW_SHIFT)
    return this.known[slot] === key ? this.known[slot | 1] : this.find(slot, key, high, low)
  }

  /** Frame of the page in this layer's space, given what `tableOf` answered; -1 where there is none. */
  frameIn(table: number, low: number): number {
    if (table < 0) return table === NONE ? NONE : LARGE - table + (low & (ENTRIES_PER_TABLE - 1))
    const at = this.memory.positionOf(table, low & (ENTRIES_PER_TABLE - 1))
    const entry = this.memory.word(at)
    return (entry & PRESENT) === 0 ? NONE : entryFrame(entry, this.memory.word(at | 1))
  }

  /** Tables have moved. */
  forget(): void {
    this.generation++
    if (this.generation < MOST_GENERATIONS) return
    this.generation = 1
    this.known.fill(0)
  }

  private find(slot: number, key: number, high: number, low: number): number {
    if (this.known.length === 0) this.known = new Int32Array((SLOT_MASK + 1) * 2)
    const table = this.walk(high, low)
    if (table !== NONE) {
      this.known[slot] = key
      this.known[slot | 1] = table
    }
    return table
  }

  private walk(high: number, low: number): number {
    let table = this.state.root
    for (let level = this.levels; ; level--) {
      const machine = this.machineFrameOf(table)
      if (machine < 0 || level === 1) return machine
      const at = this.memory.positionOf(machine, indexAt(high, low, level))
      const entry = this.memory.word(at)
      if ((entry & PRESENT) === 0) return NONE
      table = entryFrame(entry, this.memory.word(at | 1))
      const within = 2 ** (INDEX_BITS * (level - 1)) - ENTRIES_PER_TABLE
      if ((entry & PAGE_SIZE_BIT) !== 0) return LARGE - (table + (low & within))
    }
  }

  private machineFrameOf(frame: number): number {
    const { below } = this
    if (below === null || frame < 0) return frame
    const [high, low] = [frameHigh(frame), frameLow(frame)]
    return below.machineFrameOf(below.frameIn(below.tableOf(high, low), low))
  }
}
