/** Measured facts of a lane and of the radix lane that go with a difference of their walks, in words. */
import { formatCount, formatFixed, formatShare } from '../format/number'
import { perWalk, READ_PLACES, stepMix, type LaneFacts, type ReadPlace } from './lane-facts'

/** What a lane is told from: the formula, or the radix lane where there is none. */
export interface Other {
  readonly isFormula: boolean
  readonly cycles: number
  readonly terms: number
  readonly constant: number
}

export interface Pair {
  readonly own: LaneFacts
  readonly radix: LaneFacts
  readonly other: Other
}

/** Shares nearer than this are told as equal. */
const LEAST_SHARE = 0.005
/** Reads per walk below this read as 0.00 or 0.01. */
const LEAST_READS = 0.01

export const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b)
export const two = (value: number): string => formatFixed(value, 2)
export const when = (holds: boolean, text: () => string): string[] => (holds ? [text()] : [])

const PLACE_WORDS: Record<ReadPlace, string> = {
  L1: 'hit the L1 cache',
  L2: 'hit the L2 cache',
  LLC: 'hit the LLC',
  MEMORY: 'went to memory'
}

/** Reads that a walk waits for, one after another. */
export const critical = ({ derived }: LaneFacts): number =>
  derived.criticalReferencesPerWalk ?? derived.referencesPerWalk

/** Where the lane's own walks find more or fewer steps than the radix lane's. */
export function readFacts({ own }: Pair): string[] {
  const { counters, derived } = own
  const beside = derived.referencesPerWalk - critical(own)
  const { cachedShare } = stepMix(own)
  const lookUps = (counters.rangeHits ?? 0) + (counters.rangeMisses ?? 0)
  return [
    ...when(counters.fallbackWalks > 0, () => {
      const share = formatShare(ratio(counters.fallbackWalks, counters.walks))
      return `${share} of its walks fell back to radix in a layer`
    }),
    ...when(
      lookUps > 0,
      () => `range TLBs answered ${formatShare(counters.rangeHits / lookUps)} of look-ups`
    ),
    ...when(
      cachedShare >= LEAST_SHARE,
      () => `its own walk caches answered ${formatShare(cachedShare)} of its steps`
    ),
    ...when(
      beside >= LEAST_READS,
      () => `${two(beside)} reads more per walk run beside them and are not waited for`
    ),
    ...when(
      counters.hashProbes > 0,
      () => `it probes ${two(perWalk(own, 'hashProbes'))} cuckoo lines per walk`
    ),
    ...when(
      counters.cuckooTableReads > 0,
      () => `${two(perWalk(own, 'cuckooTableReads'))} reads of cuckoo walk tables per walk`
    ),
    ...when(counters.hashOverflows > 0, () => `${formatCount(counters.hashOverflows)} lines found no way`),
    ...when(counters.nodesUnfolded > 0, () => `${formatCount(counters.nodesUnfolded)} nodes were not folded`),
    ...when(counters.tablesNested > 0, () => `${formatCount(counters.tablesNested)} guest tables went nested`)
  ]
}

/** The costliest place whose shares of the two lanes' reads differ. */
function mixFact({ own, radix }: Pair): string[] {
  const [mine, theirs] = [stepMix(own).readShares, stepMix(radix).readShares]
  const place = READ_PLACES.findLast((one) => Math.abs(mine[one] - theirs[one]) >= LEAST_SHARE)
  if (place === undefined) return []
  const [here, there] = [formatShare(mine[place]), formatShare(theirs[place])]
  return [`${here} of its reads ${PLACE_WORDS[place]}, ${there} of the radix lane’s`]
}

const waitsForPrefetch = ({ walkHistogram }: LaneFacts): number =>
  walkHistogram.reduce(
    (sum, { steps, count }) => sum + count * steps.filter((step) => step === 'PREFETCHED').length,
    0
  )

function cacheFact({ own, radix, other }: Pair): string[] {
  const [mine, theirs] = [stepMix(own).cachedShare, stepMix(radix).cachedShare]
  return when(theirs - mine >= LEAST_SHARE, () => {
    const counted = other.isFormula ? ', which the formula counts with one cycle or none' : ''
    const here = mine < LEAST_SHARE ? 'none' : formatShare(mine)
    return `walk caches answered ${formatShare(theirs)} of the radix lane’s steps${counted}, and ${here} of this lane’s`
  })
}

export function latencyFacts(pair: Pair): string[] {
  const { own } = pair
  const { counters } = own
  const wasted = perWalk(own, 'wastedReferences')
  const waits = ratio(waitsForPrefetch(own), counters.walks)
  return [
    ...cacheFact(pair),
    ...mixFact(pair),
    ...when(wasted >= LEAST_READS, () => `${two(wasted)} wasted reads per walk are paid on top`),
    ...when(waits >= LEAST_READS, () => `${two(waits)} reads per walk only wait for a prefetch under way`),
    ...when(counters.prefetchesUnused > 0, () => {
      const unused = formatShare(ratio(counters.prefetchesUnused, counters.prefetches))
      return `${unused} of prefetched entries were not used`
    })
  ]
}
