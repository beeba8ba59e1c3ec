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

/** What none of the experiments should inherit from the one before. */
const PLAIN: Partial<Draft> = {
  environment: 'virtualized',
  lanes: ['radix', 'pvdmt'],
  trace: null,
  scenario: null,
  references: 2_000_000,
  warmup: 100_000,
  pageSize: '4K',
  hostPageSize: '4K',
  fragmentation: 0,
  cooperation: true,
  profile: 'skylake'
}

export const EXPERIMENTS: readonly ShippedPreset[] = [
  {
    name: 'GUPS on a laptop',
    text: 'Virtualized, radix beside pvDMT, 4 KiB pages',
    setup: { ...PLAIN, workload: 'gups' },
    footprint: 'laptop'
  },
  {
    name: 'The paper’s virtualized GUPS',
    text: 'The footprint of the paper, 4 KiB pages',
    setup: { ...PLAIN, workload: 'gups' },
    footprint: 'paper'
  },
  {
    name: 'The paper’s Redis with huge pages',
    text: 'Virtualized, transparent huge pages in guest and host',
    setup: { ...PLAIN, workload: 'redis', pageSize: 'thp', hostPageSize: 'thp' },
    footprint: 'paper'
  },
  {
    name: 'A B-tree in a guest inside a guest',
    text: 'Nested, radix beside pvDMT, on a laptop',
    setup: { ...PLAIN, environment: 'nested', workload: 'btree' },
    footprint: 'laptop'
  },
  {
    name: 'A list chased on the tiny machine',
    text: 'Every access walks; small enough to step through',
    setup: {
      ...PLAIN,
      workload: 'pointer-chase',
      footprint: 64 * 2 ** 20,
      references: 20_000,
      warmup: 0,
      profile: 'tiny'
    }
  }
]
