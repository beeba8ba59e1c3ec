/**
 * The points of a lane's charts: cumulative counters every so many accesses, warm-up included. Results hold some of
 * them, the window is sent all, so that it can look closer.
 */
import { COUNTER_INDEX, newCounters } from '@shared/stats/counters'
import type { LaneSeries } from '@shared/model/result'
import { SERIES_COLUMNS, SERIES_WIDTH } from '@shared/model/snapshot'

const POSITIONS = SERIES_COLUMNS.map((id) => COUNTER_INDEX[id])

export class Series {
  private readonly rows: number[] = []
  /** Not asked for yet. */
  private unsent: number[] = []
  /** Counters of the warm-up, once it is over. */
  private before = newCounters()

  /**
   * @param counters with time filled in, since the warm-up ended
   * @param isOfResult whether results hold the point too
   */
  add(counters: Float64Array, isOfResult: boolean): void {
    const row = POSITIONS.map((at) => this.before[at] + counters[at])
    this.unsent.push(...row)
    if (isOfResult) this.rows.push(...row)
  }

  endWarmup(counters: Float64Array): void {
    this.before = counters
  }

  /** Rows that have not been asked for yet. */
  takeNew(): Float64Array {
    const rows = Float64Array.from(this.unsent)
    this.unsent = []
    return rows
  }

  /** Whoever asks next knows nothing yet; what lay between the points of results is gone. */
  resend(): void {
    this.unsent = this.rows.slice()
  }

  /** Rates of each interval after the warm-up. */
  rates(): LaneSeries {
    const series: LaneSeries = {
      references: [],
      cyclesPerWalk: [],
      walkOverhead: [],
      referencesPerWalk: [],
      walksPerKiloReference: []
    }
    const first = POSITIONS.map((at) => this.before[at])
    let previous = first
    for (let at = 0; at < this.rows.length; at += SERIES_WIDTH) {
      const row = this.rows.slice(at, at + SERIES_WIDTH)
      if (row[0] <= first[0]) continue
      addRates(series, row, previous, first[0])
      previous = row
    }
    return series
  }
}

const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b)

function addRates(series: LaneSeries, row: number[], previous: number[], origin: number): void {
  const [references, walks, walkReferences, walkCycles, stall, total] = row.map(
    (value, i) => value - previous[i]
  )
  series.references.push(row[0] - origin)
  series.cyclesPerWalk.push(ratio(walkCycles, walks))
  series.walkOverhead.push(ratio(stall, total))
  series.referencesPerWalk.push(ratio(walkReferences, walks))
  series.walksPerKiloReference.push(ratio(1000 * walks, references))
}
