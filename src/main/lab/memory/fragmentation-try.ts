import type { FragmentationTry } from '@shared/model/memory-look'
import type { LabSpec } from '@shared/model/spec'

export function fragmentationTry(_spec: LabSpec, _level: number, _lane: number): FragmentationTry {
  throw new Error('not made yet')
}
