/** News on its way to a window that may be slower than the lab: bounded, and nothing that counts is lost. */
import type { LaneSnapshot, Snapshot } from '@shared/model/snapshot'

/** Enough to hide the way there and back. */
const MOST_UNDER_WAY = 3

/** Few items are under way at once; those that come meanwhile are joined into one. */
export class Outbox<Item> {
  private underWay = 0
  private waiting: { item: Item } | null = null

  /** `send` resolves when the window has taken the item, and rejects when there is no window any more. */
  constructor(
    private readonly send: (item: Item) => Promise<void>,
    private readonly join: (older: Item, newer: Item) => Item
  ) {}

  put(item: Item): void {
    this.waiting = { item: this.waiting ? this.join(this.waiting.item, item) : item }
    this.sendNext()
  }

  private sendNext(): void {
    if (!this.waiting || this.underWay >= MOST_UNDER_WAY) return
    const { item } = this.waiting
    this.waiting = null
    this.underWay++
    // When nobody is left to read, the rest stays unsent.
    this.send(item).then(
      () => this.taken(),
      () => undefined
    )
  }

  private taken(): void {
    this.underWay--
    this.sendNext()
  }
}

function joinRows(first: Float64Array, second: Float64Array): Float64Array {
  const rows = new Float64Array(first.length + second.length)
  rows.set(first)
  rows.set(second, first.length)
  return rows
}

const joinLanes = (older: LaneSnapshot, newer: LaneSnapshot): LaneSnapshot => ({
  ...newer,
  series: joinRows(older.series, newer.series)
})

/** The newer one with the series rows of both, as each row comes only once. A session that is over is dropped. */
export const joinSnapshots = (older: Snapshot, newer: Snapshot): Snapshot =>
  older.session === newer.session
    ? { ...newer, lanes: newer.lanes.map((lane, i) => joinLanes(older.lanes[i], lane)) }
    : newer
