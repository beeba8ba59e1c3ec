/** Breaks a huge leaf of a VM's space into 4 KiB leaves over the same frames, so that one of them can go its own way. */
import { alignDown, pagesPerEntry } from '@shared/address/address'
import { NO_EXECUTE_HIGH } from '@shared/arch/entry'
import type { Layer } from '../layer'

const FLAGS = 0xf7f

export function splitLeaf(layer: Layer, p: number): void {
  const { table } = layer.space
  const { level, low, high } = table.find(p)
  if (level === 1) return
  const pages = pagesPerEntry(level)
  const start = alignDown(p, pages)
  const base = table.frameOf(start)
  table.unmap(start)
  for (let i = 0; i < pages; i++)
    table.map(start + i, base + i, 1, low & FLAGS, (high & NO_EXECUTE_HIGH) !== 0)
  layer.ledger.charge(layer.costs.minorFault)
  layer.onRemap(start, pages)
  layer.shootdown()
}
