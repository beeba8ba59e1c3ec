/** What the fake lab offers: few designs, one profile, enough for every rule of the window to apply to something. */
import type { Catalogue, DesignInfo } from '@shared/model/catalogue'
import { ENVIRONMENTS, type Environment } from '@shared/model/environment'
import type { HardwareParameters } from '@shared/model/hardware-profile'

const array = (entries: number, ways: number) => ({ entries, ways })
const tlb = { '4K': array(64, 4), '2M': array(32, 4), '1G': array(4, 4) }
const pwc = { level2: array(32, 4), level3: array(4, 4), level4: array(4, 4), level5: array(0, 1) }
const cache = (bytes: number, ways: number, latencyCycles: number) => ({ bytes, ways, latencyCycles })
export const HARDWARE: HardwareParameters = {
  tlb: {
    replacement: 'lru',
    crossing: 'both',
    instruction: tlb,
    data: tlb,
    shared: { '4K2M': array(1536, 12), '1G': array(16, 4), latencyCycles: 7 }
  },
  pwc: { guest: pwc, host: pwc, latencyCycles: 1, replacement: 'lru', style: 'x86' },
  ntlb: { entries: 16, ways: 16, latencyCycles: 1 },
  cache: {
    l1i: cache(32768, 8, 4),
    l1d: cache(32768, 8, 4),
    l2: cache(1048576, 16, 14),
    llc: cache(11 * 2097152, 11, 54),
    memoryLatencyCycles: 200,
    replacement: 'lru',
    prefetcher: 'none',
    repeatedLine: 'hit'
  }
}

const design = (
  id: string,
  title: string,
  environments: readonly Environment[],
  hasRegisters: boolean,
  refusal: string | null = null
): DesignInfo => ({
  id,
  title,
  summary: title,
  paper: null,
  environments,
  hasRegisters,
  refusal,
  story: { how: title, otherwise: title, notes: [] }
})

export const CATALOGUE: Catalogue = {
  version: '0.1.0',
  host: 'web',
  designs: [
    design('radix', 'Radix, 2-D walk', ENVIRONMENTS, false),
    design(
      'radix-3d',
      'Radix, 3-D walk',
      ['nested'],
      false,
      'a third dimension exists only when guests nest'
    ),
    design('dmt', 'DMT', ENVIRONMENTS, true),
    design(
      'pvdmt',
      'pvDMT',
      ['virtualized', 'nested'],
      true,
      'with no host there is nobody to cooperate with'
    ),
    {
      ...design('folded', 'Folded tables', ENVIRONMENTS, false),
      lacks: { pageSizes: ['1G'], why: 'a node has no entry of that size' }
    },
    design('ideal', 'Ideal', ENVIRONMENTS, false)
  ],
  workloads: [
    {
      id: 'gups',
      title: 'GUPS, random updates',
      summary: 'uniformly random updates of one table',
      story: [],
      presets: { paper: 128 * 2 ** 30, laptop: 4 * 2 ** 30 },
      knobs: []
    },
    {
      id: 'sequential',
      title: 'Sequential',
      summary: 'one sweep after another',
      story: [],
      presets: null,
      knobs: []
    }
  ],
  scenarios: [{ id: 'churn', title: 'Churn', summary: 'what do updates of tables cost?', cpus: 1 }],
  traceFormats: [],
  profiles: [{ id: 'skylake', title: 'Skylake', summary: 'a server core', hardware: HARDWARE, sources: {} }]
}
