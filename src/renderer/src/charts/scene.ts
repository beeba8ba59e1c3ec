/** What all five charts share in one frame: the windows, the axis, the events, the crosshair. */
import type { EventKind } from '@shared/model/lab-event'
import type { Marker } from '@shared/model/snapshot'
import type { ChartTheme } from './chart-theme'
import type { ViewRange } from './view-range'
import type { Windows } from './windows'

/** A stretch during which a lane's registers were off. */
export interface Band {
  readonly lane: number
  readonly from: number
  readonly to: number
}

/** Something that happened after reference `from`, at `reference` at the latest. */
export interface Mark {
  readonly lane: number | null
  readonly from: number
  readonly reference: number
  readonly words: string
  /** What the Events tab calls it. */
  readonly event: EventKind
}

export interface Scene {
  /** Number of the run; ranges are forgotten when it changes. */
  readonly run: number
  readonly windows: Windows
  /** Windows of the whole run, for the overview. */
  readonly whole: Windows
  /** End of the reference axis of the whole run. */
  readonly end: number
  /** The part of it that is shown. */
  readonly view: ViewRange
  readonly warmup: number
  readonly bands: readonly Band[]
  readonly marks: readonly Mark[]
  /** Window the charts are read at, -1 when there is no crosshair. */
  readonly at: number
  readonly theme: ChartTheme
}

const WORDS: Record<Marker['kind'], string> = {
  'dmt-on': 'DMT on',
  'dmt-off': 'DMT off',
  'cooperation-on': 'cooperation on',
  'cooperation-off': 'cooperation off',
  'warm-up-end': ''
}

/** What a person did; the end of the warm-up has its hatch. */
export const marksOf = (markers: readonly Marker[]): Mark[] =>
  markers.flatMap(({ lane, reference, kind }) =>
    kind === 'warm-up-end' ? [] : [{ lane, from: reference, reference, words: WORDS[kind], event: kind }]
  )

/** From each switching off to the next switching on of the same lane, or to the end of what is known. */
export function bandsOf(markers: readonly Marker[], end: number): Band[] {
  const open = new Map<number, number>()
  const bands: Band[] = []
  for (const { lane, reference, kind } of markers) {
    if (lane === null) continue
    const from = open.get(lane)
    if (kind === 'dmt-off' && from === undefined) open.set(lane, reference)
    if (kind !== 'dmt-on' || from === undefined) continue
    bands.push({ lane, from, to: reference })
    open.delete(lane)
  }
  for (const [lane, from] of open) bands.push({ lane, from, to: end })
  return bands
}
