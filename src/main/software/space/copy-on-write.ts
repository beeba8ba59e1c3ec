/** The first write to a page that was shared at a fork (Linux mm/memory.c, do_wp_page; huge_memory.c). */
import { pagesPerEntry, type Frame } from '@shared/address/address'
import { COPY_ON_WRITE, DIRTY, NO_EXECUTE_HIGH, WRITABLE, entryFrame } from '@shared/arch/entry'
import { STORE } from '@shared/model/access'
import type { AddressSpace } from './address-space'
import { splitHuge } from './huge'
import type { Vma } from './vma-list'

/**
 * Makes the page writable: as it is when nobody else maps it any more, else as a copy of its own. A huge page of which
 * a part is shared is split first, so that all page sizes copy the same 4 KiB. Returns the level of the leaf.
 */
export function breakCopyOnWrite(space: AddressSpace, page: number, vma: Vma): number {
  const { table, layer } = space
  for (;;) {
    const { level, low, high } = table.find(page)
    const isShared = layer.shares.anyShared(entryFrame(low, high), pagesPerEntry(level))
    if (!isShared) {
      reuse(space, page, low, high)
      return level
    }
    if (level === 1) {
      copy(space, page, vma)
      return 1
    }
    splitHuge(space, page)
  }
}

function reuse({ table, layer }: AddressSpace, page: number, low: number, high: number): void {
  table.setLeafFlags(page, (low & ~COPY_ON_WRITE) | WRITABLE | DIRTY, (high & NO_EXECUTE_HIGH) !== 0)
  layer.ledger.charge(layer.costs.minorFault)
}

function copy(space: AddressSpace, page: number, vma: Vma): void {
  const { table, layer } = space
  const { ledger, costs } = layer
  // The new frame first: to find one, the layer may move pages, this one too.
  const to = layer.allocateFrameFor(page)
  const from = table.frameOf(page) as Frame
  table.unmap(page)
  layer.invalidate(space, page, 1)
  layer.shares.drop(from)
  layer.own(to, 1, page - (vma.movedBy ?? 0), space.salt)
  space.mapFrame(page, to, vma, 1, STORE)
  ledger.count('copyOnWrites')
  layer.event(
    'copy-on-write',
    `a shared page of ${vma.name} was copied`,
    1,
    costs.minorFault + costs.copyPage
  )
}
