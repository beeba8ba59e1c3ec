/** Set-ups that come with the lab: machines, and experiments to begin with. */
import type { WorkloadPreset } from '@shared/model/catalogue'
import type { Draft } from '@renderer/stores/setup'

export interface ShippedPreset {
  readonly name: string
  readonly text: string
  readonly setup: Partial<Draft>
  /** The workload's footprint of this name. */
  readonly footprint?: WorkloadPreset
}

/** Only what the accesses run on. */
export const MACHINES: readonly ShippedPreset[] = [
  { name: 'Skylake server', text: 'The default machine', setup: { profile: 'skylake' } },
  {
    name: 'Machine of the artifact',
    text: 'As the simulator published with DMT has it',
    setup: { profile: 'artifact' }
  },
  { name: 'Tiny teaching machine', text: 'Its tables fit on a screen', setup: { profile: 'tiny' } }
]

/** Each says only how it differs from the common ground. */
export const EXPERIMENTS: readonly ShippedPreset[] = [
  {
    name: 'GUPS on a laptop',
    text: 'Virtualized, radix beside pvDMT, 4 KiB pages',
    setup: { workload: 'gups' },
    footprint: 'laptop'
  },
  {
    name: 'The paper’s virtualized GUPS',
    text: 'The footprint of the paper, 4 KiB pages',
    setup: { workload: 'gups' },
    footprint: 'paper'
  },
  {
    name: 'The paper’s Redis with huge pages',
    text: 'Virtualized, transparent huge pages in guest and host',
    setup: { workload: 'redis', pageSize: 'thp', hostPageSize: 'thp' },
    footprint: 'paper'
  },
  {
    name: 'A B-tree in a guest inside a guest',
    text: 'Nested, radix beside pvDMT, on a laptop',
    setup: { environment: 'nested', workload: 'btree' },
    footprint: 'laptop'
  },
  {
    name: 'A list chased on the tiny machine',
    text: 'Every access walks; small enough to step through',
    setup: {
      workload: 'pointer-chase',
      footprint: 64 * 2 ** 20,
      references: 20_000,
      warmup: 0,
      profile: 'tiny'
    }
  }
]
