/** A replay as text, in the form that the simulators published with DMT print. */
import type { HistogramRow } from '@shared/model/result'
import type { PatternStep } from '@shared/model/walk-record'
import type { Replay } from './replay'
import type { TlbLine } from './tlb-counts'

/** In the order of the simulator's result codes; those in between never occur in a walk. */
const RANKS: Record<PatternStep, number> = {
  MEMORY: 0,
  L1: 1,
  L2: 2,
  LLC: 3,
  NTLB: 6,
  PWC: 7,
  ZERO: 8,
  PREFETCHED: 9
}
const RULE = '~~~~~~~~~~'
/** Stands at the end of every vector; the simulator's ranges always hit. */
const RANGE = 'RANGE_HIT'

const tlbText = ({ name, hits, misses, childHits }: TlbLine): string =>
  `${name} hits ${hits} misses ${misses} child_hits ${childHits}\n`

function byVector(a: HistogramRow, b: HistogramRow): number {
  const at = a.steps.findIndex((step, i) => step !== b.steps[i])
  return at < 0 ? 0 : RANKS[a.steps[at]] - RANKS[b.steps[at]]
}

const rowText = ({ steps, count }: HistogramRow): string => `${[...steps, RANGE].join(',')},\t${count}\n`

/** The histogram alone: `walks N distinct M`, a rule, and a line for each vector of steps, sorted. */
export function histogramText(histogram: readonly HistogramRow[]): string {
  const walks = histogram.reduce((sum, row) => sum + row.count, 0)
  const rows = [...histogram].sort(byVector).map(rowText)
  return `walks ${walks} distinct ${histogram.length}\n${RULE}\n${rows.join('')}`
}

export const replayText = ({ tlbs, histogram }: Replay): string =>
  tlbs.map(tlbText).join('') + histogramText(histogram)
