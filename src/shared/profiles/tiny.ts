/** A teaching machine: every table fits on a screen, and a few dozen accesses overflow each of them. */
import type { HardwareProfile } from '../model/hardware-profile'

const TEACHING = 'assumed: chosen so that the whole table fits on a screen'
const AS_SKYLAKE = 'assumed: the same as skylake, so that times compare'

export const tiny: HardwareProfile = {
  id: 'tiny',
  title: 'Tiny teaching machine',
  summary: 'TLBs of four entries, walk caches of two, caches of a few KiB: every table fits on a screen',
  hardware: {
    tlb: {
      replacement: 'lru',
      crossing: 'both',
      instruction: {
        '4K': { entries: 4, ways: 2 },
        '2M': { entries: 2, ways: 2 },
        '1G': { entries: 0, ways: 1 }
      },
      data: {
        '4K': { entries: 4, ways: 2 },
        '2M': { entries: 2, ways: 2 },
        '1G': { entries: 1, ways: 1 }
      },
      shared: {
        '4K2M': { entries: 16, ways: 4 },
        '1G': { entries: 2, ways: 2 },
        latencyCycles: 9
      }
    },
    pwc: {
      guest: {
        level2: { entries: 2, ways: 2 },
        level3: { entries: 2, ways: 2 },
        level4: { entries: 2, ways: 2 },
        level5: { entries: 2, ways: 2 }
      },
      host: {
        level2: { entries: 2, ways: 2 },
        level3: { entries: 2, ways: 2 },
        level4: { entries: 2, ways: 2 },
        level5: { entries: 2, ways: 2 }
      },
      latencyCycles: 1,
      replacement: 'lru',
      style: 'x86'
    },
    ntlb: { entries: 4, ways: 4, latencyCycles: 1 },
    cache: {
      l1i: { bytes: 1024, ways: 2, latencyCycles: 4 },
      l1d: { bytes: 1024, ways: 2, latencyCycles: 4 },
      l2: { bytes: 4096, ways: 4, latencyCycles: 14 },
      llc: { bytes: 16 * 1024, ways: 4, latencyCycles: 54 },
      memoryLatencyCycles: 200,
      replacement: 'lru',
      prefetcher: 'none',
      repeatedLine: 'hit',
      straddle: 'lines',
      modify: 'twice'
    }
  },
  sources: {
    'tlb.replacement': AS_SKYLAKE,
    'tlb.crossing': AS_SKYLAKE,
    'pwc.replacement': AS_SKYLAKE,
    'pwc.style': AS_SKYLAKE,
    'cache.replacement': AS_SKYLAKE,
    'cache.prefetcher': AS_SKYLAKE,
    'cache.repeatedLine': AS_SKYLAKE,
    'cache.straddle': AS_SKYLAKE,
    'cache.modify': AS_SKYLAKE,
    'tlb.instruction': TEACHING,
    'tlb.data': TEACHING,
    'tlb.shared.4K2M': TEACHING,
    'tlb.shared.1G': TEACHING,
    'tlb.shared.latencyCycles': AS_SKYLAKE,
    'pwc.guest': TEACHING,
    'pwc.host': TEACHING,
    'pwc.latencyCycles': AS_SKYLAKE,
    'ntlb.entries': TEACHING,
    'ntlb.ways': TEACHING,
    'ntlb.latencyCycles': AS_SKYLAKE,
    'cache.l1i.bytes': TEACHING,
    'cache.l1i.ways': TEACHING,
    'cache.l1d.bytes': TEACHING,
    'cache.l1d.ways': TEACHING,
    'cache.l2.bytes': TEACHING,
    'cache.l2.ways': TEACHING,
    'cache.llc.bytes': TEACHING,
    'cache.llc.ways': TEACHING,
    'cache.l1i.latencyCycles': AS_SKYLAKE,
    'cache.l1d.latencyCycles': AS_SKYLAKE,
    'cache.l2.latencyCycles': AS_SKYLAKE,
    'cache.llc.latencyCycles': AS_SKYLAKE,
    'cache.memoryLatencyCycles': AS_SKYLAKE
  }
}
