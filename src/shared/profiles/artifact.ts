/**
 * The machine of the page-walk simulators published with DMT (xlab-uiuc/dmt, simulator-virt and simulator-native, set
 * up by run_common.sh), quirks included: a run gives the histogram of walk steps that these programs give.
 */
import type { HardwareProfile } from '../model/hardware-profile'

const RUN_COMMON = 'xlab-uiuc/dmt, run_common.sh'
const SIMULATOR = 'xlab-uiuc/dmt, cache_simulator.cpp and caching_device.cpp'
const FORMULA = 'xlab-uiuc/dmt, Formula.cs'
const ABSENT = RUN_COMMON + ': absent, the simulator knows pages of 4 KiB'

const walkCache = {
  level2: { entries: 32, ways: 4 },
  level3: { entries: 4, ways: 4 },
  level4: { entries: 2, ways: 1 },
  level5: { entries: 0, ways: 1 }
}

export const artifact: HardwareProfile = {
  id: 'artifact',
  title: 'Artifact of the paper',
  summary:
    'The simulated machine behind the evaluation of DMT, with its quirks: for comparing with its results',
  hardware: {
    tlb: {
      replacement: 'lfu',
      crossing: 'first',
      instruction: {
        '4K': { entries: 128, ways: 8 },
        '2M': { entries: 0, ways: 1 },
        '1G': { entries: 0, ways: 1 }
      },
      data: {
        '4K': { entries: 64, ways: 4 },
        '2M': { entries: 0, ways: 1 },
        '1G': { entries: 0, ways: 1 }
      },
      shared: {
        '4K2M': { entries: 1536, ways: 12 },
        '1G': { entries: 0, ways: 1 },
        latencyCycles: 0
      }
    },
    pwc: {
      guest: walkCache,
      host: walkCache,
      latencyCycles: 1,
      replacement: 'counted-lru',
      style: 'artifact'
    },
    ntlb: { entries: 0, ways: 1, latencyCycles: 1 },
    cache: {
      l1i: { bytes: 32 * 1024, ways: 8, latencyCycles: 4 },
      l1d: { bytes: 32 * 1024, ways: 8, latencyCycles: 4 },
      l2: { bytes: 1024 * 1024, ways: 16, latencyCycles: 14 },
      llc: { bytes: 22 * 1024 * 1024, ways: 11, latencyCycles: 54 },
      memoryLatencyCycles: 200,
      replacement: 'counted-lru',
      prefetcher: 'next-line',
      repeatedLine: 'memory',
      straddle: 'lines',
      modify: 'twice'
    }
  },
  // Formula.cs charges nothing for comparing an address with the registers.
  matchCycles: 0,
  sources: {
    'tlb.replacement': RUN_COMMON,
    'tlb.crossing': SIMULATOR,
    'tlb.instruction.4K': RUN_COMMON,
    'tlb.instruction.2M': ABSENT,
    'tlb.instruction.1G': ABSENT,
    'tlb.data.4K': RUN_COMMON,
    'tlb.data.2M': ABSENT,
    'tlb.data.1G': ABSENT,
    'tlb.shared.4K2M': RUN_COMMON,
    'tlb.shared.1G': ABSENT,
    'tlb.shared.latencyCycles': FORMULA + ': not charged',
    'pwc.guest': RUN_COMMON,
    'pwc.host': RUN_COMMON,
    'pwc.guest.level5': RUN_COMMON + ': absent',
    'pwc.host.level5': RUN_COMMON + ': absent',
    'pwc.latencyCycles': FORMULA,
    'pwc.replacement': SIMULATOR,
    'pwc.style': SIMULATOR,
    ntlb: SIMULATOR + ': absent',
    'cache.l1i': RUN_COMMON + '; latency: Formula.cs',
    'cache.l1d': RUN_COMMON + '; latency: Formula.cs',
    'cache.l2': RUN_COMMON + '; latency: Formula.cs',
    'cache.llc': RUN_COMMON + '; latency: Formula.cs',
    'cache.memoryLatencyCycles': FORMULA,
    'cache.replacement': SIMULATOR,
    'cache.prefetcher': SIMULATOR + ': the tool’s default',
    'cache.repeatedLine': SIMULATOR,
    'cache.straddle': SIMULATOR,
    'cache.modify': SIMULATOR
  }
}
