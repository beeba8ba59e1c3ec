/** A small offer of designs, workloads and one profile, for tests that only name things. */
import type { DesignInfo } from '@shared/model/catalogue'
import { ENVIRONMENTS } from '@shared/model/environment'
import type { ArrayGeometry, HardwareParameters, HardwareProfile } from '@shared/model/hardware-profile'

const array = (entries: number, ways: number): ArrayGeometry => ({ entries, ways })
const firstLevel = { '4K': array(64, 4), '2M': array(32, 4), '1G': array(4, 4) }
const walkCache = { level2: array(32, 4), level3: array(4, 4), level4: array(2, 2), level5: array(0, 1) }

export const someHardware: HardwareParameters = {
  tlb: {
    replacement: 'lru',
    crossing: 'both',
    instruction: firstLevel,
    data: firstLevel,
    shared: { '4K2M': array(1536, 12), '1G': array(16, 4), latencyCycles: 7 }
  },
  pwc: { guest: walkCache, host: walkCache, latencyCycles: 1, replacement: 'lru', style: 'x86' },
  ntlb: { entries: 32, ways: 4, latencyCycles: 1 },
  cache: {
    l1i: { bytes: 2 ** 15, ways: 8, latencyCycles: 4 },
    l1d: { bytes: 2 ** 15, ways: 8, latencyCycles: 4 },
    l2: { bytes: 2 ** 20, ways: 16, latencyCycles: 14 },
    llc: { bytes: 22 * 2 ** 20, ways: 11, latencyCycles: 54 },
    memoryLatencyCycles: 200,
    replacement: 'lru',
    prefetcher: 'none',
    repeatedLine: 'hit'
  }
}

const profile = (id: string): HardwareProfile => ({
  id,
  title: id,
  summary: id,
  hardware: someHardware,
  sources: {}
})

const design = (id: string, differences: Partial<DesignInfo> = {}): DesignInfo => ({
  id,
  title: id,
  summary: `what ${id} does`,
  paper: null,
  environments: ENVIRONMENTS,
  refusal: null,
  hasRegisters: false,
  story: { how: id, otherwise: id, notes: [] },
  ...differences
})

export const NOBODY_TO_COOPERATE_WITH = 'with no host there is nobody to cooperate with'

export const someOffer = {
  designs: [
    design('radix'),
    design('radix-3d', { environments: ['nested'], refusal: 'it walks three dimensions' }),
    design('dmt', { hasRegisters: true }),
    design('pvdmt', {
      environments: ['virtualized', 'nested'],
      refusal: NOBODY_TO_COOPERATE_WITH,
      hasRegisters: true
    }),
    design('ideal')
  ],
  workloads: ['gups', 'sequential', 'strided', 'zipf', 'pointer-chase'].map((id) => ({
    story: [],
    presets: null,
    knobs: [],
    id,
    title: id,
    summary: id
  })),
  scenarios: ['churn', 'threads'].map((id) => ({
    id,
    title: id,
    summary: id,
    cpus: id === 'threads' ? 2 : 1
  })),
  profiles: [profile('skylake'), profile('tiny')]
}
