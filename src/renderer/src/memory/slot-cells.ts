/** Slots of a TEA as a strip of few cells: how much of each is linked. */
import { ENTRIES_PER_TABLE, PAGE_BYTES } from '@shared/address/address'
import { PAGES_IN, SIZE_AT_LEVEL } from '@shared/arch/page-size'
import { readHex } from '@renderer/walk/input-address'
import type { TeaLook } from '@shared/model/memory-look'

/** More are too thin to be told apart in the width of a column. */
const STRIP_CELLS = 32
const FULL = 255

/** Shares 0..1 of linked slots, from left to right. */
export function stripOf(tea: Pick<TeaLook, 'slotCells'>, most = STRIP_CELLS): number[] {
  const cells = tea.slotCells
  const count = Math.min(most, cells.length)
  return Array.from({ length: count }, (_, i) => {
    const part = cells.subarray(
      Math.floor((i * cells.length) / count),
      Math.floor(((i + 1) * cells.length) / count)
    )
    return part.reduce((sum, share) => sum + share, 0) / (part.length * FULL)
  })
}

/** A slot that is linked, about the first; 0 where none is. */
export function linkedSlot(tea: Pick<TeaLook, 'slotCells' | 'slots'>): number {
  const cells = tea.slotCells
  const fullest = cells.indexOf(Math.max(...cells, 0))
  if (fullest < 0) return 0
  return Math.min(tea.slots - 1, Math.ceil((fullest * tea.slots) / Math.max(1, cells.length)))
}

/** First address of a slot that is linked, as hex text. */
export function slotAddress(tea: TeaLook): string {
  const size = SIZE_AT_LEVEL[tea.level] ?? '4K'
  const span = BigInt(ENTRIES_PER_TABLE * PAGE_BYTES * PAGES_IN[size])
  const at = readHex(tea.start) / span + BigInt(linkedSlot(tea))
  const first = at * span
  const start = readHex(tea.start)
  return '0x' + (first < start ? start : first).toString(16)
}
