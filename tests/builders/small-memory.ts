/**
 * Memory of each layer for machines whose process is small: many times what it takes with all its tables, and still
 * with room for ranges of 2 MiB and for what a design takes at once. The usual 2 GiB and more show no other law, and
 * making, filling and checking them would be most of a short test.
 */
import { DEPTH, LAYER_NAMES, type Environment } from '@shared/model/environment'

interface Scene {
  readonly environment?: unknown
  readonly pageSize?: unknown
  readonly hostPageSize?: unknown
}

/**
 * The `memory` of a spec: `mib` for the innermost layer and as much more for each below. Without limits where a policy
 * asks for pages of 1 GiB, which need whole GiB.
 */
export function smallMemory(
  { environment = 'virtualized', pageSize, hostPageSize }: Scene,
  mib: number
): Record<string, unknown> {
  if (pageSize === '1G' || hostPageSize === '1G') return {}
  const depth = DEPTH[environment as Environment]
  const limits = LAYER_NAMES.slice(0, depth).map((name, k) => [name, `${(depth - k) * mib}MiB`] as const)
  return { limits: Object.fromEntries(limits) }
}
