/** Facts of a lane from its walk histogram and the counters that matter to a test. */
import type { LaneFacts } from '@shared/formulas/lane-facts'
import type { HistogramRow } from '@shared/model/result'
import { answered } from '@shared/model/walk-record'
import { COUNTERS, type Counters } from '@shared/stats/counters'
import { derive } from '@shared/stats/derived'

export function laneFacts(
  design: string,
  walkHistogram: readonly HistogramRow[],
  more: Partial<Counters> = {}
): LaneFacts {
  const walks = walkHistogram.reduce((sum, { count }) => sum + count, 0)
  const reads = walkHistogram.reduce(
    (sum, { steps, count }) =>
      sum + count * answered(steps).filter((hit) => hit !== 'PWC' && hit !== 'NTLB').length,
    0
  )
  const counters = {
    ...(Object.fromEntries(COUNTERS.map(({ id }) => [id, 0])) as Counters),
    walks,
    walkReferences: reads,
    walkCriticalReferences: reads,
    ...more
  }
  return {
    id: design,
    design,
    counters,
    derived: derive(counters),
    walkHistogram,
    memory: {
      pageTableBytes: 0,
      teaBytes: 0,
      teaBubbleBytes: 0,
      shadowTableBytes: 0,
      designBytes: 0,
      translationBytes: 0,
      dataBytes: 0
    }
  }
}
