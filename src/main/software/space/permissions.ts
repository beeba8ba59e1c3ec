/** What a leaf entry allows: all protection is in the leaves, which is all that DMT sees. */
import { pagesPerEntry } from '@shared/address/address'
import { COPY_ON_WRITE, NO_EXECUTE_HIGH, WRITABLE, entryFrame, entryHigh } from '@shared/arch/entry'
import type { AddressSpace } from './address-space'
import { eachLeaf } from './table-ranges'
import type { Vma } from './vma-list'

/** Flags of a leaf of the area over these frames: a frame that others map too is copied before it is written. */
function writeFlags(space: AddressSpace, vma: Vma, base: number, frames: number): number {
  if (!vma.writable) return 0
  return space.layer.shares.anyShared(base, frames) ? COPY_ON_WRITE : WRITABLE
}

/** Gives the leaves in [start, end), which all lie in the area, its permissions; how many leaves changed. */
export function grantPermissions(space: AddressSpace, start: number, end: number, vma: Vma): number {
  const { table } = space
  let changed = 0
  eachLeaf(table, start, end, (page, level, at, index, low, high) => {
    const frame = entryFrame(low, high)
    const write = writeFlags(space, vma, frame, pagesPerEntry(level))
    const newLow = (low & ~(WRITABLE | COPY_ON_WRITE)) | write
    const newHigh = entryHigh(frame, !vma.executable)
    if (newLow === low && (newHigh & NO_EXECUTE_HIGH) === (high & NO_EXECUTE_HIGH)) return
    table.write(at, index, newLow, newHigh, level, page)
    changed++
  })
  return changed
}
