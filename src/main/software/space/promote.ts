/** Making huge pages of small ones, as khugepaged does (Linux mm/khugepaged.c). */
import { alignDown, alignUp, pagesPerEntry, type Frame } from '@shared/address/address'
import { ACCESSED, DIRTY, USER, WRITABLE, entryFrame } from '@shared/arch/entry'
import type { AddressSpace } from './address-space'
import { Gather } from './gather'
import { clearLeaves, eachLeaf } from './table-ranges'
import type { Vma } from './vma-list'

const REGION = pagesPerEntry(2)
/** Most shared pages of a huge page to be (Linux, khugepaged max_ptes_shared). */
const MAX_SHARED = REGION / 2

/**
 * Scans so many pages from where the last scan ended and makes a huge page of every region that allows it; at most
 * `maxNone` of its pages may be unmapped. Returns how many were made.
 */
export function scan(space: AddressSpace, pages: number, maxNone: number): number {
  let made = 0
  let isSecondRound = false
  for (let budget = pages; budget > 0; budget -= REGION) {
    const region = nextRegion(space, space.scannedTo)
    if (region < 0) {
      space.scannedTo = 0
      if (isSecondRound || nextRegion(space, 0) < 0) break
      isSecondRound = true
      continue
    }
    space.scannedTo = region + REGION
    if (promote(space, region, maxNone)) made++
  }
  return made
}

/** First page of the next region at or after the page that an area holds whole; -1 when there is none. */
function nextRegion({ vmas }: AddressSpace, from: number): number {
  for (const vma of vmas.within(from, Infinity)) {
    const region = alignUp(Math.max(from, vma.start), REGION)
    if (vma.huge !== 'never' && region + REGION <= vma.end) return region
  }
  return -1
}

/** Every region in the range that an area holds whole, whatever is mapped there. */
export function collapse(space: AddressSpace, start: number, pages: number): void {
  const end = alignDown(start + pages, REGION)
  for (let region = alignUp(start, REGION) as number; region < end; region += REGION)
    promote(space, region, REGION - 1)
}

/**
 * The region's small pages become one huge page. Their entries go first and are flushed, for a fetch through a
 * register does not look at the entry above; then the pages are copied, and the leaf takes the table's place.
 */
export function promote(space: AddressSpace, region: number, maxNone: number): boolean {
  return space.policy !== '4K' && join(space, region, maxNone)
}

/** The same whatever pages the space is mapped by as a rule. */
export function join(space: AddressSpace, region: number, maxNone: number): boolean {
  const { layer } = space
  const vma = space.vmas.find(region)
  if (vma === null || !isPromotable(space, region, vma, maxNone)) return false
  const base = layer.allocateHugeFrame()
  if (base < 0) return false
  const gather = new Gather(space)
  const flags = clearRegion(space, region, gather)
  layer.invalidate(space, region, REGION)
  const table = install(space, region, base, flags, vma)
  layer.shootdown(space, region, REGION)
  if (space.deposits) space.deposits.keep(region, table)
  else space.freeTable(1, region, table)
  gather.giveBack()
  book(space, vma, gather.pages)
  return true
}

function book(space: AddressSpace, vma: Vma, copied: number): void {
  const { ledger, costs } = space.layer
  const cycles = copied * costs.copyPage + (REGION - copied) * costs.zeroPage
  space.pagesMapped += REGION - copied
  ledger.count('hugePromotions')
  space.layer.event('huge-promote', `small pages of ${vma.name} became a huge page`, REGION, cycles)
}

function isPromotable(space: AddressSpace, region: number, vma: Vma, maxNone: number): boolean {
  if (region < vma.start || region + REGION > vma.end || space.table.tableOf(region, 1) < 0) return false
  let present = 0
  let shared = 0
  eachLeaf(space.table, region, region + REGION, (_page, _level, _table, _index, low, high) => {
    present++
    if (space.layer.shares.isShared(entryFrame(low, high))) shared++
  })
  return present > 0 && REGION - present <= maxNone && shared <= MAX_SHARED
}

/** Makes the region's entries non-present; returns what the huge leaf remembers of them. */
function clearRegion(space: AddressSpace, region: number, gather: Gather): number {
  let flags = 0
  eachLeaf(space.table, region, region + REGION, (_page, _level, _table, _index, low) => {
    flags |= low
  })
  clearLeaves(space.table, region, region + REGION, (_page, frame) => gather.addFrames(frame, 1))
  return flags & (ACCESSED | DIRTY)
}

/** The huge leaf takes the place of the table page, which is returned. */
function install(space: AddressSpace, region: number, base: number, flags: number, vma: Vma): Frame {
  const write = vma.writable ? WRITABLE : 0
  const table = space.table.joinLeaves(region, base, USER | write | flags, !vma.executable)
  space.layer.own(base, REGION, region - (vma.movedBy ?? 0), space.salt)
  space.oracle?.set(region, base, REGION)
  return table
}
