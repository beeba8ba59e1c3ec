/** Rates over windows of references: what the charts, their tables and the sparklines draw. */
import { COLUMN, MEASURES } from './measures'
import { niceStep } from './nice'
import type { LaneRows } from './lane-rows'

/** One line's values at the windows' ends; NaN where the ratio has no meaning, which breaks the line. */
export type Line = Float64Array

export interface Windows {
  readonly length: number
  /** References of a whole window; the last one may be shorter. */
  readonly step: number
  /** Reference at which each window ends. */
  readonly references: Float64Array
  /** By lane, then in the order of MEASURES. */
  readonly lanes: readonly (readonly Line[])[]
  /** First lane over the others: cycles per walk and all cycles. One pair for each lane after the first. */
  readonly pageWalk: readonly Line[]
  readonly application: readonly Line[]
}

const WINDOWS_WANTED = 250
const NO_ROW = -1

/** Rows that all lanes have, thinned to one a window. In lock step lanes post the same references. */
function ends(lanes: readonly LaneRows[], step: number): number[][] {
  const cursors = lanes.map(() => 0)
  const found: number[][] = []
  let next = step
  const first = lanes[0]
  for (let row = 0; row < first.length; row++) {
    const reference = first.references(row)
    if (reference < next && row < first.length - 1) continue
    if (!advance(lanes, cursors, reference)) continue
    found.push([row, ...cursors.slice(1)])
    next = (Math.floor(reference / step) + 1) * step
  }
  return found
}

/** Moves each cursor to the row at `reference`; false when a lane has none. */
function advance(lanes: readonly LaneRows[], cursors: number[], reference: number): boolean {
  for (let lane = 1; lane < lanes.length; lane++) {
    while (cursors[lane] < lanes[lane].length && lanes[lane].references(cursors[lane]) < reference)
      cursors[lane]++
    if (cursors[lane] >= lanes[lane].length || lanes[lane].references(cursors[lane]) !== reference)
      return false
  }
  return true
}

const difference = (rows: LaneRows, from: number, to: number, column: number): number =>
  rows.at(to, column) - (from === NO_ROW ? 0 : rows.at(from, column))

const ratio = (a: number, b: number): number => (b > 0 ? a / b : NaN)

/** What is common to all calls below: a lane's rows and the row each window ends with. */
interface Cut {
  readonly rows: LaneRows
  readonly at: readonly number[]
}

function line(cut: Cut, over: number, under: number, scale: number): Line {
  return Float64Array.from(cut.at, (row, i) => {
    const from = i === 0 ? NO_ROW : cut.at[i - 1]
    return scale * ratio(difference(cut.rows, from, row, over), difference(cut.rows, from, row, under))
  })
}

const cyclesOf = (cut: Cut): Line =>
  Float64Array.from(cut.at, (row, i) =>
    difference(cut.rows, i === 0 ? NO_ROW : cut.at[i - 1], row, COLUMN.totalCycles)
  )

const over = (a: Line, b: Line): Line => a.map((value, i) => ratio(value, b[i]))

/** Windows of about 1/250 of what has been done, in round numbers of references. */
export function windowsOf(lanes: readonly LaneRows[]): Windows {
  const done = lanes.length > 0 && lanes[0].length > 0 ? lanes[0].references(lanes[0].length - 1) : 0
  const step = Math.max(1, niceStep(done / WINDOWS_WANTED))
  const rows = lanes.length > 0 ? ends(lanes, step) : []
  const cuts = lanes.map((lane, i): Cut => ({ rows: lane, at: rows.map((r) => r[i]) }))
  const lines = cuts.map((cut) => MEASURES.map((m) => line(cut, COLUMN[m.over], COLUMN[m.under], m.scale)))
  const cycles = MEASURES.findIndex((m) => m.id === 'cyclesPerWalk')
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
