/** The three stacks of system software. A layer is named by its distance from the machine. */

export const ENVIRONMENTS = ['native', 'virtualized', 'nested'] as const
export type Environment = (typeof ENVIRONMENTS)[number]

export const ENVIRONMENT_TITLE: Record<Environment, string> = {
  native: 'Native',
  virtualized: 'Virtualized',
  nested: 'Nested'
}

export const LAYERS = ['L0', 'L1', 'L2'] as const
export type LayerName = (typeof LAYERS)[number]
export const LAYER_NAMES: readonly LayerName[] = LAYERS

/** Layers that translate: 1, 2 or 3. */
export const DEPTH: Record<Environment, 1 | 2 | 3> = { native: 1, virtualized: 2, nested: 3 }

export const LAYER_ROLE: Record<Environment, readonly string[]> = {
  native: ['Operating system'],
  virtualized: ['Host hypervisor', 'Guest OS'],
  nested: ['Host hypervisor', 'Guest hypervisor', 'Nested guest OS']
}

/** How one layer is translated: R radix, D DMT, P cooperative DMT (its TEA lies in machine-contiguous frames). */
export const LAYER_MODES = ['R', 'D', 'P'] as const
export type LayerMode = (typeof LAYER_MODES)[number]
