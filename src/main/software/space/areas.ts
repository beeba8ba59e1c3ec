/** Areas that come, grow and change what they allow (Linux mm/mmap.c and mm/mprotect.c). */
import { page as pageNumber, type Page } from '@shared/address/address'
import type { AddressSpace } from './address-space'
import { splitAround } from './huge'
import { grantPermissions } from './permissions'
import { unmap } from './unmap'
import type { Vma } from './vma-list'

/** Maps an area in the place of what was there; it becomes one with its neighbours where they are alike. */
export function mapArea(space: AddressSpace, vma: Vma): void {
  unmap(space, vma.start, vma.end - vma.start)
  space.vmas.add(vma)
  settleAreas(space, vma.start, vma.end)
}

/** Moves the end of an area upwards. @throws when another area is in the way */
export function growArea(space: AddressSpace, vma: Vma, end: Page): void {
  const next = space.vmas.next(vma.end)
  if (next && next.start < end)
    throw new Error(`${vma.name} cannot grow by ${end - vma.end} pages: ${next.name} is in the way`)
  const before = vma.end
  vma.end = end
  settleAreas(space, before, end)
}

export interface Permissions {
  readonly writable: boolean
  readonly executable: boolean
}

/** Gives whatever lies in the range other permissions. */
export function protect(space: AddressSpace, start: number, pages: number, to: Permissions): void {
  const end = start + pages
  splitAround(space, start)
  splitAround(space, end)
  let changed = 0
  for (const vma of space.vmas.cutOut(start, end)) {
    vma.writable = to.writable
    vma.executable = to.executable
    changed += grantPermissions(space, vma.start, vma.end, vma)
  }
  if (changed > 0) space.layer.invalidate(space, start, pages)
  settleAreas(space, start, end)
}

/** Says for whatever lies in the range whether huge pages are wanted. */
export function adviseHuge(
  space: AddressSpace,
  start: number,
  pages: number,
  huge: 'always' | 'never'
): void {
  const end = start + pages
  for (const vma of space.vmas.cutOut(start, end)) vma.huge = huge
  settleAreas(space, start, end)
}

/** Areas in the range have changed: alike neighbours become one, and areas of entries follow. */
export function settleAreas(space: AddressSpace, start: number, end: number): void {
  space.vmas.merge(start, end)
  space.teas.settle(pageNumber(start), pageNumber(end))
}
