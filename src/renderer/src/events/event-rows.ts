/** Rows of the Events table: the lanes' events in one order, filtered, with same rows made one. */
import type { LayerName } from '@shared/model/environment'
import type { EventKind, LabEvent } from '@shared/model/lab-event'

export interface EventRow {
  readonly key: string
  readonly lane: number
  /** The first of the events that the row stands for. */
  readonly event: LabEvent
  readonly times: number
  readonly cycles: number
}

/** Null lets everything pass. */
export interface EventFilter {
  readonly lane: number | null
  readonly layer: LayerName | null
  readonly kind: EventKind | null
}

export const ALL_EVENTS: EventFilter = { lane: null, layer: null, kind: null }

const passes = (event: LabEvent, lane: number, filter: EventFilter): boolean =>
  (filter.lane === null || filter.lane === lane) &&
  (filter.layer === null || filter.layer === event.layer) &&
  (filter.kind === null || filter.kind === event.kind)

const isSame = (row: EventRow, event: LabEvent, lane: number): boolean =>
  row.lane === lane &&
  row.event.kind === event.kind &&
  row.event.layer === event.layer &&
  row.event.text === event.text

const rowOf = (event: LabEvent, lane: number): EventRow => ({
  key: `${lane}-${event.n}`,
  lane,
  event,
  times: event.times,
  cycles: event.cycles
})

/** A row for each run of same events, oldest first. Each lane's events must be in the order of their numbers. */
export function eventRows(lanes: readonly (readonly LabEvent[])[], filter: EventFilter): EventRow[] {
  const found = lanes.flatMap((events, lane) =>
    events.filter((event) => passes(event, lane, filter)).map((event) => ({ event, lane }))
  )
  found.sort((a, b) => a.event.reference - b.event.reference || a.lane - b.lane || a.event.n - b.event.n)
  const rows: EventRow[] = []
  for (const { event, lane } of found) {
    const last = rows.at(-1)
    if (!last || !isSame(last, event, lane)) rows.push(rowOf(event, lane))
    else
      rows[rows.length - 1] = { ...last, times: last.times + event.times, cycles: last.cycles + event.cycles }
  }
  return rows
}

export interface EventPage {
  /** Newest first. */
  readonly rows: readonly EventRow[]
  /** Position of the first and last row shown, counted from the newest; 0 when there are none. */
  readonly from: number
  readonly to: number
  readonly hasNewer: boolean
  readonly hasOlder: boolean
}

/** Where a page ends that shows the rows up to a reference; null for the newest page, as where none is so old. */
export function pageEnd(rows: readonly EventRow[], reference: number): number | null {
  const count = rows.findLastIndex(({ event }) => event.reference <= reference) + 1
  return count === 0 || count === rows.length ? null : count
}

/**
 * A page of `size` rows that ends at row `end` of the oldest-first list, so that it stands still while newer
 * events arrive; null follows the newest.
 */
export function eventPage(rows: readonly EventRow[], end: number | null, size: number): EventPage {
  const last = Math.min(end ?? rows.length, rows.length)
  const shown = rows.slice(Math.max(0, last - size), last).reverse()
  const from = shown.length === 0 ? 0 : rows.length - last + 1
  return {
    rows: shown,
    from,
    to: rows.length - last + shown.length,
    hasNewer: last < rows.length,
    hasOlder: last > size
  }
}
