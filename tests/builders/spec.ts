/** A whole spec from what a test cares about; everything else is the default. */
import { OFFER } from '@main/lab/catalogue'
import { resolveSpec } from '@main/lab/resolve-spec'
import type { LabSpec } from '@shared/model/spec'

export function aSpec(input: Record<string, unknown> = {}): LabSpec {
  const resolved = resolveSpec(input, OFFER)
  if ('problems' in resolved) throw new Error(resolved.problems.join('; '))
  return resolved.spec
}
