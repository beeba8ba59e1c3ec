/** The walks that most pictures are about, as grids. Where every cell is, is the law of a 2-D walk: row by row. */
import { walkGrid, type CellLook } from './draw-walk'
import type { Paint, TermPicture } from './shapes'

type Look = (row: number, column: number) => CellLook

const grid = (cell: Look, says: string): TermPicture => walkGrid({ cell, says })
/** Number of a cell in the order of the walk, from 1: a row has its four host steps, then the guest's entry. */
const orderOf = (row: number, column: number): number => row * 5 + column + 1

export const TWO_D = grid(
  () => 'read',
  'A walk of two dimensions: each of the guest’s four entries, and the data page, is found by four host steps. With the guest’s entries that is twenty-four reads.'
)

const isDmt: Look = (r, c) => ((r === 3 && c >= 3) || (r === 4 && c === 3) ? 'lit' : 'plain')
export const DMT_WALK = grid(
  isDmt,
  'DMT: of the same grid three cells are read. One host entry says where the guest’s entry is, then the guest’s entry, then the host entry of the data page.'
)
export const PVDMT_WALK = grid(
  (r, c) => ((r === 3 && c === 4) || (r === 4 && c === 3) ? 'lit' : 'plain'),
  'pvDMT: two cells are read, the guest’s last entry and the host’s entry of the data page.'
)
export const FALLBACK_WALK = grid(
  (r, c) => (r < 4 && c === 4 ? 'read' : c === 3 ? 'lit' : 'plain'),
  'A fallback walk: no register covers the guest’s address, so its four entries are read from the root down. The host’s register still serves: one host read finds each of them, and one the data page. That is nine reads.'
)
export const WASTED = grid(
  (r, c) => (r === 3 && c >= 3 ? 'wasted' : r < 3 && c === 4 ? 'read' : c === 3 ? 'lit' : 'plain'),
  'An attempt by register reads two entries in vain, which are crossed out; then the guest’s entries are read from the root down.'
)
export const CACHED = grid(
  (r) => (r < 3 ? 'cached' : 'read'),
  'A walk cache knows the upper rows: their cells are outlines, and the walk begins further down.'
)
export const NESTED_HITS = grid(
  (r, c) => (r < 4 && c < 4 ? 'cached' : 'read'),
  'The nested TLB knows where the guest’s tables are: their host cells are outlines, the guest’s own entries are read. The data page is still found by the host’s table.'
)
export const FAULT = grid(
  (r, c) => (orderOf(r, c) < 15 ? 'read' : orderOf(r, c) === 15 ? 'fault' : 'none'),
  'A walk ends at an entry that is not present, which is marked; the rest is not read.'
)
export const HOST_FAULT = grid(
  (r, c) => (orderOf(r, c) < 24 ? 'read' : orderOf(r, c) === 24 ? 'fault' : 'none'),
  'The last host entry of the data page is missing; the walk ends there.'
)
export const COLD = grid(
  () => 'hit-mem',
  'Every cell of the grid is read from memory, because no cache holds anything yet.'
)
export const ONE_STEP = grid(
  (r, c) => (r === 2 && c === 1 ? 'lit' : 'plain'),
  'One cell of the grid is filled: a step reads one entry.'
)
export const ONE_ROW = grid(
  (r, c) => (r === 0 ? (c === 4 ? 'lit' : 'read') : 'plain'),
  'The first row of the grid: four host steps to find one guest entry, then the entry.'
)
export const SHADOW_WALK = grid(
  (r, c) => (r === 4 ? 'read' : c === 4 ? 'plain' : 'none'),
  'With a shadow table one row of four entries is left; the guest’s own entries are outlines that hardware does not read.'
)
export const HUGE_ROOT = grid(
  (r, c) => (c === 3 && r < 4 ? 'none' : 'read'),
  'The host backs the guest’s tables with 2 MiB pages, so each of their rows is a cell shorter.'
)

const CHEAP: readonly Paint[] = ['hit-pwc', 'hit-l1', 'hit-l2', 'hit-llc', 'hit-mem']
export const ALL_HITS = grid(
  (r, c) => CHEAP[Math.min(4, Math.floor((r + (c > 2 ? c - 1 : 0)) / 2 + (r === 4 ? 1 : 0)))],
  'Cells of a walk in five shades: pale ones were answered near the processor, deep ones by memory.'
)
