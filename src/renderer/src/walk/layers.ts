/** Words for layers and levels. In text L0, L1, L2 always mean layers; a table level always says "level". */
import { LAYER_NAMES, type LayerName } from '@shared/model/environment'
import type { WalkRecord } from '@shared/model/walk-record'

/** Intel's names of the entries by level; a host's tables use the same names. Level 0: L0's table of gTEAs. */
const ENTRY_NAMES = ['gTEA', 'PTE', 'PDE', 'PDPTE', 'PML4E', 'PML5E'] as const

export const entryName = (level: number): string => ENTRY_NAMES[level] ?? `level ${level}`

/** Layers that a walk passes, lowest first. L0's shadow tables stand for L1's and L0's own: then L1 is missing. */
export const layersPassed = (record: WalkRecord): LayerName[] =>
  [...new Set(record.steps.map((step) => step.layer))].sort()

const isLayer = (word: string): word is LayerName => LAYER_NAMES.some((layer) => layer === word)

/** Layers whose tables the steps read or were about to read: a fault may end the walk before. */
const layersNamed = (record: WalkRecord): LayerName[] =>
  record.steps.flatMap((step) => [step.layer, step.for.slice(0, 2)]).filter(isLayer)

/** The layer whose virtual addresses the walks translate: L0 native, L1 in a guest, L2 in a guest of a guest. */
export const innermostOf = (records: readonly (WalkRecord | null)[]): LayerName =>
  records.flatMap((record) => (record ? layersNamed(record) : [])).reduce((a, b) => (a > b ? a : b), 'L0')

const ownerWord = (layer: LayerName, innermost: LayerName): string => (innermost === 'L2' ? layer : 'guest')

/** What the addresses are called that `layer` translates from, e.g. `guest virtual address`. */
export function sourceSpace(layer: LayerName, passed: readonly LayerName[]): string {
  const innermost = passed.at(-1) ?? 'L0'
  if (innermost === 'L0') return 'virtual address'
  if (layer === innermost) return `${ownerWord(layer, innermost)} virtual address`
  return `${ownerWord(passed[passed.indexOf(layer) + 1], innermost)} physical address`
}

/** What the addresses are called that `layer` hands out, short enough for a line between two rows. */
export function targetSpace(layer: LayerName, innermost: LayerName): string {
  if (layer === 'L0') return 'machine address'
  return innermost === 'L2' ? `${layer} physical address` : 'guest-physical address'
}
