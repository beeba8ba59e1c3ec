/**
 * A Translation Entry Area: physically contiguous leaf-table pages, in the order of the addresses they map.
 * Slot i is the ordinary radix table page of pages [start + i * c, start + (i+1) * c) with c = 512^level pages.
 */
import { frame, page, pagesPerTable, type Frame, type Page } from '@shared/address/address'
import { counted } from '@shared/format/counted'
import type { Grant } from '../hypervisor/grant'
import type { Vma } from '../space/vma-list'

export type TeaLevel = 1 | 2 | 3

/** All zeros, for whoever asks next. */
export const SLOT_FREE = 0
/** The radix tree links it. */
export const SLOT_LINKED = 1
/** All zeros, kept for the day a huge page of this region is split. */
export const SLOT_DEPOSITED = 2
/** Marked taken although its frame went back to the system: the published kernel's defect, never otherwise. */
export const SLOT_LOST = 3

/** Where an area lies, in pages it maps and slots; also a plan for one. */
export interface TeaSpan {
  readonly start: number
  readonly slots: number
}

export interface Tea {
  /** Level of its tables: 1 for the 4K class, 2 for 2M, 3 for 1G. */
  readonly level: TeaLevel
  /** Place among the areas of its address space; kept as long as it lives. */
  readonly index: number
  start: Page
  slots: number
  /** First frame, in the layer's own physical space (a window frame when granted). */
  base: Frame
  /** Machine-contiguous frames granted by L0; null for an area in the layer's own memory. */
  grant: Grant | null
  /** Register that names it, or -1. */
  register: number
  /** Slots the radix tree links; the others are bubbles, deposits or not touched yet. */
  slotsUsed: number
  deposits: number
  /** Slots lost by the published kernel's defect. */
  lost: number
  /** What each slot is. */
  states: Uint8Array
  /** Memory areas it was made or grown for. Only the published kernel's rule, without inclusion, asks. */
  readonly madeFor: Set<Vma>
  /** Sampled walks in it since the last ranking, and what earlier ones left. */
  walks: number
  score: number
}

/** Pages one slot maps. */
export const reachOf = (tea: { readonly level: number }): number => pagesPerTable(tea.level)

export const teaEnd = (tea: Tea): number => tea.start + tea.slots * reachOf(tea)

export const spanEnd = (span: TeaSpan, level: number): number =>
  span.start + span.slots * pagesPerTable(level)

export const covers = (tea: Tea, p: number): boolean => p >= tea.start && p < teaEnd(tea)

export const overlaps = (tea: Tea, start: number, end: number): boolean =>
  tea.start < end && teaEnd(tea) > start

export const slotOf = (tea: Tea, p: number): number => Math.floor((p - tea.start) / reachOf(tea))

/** Frame of the table page that must serve this page. */
export const slotFrame = (tea: Tea, p: number): Frame => frame(tea.base + slotOf(tea, p))

/** Slots in use or kept for a use. */
export const slotsTaken = (tea: Tea): number => tea.slotsUsed + tea.deposits + tea.lost

/** Changes what the area reaches. Slots keep their pages, so those behind a longer front shift. */
export function resize(tea: Tea, span: TeaSpan): void {
  const states = new Uint8Array(span.slots)
  const shift = (tea.start - span.start) / reachOf(tea)
  const from = Math.max(0, -shift)
  const to = Math.min(tea.slots, span.slots - shift)
  states.set(tea.states.subarray(from, to), from + shift)
  tea.start = page(span.start)
  tea.slots = span.slots
  tea.states = states
  tea.slotsUsed = countOf(states, SLOT_LINKED)
  tea.deposits = countOf(states, SLOT_DEPOSITED)
  tea.lost = countOf(states, SLOT_LOST)
}

function countOf(states: Uint8Array, state: number): number {
  let count = 0
  for (const one of states) if (one === state) count++
  return count
}

/** A number of slots in words: each is a table page. */
export const tablePages = (slots: number): string => counted(slots, 'table page')
