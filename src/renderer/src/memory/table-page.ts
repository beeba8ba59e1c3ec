/** One page of a table: which entries lead on, which map a page, and what address an entry begins. */
import { readHex } from '@renderer/walk/input-address'
import type { TableEntryLook, TablePageLook } from '@shared/model/table-look'

export const ENTRIES = 512
const LARGE_PAGE = 1n << 7n

/** An entry of level 1, or one with the page-size bit, maps a page; every other leads to a table. */
export const isLeaf = (entry: TableEntryLook, level: number): boolean =>
  level === 1 || (readHex(entry.entry) & LARGE_PAGE) !== 0n

/** First address that entry `index` covers, as hex text. */
export const addressAt = (page: TablePageLook, index: number): string =>
  '0x' + (readHex(page.start) + BigInt(index) * BigInt(page.bytesPerEntry)).toString(16)

export const entryAt = (page: TablePageLook, index: number): TableEntryLook | null =>
  page.entries.find((entry) => entry.index === index) ?? null

const CELL = 0.86

/** Outlines of cells in rows of `columns`, in units of a cell. */
export const cellsOutline = (indices: readonly number[], columns: number): string =>
  indices
    .map((index) => `M${index % columns} ${Math.floor(index / columns)}h${CELL}v${CELL}h-${CELL}z`)
    .join('')

export const leavesOf = (page: TablePageLook): number[] =>
  page.entries.filter((entry) => isLeaf(entry, page.level)).map(({ index }) => index)

export const tablesOf = (page: TablePageLook): number[] =>
  page.entries.filter((entry) => !isLeaf(entry, page.level)).map(({ index }) => index)

/** The next present entry in that direction, or the same where there is none. */
export function besideEntry(page: TablePageLook, from: number, by: 1 | -1): number {
  const order = page.entries.map(({ index }) => index)
  const next = by > 0 ? order.find((i) => i > from) : order.findLast((i) => i < from)
  return next ?? from
}
