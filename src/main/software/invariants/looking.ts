/** Reads tables without touching anything: no page is backed, nothing is counted. */
import { ENTRIES_PER_TABLE, pagesPerEntry } from '@shared/address/address'
import { PAGE_SIZE_BIT, PRESENT, entryFrame } from '@shared/arch/entry'
import type { PhysicalMemory } from '../../hardware/memory/physical-memory'
import type { Layer } from '../layer'

/** Machine frame behind a frame of layer k, or -1 where nothing backs it. */
export function machineFrameBehind(layers: readonly Layer[], k: number, frame: number): number {
  let f = frame
  for (let j = k - 1; j >= 0 && f >= 0; j--) f = layers[j].space.table.frameOf(f)
  return f
}

export interface TableVisitor {
  /** A table page that maps pages from `page` on. */
  table?(frame: number, level: number, page: number): void
  /** A leaf; `low` and `high` are the words of its entry. */
  leaf?(page: number, frame: number, level: number, low: number, high: number): void
}

export interface TableRoot {
  readonly root: number
  readonly levels: number
}

/** Visits every table page and leaf of a tree whose frames lie in layer k, in the order of pages. */
export function visitTables(
  memory: PhysicalMemory,
  layers: readonly Layer[],
  k: number,
  { root, levels }: TableRoot,
  visitor: TableVisitor
): void {
  const visit = (table: number, level: number, page: number): void => {
    visitor.table?.(table, level, page)
    const machine = machineFrameBehind(layers, k, table)
    if (machine < 0 || !memory.hasContents(machine)) return
    for (let i = 0; i < ENTRIES_PER_TABLE; i++) {
      const low = memory.low(machine, i)
      if ((low & PRESENT) === 0) continue
      const high = memory.high(machine, i)
      const first = page + i * pagesPerEntry(level)
      if (level === 1 || (low & PAGE_SIZE_BIT) !== 0)
        visitor.leaf?.(first, entryFrame(low, high), level, low, high)
      else visit(entryFrame(low, high), level - 1, first)
    }
  }
  visit(root, levels, 0)
}

/** Is every entry of a frame zero? A frame that nothing backs reads as zeros. */
export function isZero(memory: PhysicalMemory, machine: number): boolean {
  if (machine < 0 || !memory.hasContents(machine)) return true
  for (let i = 0; i < ENTRIES_PER_TABLE; i++)
    if (memory.low(machine, i) !== 0 || memory.high(machine, i) !== 0) return false
  return true
}
