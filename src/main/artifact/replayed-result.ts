/** What a replay gave, by the paper's formulas. */
import { estimatesOf } from '@shared/formulas/paper-results'
import { isPlaceToken, type PlacedWalks } from '@shared/formulas/places'
import type { HistogramRow } from '@shared/model/result'
import type { ArtifactReplay } from '@shared/model/paper-tools'
import { UserError } from '@shared/model/user-error'
import type { Replay } from './replay'

/** The steps of a replayed walk stand in the order of the places. */
const placed = ({ steps, count }: HistogramRow): PlacedWalks => ({
  places: steps.filter(isPlaceToken),
  count
})

/** @param source the trace's name. @throws UserError when there was no walk */
export function replayedResult(source: string, replay: Replay): ArtifactReplay {
  const { histogram, isNative, records, dropped, tlbs } = replay
  const walks = histogram.reduce((sum, row) => sum + row.count, 0)
  if (walks === 0) {
    const what = `none of ${records} records walks, ${dropped} are of pages that no dump maps`
    throw new UserError(what, source, 'give the dumps of the program that was traced')
  }
  const environment = isNative ? 'native' : 'virtualized'
  const estimates = estimatesOf({ environment, rows: histogram.map(placed) })
  const result = { source, environment, walks, patterns: histogram.length, estimates } as const
  return { result, records, dropped, tlbs }
}
