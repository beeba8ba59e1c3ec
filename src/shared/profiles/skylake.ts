/** A server core of the Skylake-SP kind, as far as it is documented: the default machine. */
import type { HardwareProfile } from '../model/hardware-profile'

const DMT_ARTIFACT = 'configuration of the simulator published with DMT (xlab-uiuc/dmt, run_common.sh)'
const DMT_LATENCY = 'latencies of the evaluation published with DMT (xlab-uiuc/dmt, Formula.cs)'
const OPTIMIZATION_MANUAL =
  'Intel Optimization Reference Manual, Skylake server TLB table, as cited at community.intel.com'
const HASWELL = 'published TLB structure of Haswell; assumed unchanged'

export const skylake: HardwareProfile = {
  id: 'skylake',
  title: 'Skylake server',
  summary: 'A Skylake-SP core: 1536-entry second-level TLB, 1 MiB of L2, 22 MiB of last-level cache',
  hardware: {
    tlb: {
      replacement: 'lru',
      crossing: 'both',
      instruction: {
        '4K': { entries: 128, ways: 8 },
        '2M': { entries: 8, ways: 8 },
        '1G': { entries: 0, ways: 1 }
      },
      data: {
        '4K': { entries: 64, ways: 4 },
        '2M': { entries: 32, ways: 4 },
        '1G': { entries: 4, ways: 4 }
      },
      shared: {
        '4K2M': { entries: 1536, ways: 12 },
        '1G': { entries: 16, ways: 4 },
        latencyCycles: 9
      }
    },
    pwc: {
      guest: {
        level2: { entries: 32, ways: 4 },
        level3: { entries: 4, ways: 4 },
        level4: { entries: 4, ways: 4 },
        level5: { entries: 4, ways: 4 }
      },
      host: {
        level2: { entries: 32, ways: 4 },
        level3: { entries: 4, ways: 4 },
        level4: { entries: 4, ways: 4 },
        level5: { entries: 4, ways: 4 }
      },
      latencyCycles: 1,
      replacement: 'lru',
      style: 'x86'
    },
    ntlb: { entries: 32, ways: 4, latencyCycles: 1 },
    cache: {
      l1i: { bytes: 32 * 1024, ways: 8, latencyCycles: 4 },
      l1d: { bytes: 32 * 1024, ways: 8, latencyCycles: 4 },
      l2: { bytes: 1024 * 1024, ways: 16, latencyCycles: 14 },
      llc: { bytes: 22 * 1024 * 1024, ways: 11, latencyCycles: 54 },
      memoryLatencyCycles: 200,
      replacement: 'lru',
      prefetcher: 'none',
      repeatedLine: 'hit',
      straddle: 'lines',
      modify: 'twice'
    }
  },
  sources: {
    'tlb.replacement': 'assumed: Intel discloses no policy',
    'tlb.crossing': 'Intel SDM vol. 3A, 4.10: both pages of a crossing access are translated',
    'pwc.replacement': 'assumed: Intel discloses no policy',
    'pwc.style': 'Intel SDM vol. 3A, 4.10.3',
    'cache.replacement': 'assumed: Intel discloses no policy',
    'cache.prefetcher': 'assumed: off, so that a walk shows its own reads only',
    'cache.repeatedLine': 'a line that is there is a hit',
    'cache.straddle': 'assumed: each line is a request of its own',
    'cache.modify': 'its load and its store are two accesses',
    'tlb.instruction.4K': OPTIMIZATION_MANUAL,
    'tlb.instruction.2M': OPTIMIZATION_MANUAL + ': 8 a thread; full associativity assumed',
    'tlb.instruction.1G': 'assumed: the manual names no ITLB entries for 1 GiB pages',
    'tlb.data.4K': OPTIMIZATION_MANUAL,
    'tlb.data.2M': HASWELL + '; ways assumed',
    'tlb.data.1G': OPTIMIZATION_MANUAL + '; full associativity assumed',
    'tlb.shared.4K2M': DMT_ARTIFACT + '; that 2 MiB entries share it is assumed',
    'tlb.shared.1G': 'assumed',
    'tlb.shared.latencyCycles': 'assumed, within the 7 to 12 cycles measured for Haswell',
    'pwc.guest': 'assumed: Intel discloses no sizes (SDM vol. 3A, 4.10.3 only defines the caches)',
    'pwc.host': 'assumed: the same as for the guest',
    'pwc.latencyCycles': DMT_LATENCY,
    'ntlb.entries': 'assumed, within the 16 to 32 entries usual in studies of two-dimensional walks',
    'ntlb.ways': 'assumed',
    'ntlb.latencyCycles': 'assumed: the same as a page-walk cache',
    'cache.l1i.bytes': DMT_ARTIFACT,
    'cache.l1i.ways': DMT_ARTIFACT,
    'cache.l1d.bytes': DMT_ARTIFACT,
    'cache.l1d.ways': DMT_ARTIFACT,
    'cache.l2.bytes': DMT_ARTIFACT,
    'cache.l2.ways': DMT_ARTIFACT,
    'cache.llc.bytes': DMT_ARTIFACT + ': 16 slices of 1.375 MiB',
    'cache.llc.ways': DMT_ARTIFACT,
    'cache.l1i.latencyCycles': DMT_LATENCY,
    'cache.l1d.latencyCycles': DMT_LATENCY,
    'cache.l2.latencyCycles': DMT_LATENCY,
    'cache.llc.latencyCycles': DMT_LATENCY,
    'cache.memoryLatencyCycles': DMT_LATENCY
  }
}
