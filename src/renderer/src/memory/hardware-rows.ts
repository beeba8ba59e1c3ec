/** Entries of translation caches as rows of one table: filtered, in the order of sets and ways, a page at a time. */
import { holdsAll, wordsOf } from '@shared/format/words'
import type { HardwareEntryLook, HardwareTableLook } from '@shared/model/hardware-look'

export interface HardwareRow {
  readonly key: string
  readonly table: HardwareTableLook
  readonly entry: HardwareEntryLook
}

const textOf = ({ table, entry }: HardwareRow): string =>
  [
    table.title,
    entry.context,
    entry.tag,
    entry.value,
    entry.reach,
    `set ${entry.set}`,
    `way ${entry.way}`
  ].join(' ')

/** Every word of the filter must be found in a row. */
export function hardwareRows(tables: readonly HardwareTableLook[], filter: string): HardwareRow[] {
  const words = wordsOf(filter)
  return tables.flatMap((table) =>
    [...table.entries]
      .sort((a, b) => a.set - b.set || a.way - b.way)
      .map((entry) => ({ key: `${table.id}-${entry.set}-${entry.way}`, table, entry }))
      .filter((row) => holdsAll(textOf(row), words))
  )
}

export interface RowPage<T> {
  readonly rows: readonly T[]
  /** Counted from 1; both 0 where there is none. */
  readonly from: number
  readonly to: number
  readonly hasPrevious: boolean
  readonly hasNext: boolean
}

/** A page that is past the end, because rows went, is the last one. */
export function rowPage<T>(rows: readonly T[], page: number, size: number): RowPage<T> {
  const last = Math.max(0, Math.ceil(rows.length / size) - 1)
  const at = Math.min(Math.max(0, page), last) * size
  const shown = rows.slice(at, at + size)
  return {
    rows: shown,
    from: shown.length === 0 ? 0 : at + 1,
    to: at + shown.length,
    hasPrevious: at > 0,
    hasNext: at + size < rows.length
  }
}

/** `64 of 1,536`, for the heads: how full a structure is. */
export const fullness = (table: HardwareTableLook): { used: number; all: number } => ({
  used: table.entries.length,
  all: table.sets * table.ways
})
