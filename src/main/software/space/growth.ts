/** The area an access belongs to: the one around it, a stack that grows down to it, or one that is widened to it. */
import { page as pageNumber } from '@shared/address/address'
import { FETCH, STORE } from '@shared/model/access'
import type { AddressSpace } from './address-space'
import { grantPermissions } from './permissions'
import type { Vma } from './vma-list'

/** An access this close to a known area belongs to it: stacks and heaps grow. 1 MiB. */
const GROWTH_REACH_PAGES = 256

/** Linux, RLIMIT_STACK: 8 MiB. */
const LARGEST_STACK_PAGES = 2048
/** Pages that stay free below a stack (Linux mm/mmap.c, stack_guard_gap). */
const STACK_GUARD_PAGES = 256

export function areaFor(space: AddressSpace, page: number, access: number): Vma {
  const vma = space.vmas.find(page) ?? grownStack(space, page)
  return vma !== null && fits(vma, access) ? vma : widened(space, page, access, vma)
}

function grownStack({ vmas, teas }: AddressSpace, page: number): Vma | null {
  const stack = vmas.next(page)
  if (!stack?.growsDown || stack.end - page > LARGEST_STACK_PAGES) return null
  const floor = vmas.floorOf(page)
  if (floor > 0 && page - floor < STACK_GUARD_PAGES) return null
  const before = stack.start
  stack.start = pageNumber(page)
  teas.settle(page, before)
  return stack
}

/** The memory map was wrong: it is made to fit what the stream does. */
function widened(space: AddressSpace, page: number, access: number, vma: Vma | null): Vma {
  const { layer, vmas } = space
  if (!space.mayWiden) throw new Error(`AddressSpace: ${layer.name} has no memory slot for page ${page}`)
  layer.ledger.count('mapMismatches')
  const wider = vma ?? vmas.widen(pageNumber(page), GROWTH_REACH_PAGES)
  const gains = access === STORE ? !wider.writable : access === FETCH && !wider.executable
  if (access === STORE) wider.writable = true
  if (access === FETCH) wider.executable = true
  if (gains) widenLeaves(space, wider)
  layer.event('map-mismatch', `${wider.name} was widened by an access`, 1, 0)
  return wider
}

/**
 * Gives all leaves of an area its permissions, not only the one that was asked for: what a page allows must not
 * depend on the page sizes that a lane found contiguity for.
 */
function widenLeaves(space: AddressSpace, vma: Vma): void {
  grantPermissions(space, vma.start, vma.end, vma)
  space.layer.shootdown(space, vma.start, vma.end - vma.start)
  space.layer.onProtect()
}

/** Whether the area allows the access. */
export const fits = (vma: Vma | null, access: number): boolean =>
  vma !== null && (access !== STORE || vma.writable) && (access !== FETCH || vma.executable)
