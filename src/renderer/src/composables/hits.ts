/** Shares of a lane's walk steps by where they were answered, and one sentence about what they say. */
import { computed, type ComputedRef } from 'vue'
import type { CounterId, Counters } from '@shared/stats/counters'
import { formatFixed, formatShare } from '@shared/format/number'
import { letterOf } from '@renderer/lanes/letters'
import { useLanesStore } from '@renderer/stores/lanes'
import { useSessionStore } from '@renderer/stores/session'
import { useLaneFigures, type LaneFigures } from './comparison'

const LEVELS = [
  {
    id: 'hit-pwc',
    word: 'Walk cache',
    term: 'pwcHits',
    hint: 'page-walk caches and nested TLB: the step was known, no entry was read',
    of: (c: Counters) => c.pwcHits + c.ntlbHits
  },
  {
    id: 'hit-l1',
    word: 'L1 cache',
    term: 'stepsL1',
    hint: 'the entry was in the first-level data cache',
    of: (c: Counters) => c.stepsL1
  },
  {
    id: 'hit-l2',
    word: 'L2 cache',
    term: 'stepsL2',
    hint: 'the entry was in the second-level cache',
    of: (c: Counters) => c.stepsL2
  },
  {
    id: 'hit-llc',
    word: 'LLC',
    term: 'stepsLlc',
    hint: 'the entry was in the last-level cache',
    of: (c: Counters) => c.stepsLlc
  },
  {
    id: 'hit-mem',
    word: 'Memory',
    term: 'stepsMemory',
    hint: 'no cache held the entry',
    of: (c: Counters) => c.stepsMemory
  }
] as const

export interface LaneHits {
  readonly steps: number
  /** In the order of the levels; all 0 when there were no steps. */
  readonly shares: readonly number[]
}

export interface Hits {
  readonly levels: readonly {
    readonly id: string
    readonly word: string
    /** Counter whose page it leads to. */
    readonly term: CounterId
    readonly hint: string
  }[]
  readonly lanes: readonly LaneHits[]
  readonly note: string
}

const NOTHING: LaneHits = { steps: 0, shares: LEVELS.map(() => 0) }

export function hitsOf(counters: Counters): LaneHits {
  const counts = LEVELS.map((level) => level.of(counters))
  const steps = counts.reduce((sum, count) => sum + count, 0)
  return { steps, shares: counts.map((count) => (steps > 0 ? count / steps : 0)) }
}

/** What the bars say together: how many references are left, and how many of those memory answers. */
function noteOf(figures: readonly LaneFigures[], lanes: readonly LaneHits[]): string {
  if (figures.length < 2 || figures.some(({ counters }) => counters.walks === 0)) return ''
  const perWalk = (lane: LaneFigures): string => formatFixed(lane.derived.referencesPerWalk, 2)
  const memory = lanes.flatMap((lane, i) =>
    lane.steps > 0 ? [`${formatShare(lane.shares[LEVELS.length - 1], 0)} of ${letterOf(i)}’s`] : []
  )
  const answers =
    memory.length > 0 ? ` Memory answers ${memory.join(' steps, ')}${memory.length > 1 ? '' : ' steps'}.` : ''
  const references = figures.map((own, i) => `${letterOf(i)} ${i === 0 ? 'makes ' : ''}${perWalk(own)}`)
  const [first, ...others] = references
  return `${first} references a walk, ${others.join(', ')}.${answers}`
}

/** Nothing over samples: where their steps would have hit is not known. */
export function useHits(): ComputedRef<Hits> {
  const figures = useLaneFigures()
  const shown = useLanesStore()
  const session = useSessionStore()
  return computed(() => {
    const measured = session.isSampled ? [] : figures.value
    const lanes = Array.from({ length: shown.shown }, (_, lane) => {
      const own = measured[lane]
      return own ? hitsOf(own.counters) : NOTHING
    })
    return { levels: LEVELS, lanes, note: noteOf(measured, lanes) }
  })
}
