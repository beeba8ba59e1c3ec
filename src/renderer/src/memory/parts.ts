/** Parts of the picture of one layer, and the name by which any of them is found. */
import type { LayerName } from '@shared/model/environment'

/** `frames` are the machine frames of the TEA of that index. */
export type PartKind = 'area' | 'register' | 'tea' | 'frames'

export interface Part {
  readonly layer: LayerName
  readonly kind: PartKind
  readonly index: number
}

export const partKey = ({ layer, kind, index }: Part): string => `${layer}-${kind}-${index}`

export const isSamePart = (a: Part | null, b: Part | null): boolean =>
  a !== null && b !== null && partKey(a) === partKey(b)
