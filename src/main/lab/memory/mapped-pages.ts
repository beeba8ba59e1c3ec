/** How many pages of each area a layer's table maps, and of those how many are found through a valid register. */
import { pagesPerEntry, pagesPerTable } from '@shared/address/address'
import { machineFrameBehind } from '../../software/invariants/looking'
import type { AddressSpace } from '../../software/space/address-space'
import type { Vma } from '../../software/space/vma-list'
import type { Stack } from '../../software/stack'
import { SLOT_LINKED, slotOf } from '../../software/tea/tea'
import { presentIn, visitTablePages } from './table-pages'

export interface MappedPages {
  readonly mapped: number
  readonly covered: number
}

const size = ({ start, end }: Vma): number => end - start

/**
 * For each area, in the order given; they are all areas of the space but windows. The largest is what the others
 * leave of the pages that the space counts, so that a table of a hundred GiB is not read entry by entry.
 */
export function mappedPages(stack: Stack, space: AddressSpace, vmas: readonly Vma[]): MappedPages[] {
  const largest = vmas.reduce((most, vma, i) => (size(vma) > size(vmas[most]) ? i : most), 0)
  const mapped = vmas.map((vma, i) => (i === largest ? 0 : leavesIn(stack, space, vma, () => true)))
  if (vmas.length > 0) mapped[largest] = space.pagesMapped - mapped.reduce((sum, pages) => sum + pages, 0)
  return vmas.map((vma, i) => ({ mapped: mapped[i], covered: coveredIn(stack, space, vma, mapped[i]) }))
}

function coveredIn(stack: Stack, space: AddressSpace, vma: Vma, mapped: number): number {
  if (!space.teas.registers.enabled || !hasArea(space, vma)) return 0
  return mapped - leavesIn(stack, space, vma, (level, page) => !isCovered(space, level, page))
}

const hasArea = ({ teas }: AddressSpace, { start, end }: Vma): boolean =>
  teas.teas.some((tea) => tea.start < end && tea.start + tea.slots * pagesPerTable(tea.level) > start)

/** The table page at `level` for the page is a slot that a valid register leads to. */
export function isCovered({ teas }: AddressSpace, level: number, page: number): boolean {
  const tea = teas.covering(level, page)
  if (tea === null || tea.register < 0 || tea.states[slotOf(tea, page)] !== SLOT_LINKED) return false
  return teas.registers.valueOf(tea.register) !== null
}

/** Pages of the area that leaves map, of those whose table pages are wanted. */
function leavesIn(
  stack: Stack,
  { layer, table }: AddressSpace,
  vma: Vma,
  isWanted: (level: number, page: number) => boolean
): number {
  let pages = 0
  visitTablePages(
    stack,
    layer.index,
    table,
    {
      table(frame, level, page) {
        if (level === 1 && isWanted(1, page))
          pages += presentIn(stack, machineFrameBehind(stack.layers, layer.index, frame), page, vma)
      },
      huge(page, level) {
        if (isWanted(level, page)) pages += pagesPerEntry(level)
      }
    },
    vma
  )
  return pages
}
