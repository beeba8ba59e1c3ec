/**
 * The series of one lane: rows of cumulative counters in one flat typed array of a fixed capacity. When it is
 * full every second row is dropped, so it always spans the whole run; because the columns are cumulative, a
 * rate over fewer rows stays exact, it only covers more references.
 */
import { SERIES_WIDTH } from '@shared/model/snapshot'

const REFERENCES = 0

export class LaneRows {
  private readonly data: Float64Array
  private count = 0
  /** Rows nearer than this to the row before them are replaced by the next one. */
  private spacing = 0

  constructor(private readonly capacity = 8192) {
    this.data = new Float64Array(capacity * SERIES_WIDTH)
  }

  get length(): number {
    return this.count
  }

  at(row: number, column: number): number {
    return this.data[row * SERIES_WIDTH + column]
  }

  references(row: number): number {
    return this.at(row, REFERENCES)
  }

  /** The last row not beyond a reference, -1 when there is none. */
  lastAt(reference: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.references(middle) <= reference) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** Appends rows as a snapshot carries them. Rows that do not advance are left out. */
  push(rows: Float64Array): void {
    for (let from = 0; from + SERIES_WIDTH <= rows.length; from += SERIES_WIDTH) {
      this.append(rows.subarray(from, from + SERIES_WIDTH))
    }
  }

  clear(): void {
    this.count = 0
    this.spacing = 0
  }

  /** Forgets what lies beyond a reference, as when the run goes back to it. */
  cut(reference: number): void {
    this.count = this.lastAt(reference) + 1
  }

  private append(row: Float64Array): void {
    if (this.count > 0 && row[REFERENCES] <= this.references(this.count - 1)) return
    if (this.isLastTooNear()) this.count--
    if (this.count === this.capacity) this.halve()
    this.data.set(row, this.count * SERIES_WIDTH)
    this.count++
  }

  private isLastTooNear(): boolean {
    const last = this.count - 1
    return last > 0 && this.references(last) - this.references(last - 1) < this.spacing
  }

  private halve(): void {
    const span = this.references(this.count - 1) - this.references(0)
    let kept = 0
    for (let row = 1; row < this.count; row += 2, kept++) {
      this.data.copyWithin(kept * SERIES_WIDTH, row * SERIES_WIDTH, (row + 1) * SERIES_WIDTH)
    }
    this.count = kept
    this.spacing = (2 * span) / this.capacity
  }
}
