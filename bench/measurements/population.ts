/** How fast memory is populated, and what a lane with all its pages touched keeps resident. */
import { sizeText } from '@shared/model/quantity'
import type { Environment } from '@shared/model/environment'
import type { BenchCase, Measured } from '../bench-case'
import { benchLane, populate } from './bench-lane'
import { tableArea } from './random-loads'

const GIB = 2 ** 30

const SETUPS: readonly (readonly [Environment, string])[] = [
  ['native', 'radix'],
  ['virtualized', 'radix'],
  ['virtualized', 'pvdmt'],
  ['nested', 'radix'],
  ['nested', 'pvdmt']
]

export const POPULATION_CASES: readonly BenchCase[] = [4, 64, 128].flatMap((gib) =>
  SETUPS.map(([environment, design]) => ({
    name: `populate-${sizeText(gib * GIB)}-${environment}-${design}`,
    measure: () => Promise.resolve(measure(gib * GIB, environment, design))
  }))
)

function measure(bytes: number, environment: Environment, design: string): Measured {
  const before = process.memoryUsage().rss
  const areas = [tableArea(bytes)]
  const lane = benchLane({ environment, lanes: [design], footprint: bytes }, areas)
  const pagesPerSecond = populate(lane.machine, areas)
  global.gc?.()
  return {
    pagesPerSecond,
    runs: [pagesPerSecond],
    residentBytes: process.memoryUsage().rss - before,
    peakResidentBytes: process.resourceUsage().maxRSS * 1024 - before
  }
}
