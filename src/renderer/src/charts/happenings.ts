/**
 * What happened to a lane, found in the rows of its series: counters that rose between two rows, and storms of faults.
 * A row only says between which references it was; the Events tab knows the rest.
 */
import { formatCount } from '@shared/format/number'
import type { EventKind } from '@shared/model/lab-event'
import type { LaneRows } from './lane-rows'
import { COLUMN, type Column } from './measures'
import type { Mark } from './scene'

interface Kind {
  readonly columns: readonly Column[]
  readonly words: (count: number) => string
  /** What the Events tab calls it. */
  readonly event: EventKind
}

const plural = (one: string, many: string) => (count: number) =>
  count === 1 ? one : `${formatCount(count)} ${many}`

const KINDS: readonly Kind[] = [
  { columns: ['teaMigrations'], words: plural('TEA migrated', 'TEAs migrated'), event: 'tea-migrate' },
  {
    columns: ['hypercallsDenied'],
    words: plural('hypercall denied', 'hypercalls denied'),
    event: 'gtea-deny'
  },
  { columns: ['teaFallbacks'], words: plural('no TEA', 'without TEA'), event: 'tea-fallback' },
  { columns: ['framesMigrated'], words: plural('frame moved', 'frames moved'), event: 'compaction' },
  { columns: ['hugePromotions'], words: plural('huge page made', 'huge pages made'), event: 'huge-promote' },
  { columns: ['hugeSplits'], words: plural('huge page split', 'huge pages split'), event: 'huge-split' },
  { columns: ['liveMigrations'], words: plural('VM migrated', 'VM migrations'), event: 'live-migration' }
]

const FAULTS: readonly Column[] = ['pageFaults', 'eptViolations']
/** A storm has this many times the faults per reference of the run's median row, and more than so many in a row. */
const STORM_TIMES = 8
const STORM_LEAST = 32

const rise = (rows: LaneRows, row: number, columns: readonly Column[]): number => {
  let sum = 0
  for (const column of columns)
    sum += rows.at(row, COLUMN[column]) - (row > 0 ? rows.at(row - 1, COLUMN[column]) : 0)
  return sum
}

const referencesOf = (rows: LaneRows, row: number): number =>
  rows.references(row) - (row > 0 ? rows.references(row - 1) : 0)

function median(values: Float64Array): number {
  values.sort()
  return values.length > 0 ? values[values.length >> 1] : 0
}

/** Rows in which it happened, those beside each other as one. @param counts by row, 0 where nothing happened */
function runs(counts: ArrayLike<number>): { first: number; last: number; count: number }[] {
  const found: { first: number; last: number; count: number }[] = []
  for (let row = 0; row < counts.length; row++) {
    if (!(counts[row] > 0)) continue
    const last = found[found.length - 1]
    if (last && last.last >= row - 1) Object.assign(last, { last: row, count: last.count + counts[row] })
    else found.push({ first: row, last: row, count: counts[row] })
  }
  return found
}

function stormCounts(rows: LaneRows): Float64Array {
  const counts = Float64Array.from({ length: rows.length }, (_, row) => rise(rows, row, FAULTS))
  const rates = counts.map((count, row) => count / Math.max(1, referencesOf(rows, row)))
  const limit = STORM_TIMES * median(rates.slice())
  return counts.map((count, row) => (count >= STORM_LEAST && rates[row] > limit ? count : 0))
}

/** What happened to one lane, oldest first. */
export function happeningsOf(rows: LaneRows, lane: number): Mark[] {
  const of = (counts: ArrayLike<number>, { words, event }: Pick<Kind, 'words' | 'event'>): Mark[] =>
    runs(counts).map(({ first, last, count }) => ({
      lane,
      from: first > 0 ? rows.references(first - 1) : 0,
      reference: rows.references(last),
      words: words(count),
      event
    }))
  const counted = KINDS.flatMap((kind) =>
    of(
      Float64Array.from({ length: rows.length }, (_, row) => rise(rows, row, kind.columns)),
      kind
    )
  )
  const storms = of(stormCounts(rows), {
    words: (count) => `storm of ${formatCount(count)} faults`,
    event: 'page-fault'
  })
  return [...counted, ...storms].sort((a, b) => a.reference - b.reference)
}
