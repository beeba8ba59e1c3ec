/** Moving an area to other pages, its frames with it (Linux mm/mremap.c). */
import { page as pageNumber, pagesPerEntry, type Level } from '@shared/address/address'
import { NO_EXECUTE_HIGH, PRESENT, entryFrame } from '@shared/arch/entry'
import type { AddressSpace } from './address-space'
import { growArea, settleAreas } from './areas'
import { Gather } from './gather'
import { splitAround, splitHuge } from './huge'
import { eachLeaf, unitsIn } from './table-ranges'
import { freeTables, unmap } from './unmap'
import type { Vma } from './vma-list'

export interface Move {
  readonly start: number
  readonly pages: number
  readonly to: number
  readonly newPages: number
}

const FLAGS = 0xfff
/** Pages that one leaf table maps. */
const SMALL_UNIT = pagesPerEntry(2)

/** @throws when the range is not part of one area, when both ranges overlap, or when growth has no room */
export function move(space: AddressSpace, { start, pages, to, newPages }: Move): void {
  const vma = space.vmas.find(start)
  if (vma === null || start + pages > vma.end)
    throw new Error(`mremap: ${pages} pages from page ${start} are not part of one area`)
  if (to !== start) mustBeApart(start, pages, to, newPages)
  if (newPages < pages) unmap(space, start + newPages, pages - newPages)
  if (to !== start) moveArea(space, start, Math.min(pages, newPages), to, newPages)
  else if (newPages > pages) growAt(space, start + pages, newPages - pages)
}

function mustBeApart(start: number, pages: number, to: number, newPages: number): void {
  if (start < to + newPages && to < start + pages)
    throw new Error(`mremap: the ranges at pages ${start} and ${to} overlap`)
}

function growAt(space: AddressSpace, end: number, by: number): void {
  const vma = space.vmas.find(end - 1)
  if (vma?.end !== end) throw new Error('mremap: only the end of an area can grow in place')
  growArea(space, vma, pageNumber(end + by))
}

function moveArea(space: AddressSpace, start: number, pages: number, to: number, newPages: number): void {
  unmap(space, to, newPages)
  splitAround(space, start)
  splitAround(space, start + pages)
  const [from] = space.vmas.cutOut(start, start + pages)
  const area = { ...from, start: pageNumber(to), end: pageNumber(to + newPages), growsDown: false }
  area.movedBy = movedBy(space, from, to - start)
  space.vmas.add(area)
  const moved = moveLeaves(space, start, start + pages, to - start, area)
  if (moved > 0) space.layer.invalidate(space, start, pages)
  space.vmas.remove(from)
  const gather = new Gather(space)
  freeTables(space, start, start + pages, gather)
  gather.finish(start, pages)
  settleAreas(space, start, start + pages)
  settleAreas(space, to, to + newPages)
}

/**
 * Frames that only this space maps take the tags of their new pages. Where one is shared all keep their tags, and the
 * area remembers by how many pages they lie elsewhere, as Linux keeps vm_pgoff.
 */
function movedBy(space: AddressSpace, from: Vma, by: number): number {
  let isShared = false
  const { shares } = space.layer
  if (shares.any)
    eachLeaf(space.table, from.start, from.end, (_page, level, _table, _index, low, high) => {
      isShared ||= shares.anyShared(entryFrame(low, high), pagesPerEntry(level))
    })
  return isShared ? (from.movedBy ?? 0) + by : 0
}

/**
 * Entries move one by one into the tables of their new pages. A leaf table is never hung elsewhere as a whole: it may
 * be a slot, which serves the pages of its place and no others. Returns how many leaves moved.
 */
function moveLeaves(space: AddressSpace, start: number, end: number, by: number, area: Vma): number {
  let moved = 0
  for (const { page, level } of unitsIn(space.table, start, end))
    moved +=
      level > 1
        ? moveHuge(space, page, by, area)
        : moveSmall(space, Math.max(page, start), Math.min(page + SMALL_UNIT, end), by, area)
  return moved
}

/** Moves a huge leaf as one, or in the smaller ones that it is split into. */
function moveHuge(space: AddressSpace, page: number, by: number, area: Vma): number {
  if (moveWhole(space, page, by, area)) return 1
  const { level } = space.table.find(page)
  splitHuge(space, page)
  if (level === 2) return moveSmall(space, page, page + SMALL_UNIT, by, area)
  let moved = 0
  for (let p = page; p < page + pagesPerEntry(level); p += pagesPerEntry(level - 1))
    moved += moveHuge(space, p, by, area)
  return moved
}

/** A huge leaf stays one where its new place is aligned and holds no table. */
function moveWhole(space: AddressSpace, page: number, by: number, area: Vma): boolean {
  const { table, deposits } = space
  const { level } = table.find(page)
  if (by % pagesPerEntry(level) !== 0) return false
  if (table.tableOf(page + by, (level - 1) as Level) >= 0) return false
  table.makeTable(page + by, level)
  moveLeaf(space, page, by, area)
  if (level === 2 && deposits) {
    deposits.drop(page)
    deposits.keep(page + by)
  }
  return true
}

function moveSmall(space: AddressSpace, start: number, end: number, by: number, area: Vma): number {
  const { table } = space
  let moved = 0
  for (let page = start; page < end; page++) {
    if (table.leafLevelOf(page) === 0) continue
    table.makeTable(page + by, 1)
    moveLeaf(space, page, by, area)
    moved++
  }
  return moved
}

/** The table that takes the entry exists: making it may have moved the page to another frame. */
function moveLeaf(space: AddressSpace, page: number, by: number, area: Vma): void {
  const { table, layer, oracle } = space
  const { level, low, high, table: at, index } = table.find(page)
  if ((low & PRESENT) === 0) return
  const pages = pagesPerEntry(level)
  const frame = entryFrame(low, high)
  table.write(at, index, 0, 0, level, page)
  table.map(page + by, frame, level, low & FLAGS, (high & NO_EXECUTE_HIGH) !== 0)
  oracle?.delete(page, pages)
  oracle?.set(page + by, frame, pages)
  if ((area.movedBy ?? 0) === 0) layer.tag(frame, pages, page + by, space.salt)
}
