/** What a lane counts while a batch runs: int32 counts, because an add to a Float64 costs more, added up at its end. */
import { COUNTER_INDEX } from '@shared/stats/counters'

/** Positions; the first three are those of the access kinds. */
export const T_SPLITS = 3
export const T_ITLB = 4
export const T_DTLB = 5
export const T_STLB_HITS = 6
export const T_STLB_MISSES = 7
export const T_DATA = 8
export const T_STEPS = 12
export const T_CHECKED = 20
export const T_ERRORS = 21
/** As T_DATA, of fetches. */
export const T_FETCHED = 22
const TALLY_COUNTERS = [
  'loads',
  'stores',
  'fetches',
  'splits',
  'itlbMisses',
  'dtlbMisses',
  'stlbHits',
  'stlbMisses',
  'dataL1',
  'dataL2',
  'dataLlc',
  'dataMemory',
  'pwcHits',
  'ntlbHits',
  'stepsL1',
  'stepsL2',
  'stepsLlc',
  'stepsMemory',
  // Spared steps are no reads, and those that a prefetch stands for are counted as the prefetch.
  null,
  null,
  'translationsChecked',
  'translationErrors',
  'fetchL1',
  'fetchL2',
  'fetchLlc',
  'fetchMemory'
] as const
/** What a fetch is counted as beside it: the line accesses of the stream, of either kind. */
const OF_BOTH_KINDS = ['dataL1', 'dataL2', 'dataLlc', 'dataMemory'] as const

export const newTally = (): Int32Array => new Int32Array(TALLY_COUNTERS.length)

/** Adds the tally to the counters and empties it. */
export function flushTally(tally: Int32Array, counters: Float64Array): void {
  for (let i = 0; i < tally.length; i++) {
    const id = TALLY_COUNTERS[i]
    if (id !== null) counters[COUNTER_INDEX[id]] += tally[i]
  }
  OF_BOTH_KINDS.forEach((id, code) => (counters[COUNTER_INDEX[id]] += tally[T_FETCHED + code]))
  tally.fill(0)
}
