/** A radix table of emulated memory as a page-table dump of the artifact published with DMT. */
import { ENTRIES_PER_TABLE, pagesPerEntry, type Frame } from '@shared/address/address'
import { PRESENT, entryFrame } from '@shared/arch/entry'
import type { EntryMemory } from '../software/space/entry-memory'

const LINES_A_PART = 2048

/** A table and the memory it lies in. Its pages are all of 4 KiB. */
export interface DumpedTable {
  readonly root: Frame
  readonly levels: number
  readonly entries: EntryMemory
}

/** Byte address of a page or frame, in hex without `0x`. */
const address = (number: number): string => (number === 0 ? '0' : number.toString(16) + '000')

/** The mapped pages in their order: page, the tables on the way from the root down, frame. */
function* mappedPages(
  { root, levels, entries }: DumpedTable,
  table: Frame = root,
  level = levels,
  first = 0,
  way: readonly number[] = []
): Generator<readonly number[]> {
  const tables = [...way, table]
  for (let index = 0; index < ENTRIES_PER_TABLE; index++) {
    const low = entries.low(table, index)
    if ((low & PRESENT) === 0) continue
    const frame = entryFrame(low, entries.high(table, index)) as Frame
    const page = first + index * pagesPerEntry(level)
    if (level === 1) yield [page, ...tables, frame]
    else yield* mappedPages({ root, levels, entries }, frame, level - 1, page, tables)
  }
}

function countOf(table: DumpedTable): number {
  let count = 0
  for (const _ of mappedPages(table)) count++
  return count
}

/** The text of the dump in parts: the number of lines, then a line for each page. */
export async function* dumpText(table: DumpedTable): AsyncGenerator<string> {
  yield `${countOf(table)}\n`
  let lines: string[] = []
  for (const row of mappedPages(table)) {
    lines.push(row.map(address).join(',') + '\n')
    if (lines.length < LINES_A_PART) continue
    yield lines.join('')
    lines = []
    await Promise.resolve()
  }
  yield lines.join('')
}
