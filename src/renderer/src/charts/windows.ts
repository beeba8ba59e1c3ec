/** Rates over windows of references: what the charts, their tables and the sparklines draw. */
import { ALL_MEASURES, COLUMN, type Measure } from './measures'
import { niceStep } from './nice'
import type { LaneRows } from './lane-rows'
import type { Smoothing } from './smoothing'

/** One line's values at the windows' ends; NaN where the ratio has no meaning, which breaks the line. */
export type Line = Float64Array

export interface Windows {
  readonly length: number
  /** References of a whole window; the last one may be shorter. */
  readonly step: number
  /** Reference at which each window ends. */
  readonly references: Float64Array
  /** By lane, then in the order of ALL_MEASURES. */
  readonly lanes: readonly (readonly Line[])[]
  /** First lane over the others: cycles per walk and all cycles. One pair for each lane after the first. */
  readonly pageWalk: readonly Line[]
  readonly application: readonly Line[]
}

/** Which part of the run, and how calm. */
export interface Look {
  readonly from: number
  /** Infinity: all that is done. */
  readonly to: number
  readonly smoothing: Smoothing
  readonly warmup: number
}

export const WHOLE_RUN: Look = { from: 0, to: Infinity, smoothing: 'none', warmup: 0 }

const WINDOWS_WANTED = 250
const NO_ROW = -1

/**
 * Rows that all lanes have, thinned to one a window, from the last one before the view to the first one beyond it, so
 * that lines reach its edges. In lock step lanes post the same references.
 */
function ends(lanes: readonly LaneRows[], step: number, { from, to }: Look): number[][] {
  const cursors = lanes.map(() => 0)
  const found: number[][] = []
  const first = lanes[0]
  const start = Math.max(0, first.lastAt(from))
  let next = start === 0 ? step : first.references(start)
  for (let row = start; row < first.length; row++) {
    const reference = first.references(row)
    if (reference < next && row < first.length - 1) continue
    if (!advance(lanes, cursors, reference)) continue
    found.push([row, ...cursors.slice(1)])
    if (reference >= to) break
    next = (Math.floor(reference / step) + 1) * step
  }
  return found
}

/** Moves each cursor to the row at `reference`; false when a lane has none. */
function advance(lanes: readonly LaneRows[], cursors: number[], reference: number): boolean {
  for (let lane = 1; lane < lanes.length; lane++) {
    cursors[lane] = Math.max(0, lanes[lane].lastAt(reference))
    if (lanes[lane].length === 0 || lanes[lane].references(cursors[lane]) !== reference) return false
  }
  return true
}

const difference = (rows: LaneRows, from: number, to: number, columns: readonly number[]): number => {
  let sum = 0
  for (const column of columns) sum += rows.at(to, column) - (from === NO_ROW ? 0 : rows.at(from, column))
  return sum
}

const ratio = (a: number, b: number): number => (b > 0 ? a / b : NaN)

/** What is common to all calls below: a lane's rows, and those each point is a difference of. */
interface Cut {
  readonly rows: LaneRows
  readonly from: readonly number[]
  readonly at: readonly number[]
}

/** The row before each point's references: of the window before it, or as far back as smoothing goes. */
function before(rows: LaneRows, at: readonly number[], step: number, look: Look): number[] {
  const { smoothing, warmup } = look
  return at.map((row, i) => {
    const reference = rows.references(row)
    if (smoothing === 'run') return reference > warmup ? rows.lastAt(warmup) : NO_ROW
    if (smoothing !== 'none') return Math.min(rows.lastAt(reference - smoothing), row - 1)
    if (i > 0) return at[i - 1]
    return rows.lastAt(look.from) <= 0 ? NO_ROW : Math.min(rows.lastAt(reference - step), row - 1)
  })
}

function line({ rows, from, at }: Cut, measure: Measure): Line {
  const over = measure.over.map((column) => COLUMN[column])
  const under = measure.under.map((column) => COLUMN[column])
  return Float64Array.from(
    at,
    (row, i) =>
      measure.scale * ratio(difference(rows, from[i], row, over), difference(rows, from[i], row, under))
  )
}

const CYCLES = [COLUMN.totalCycles]
const cyclesOf = ({ rows, from, at }: Cut): Line =>
  Float64Array.from(at, (row, i) => difference(rows, from[i], row, CYCLES))

const over = (a: Line, b: Line): Line => a.map((value, i) => ratio(value, b[i]))

/** Windows of about 1/250 of what is looked at, in round numbers of references. */
export function windowsOf(lanes: readonly LaneRows[], look: Look = WHOLE_RUN): Windows {
  const done = lanes.length > 0 && lanes[0].length > 0 ? lanes[0].references(lanes[0].length - 1) : 0
  const span = Math.min(look.to, Math.max(done, look.from)) - look.from
  const step = Math.max(1, niceStep(span / WINDOWS_WANTED))
  const rows = lanes.length > 0 && lanes[0].length > 0 ? ends(lanes, step, look) : []
  const cuts = lanes.map((lane, i): Cut => {
    const at = rows.map((r) => r[i])
    return { rows: lane, at, from: before(lane, at, step, look) }
  })
  const lines = cuts.map((cut) => ALL_MEASURES.map((measure) => line(cut, measure)))
  const cycles = ALL_MEASURES.findIndex((m) => m.id === 'cyclesPerWalk')
  const totals = cuts.map(cyclesOf)
  return {
    length: rows.length,
    step,
    references: Float64Array.from(rows, (r) => lanes[0].references(r[0])),
    lanes: lines,
    pageWalk: lines.slice(1).map((other) => over(lines[0][cycles], other[cycles])),
    application: totals.slice(1).map((other) => over(totals[0], other))
  }
}

/** The window whose end lies nearest to this reference; -1 when there is none. */
export function windowAt(windows: Windows, reference: number): number {
  if (windows.length === 0) return -1
  const { references } = windows
  let low = 0
  let high = windows.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (references[middle] < reference) low = middle + 1
    else high = middle
  }
  if (low > 0 && reference - references[low - 1] < references[low] - reference) return low - 1
  return low
}
