/**
 * A Translation Entry Area: physically contiguous leaf-table pages, in the order of the addresses they map
 *. Slot i is the ordinary radix table page of pages [start + i * c, start + (i+1) * c)
 * with c = 512^level pages.
 */
import { frame, pagesPerTable, type Frame, type Page } from '@shared/address/address'
import type { Grant } from '../hypervisor/grant'

export interface Tea {
  /** Level of its tables: 1 for the 4K class, 2 for 2M, 3 for 1G. */
  readonly level: 1 | 2 | 3
  readonly start: Page
  readonly slots: number
  /** First frame, in the layer's own physical space (a window frame when granted). */
  base: Frame
  /** Machine-contiguous frames granted by L0; null for an area in the layer's own memory. */
  grant: Grant | null
  /** Register that names it. */
  readonly register: number
  /** Slots the radix tree links; the others are bubbles or not touched yet. */
  slotsUsed: number
}

export const teaEnd = (tea: Tea): number => tea.start + tea.slots * pagesPerTable(tea.level)

export const covers = (tea: Tea, page: number): boolean => page >= tea.start && page < teaEnd(tea)

export const slotOf = (tea: Tea, page: number): number =>
  Math.floor((page - tea.start) / pagesPerTable(tea.level))

/** Frame of the table page that must serve this page. */
export const slotFrame = (tea: Tea, page: number): Frame => frame(tea.base + slotOf(tea, page))
