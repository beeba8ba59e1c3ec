/** Slow walks worth showing, kept from all lanes while their steps still stand. */
import type { WalkRecord, WalkSummary } from '@shared/model/walk-record'
import type { LaneClient } from './lane-protocol'

const MOST_KEPT = 8

type LaneRecords = readonly (WalkRecord | null)[]

export class KeptWalks {
  private kept: LaneRecords[] = []

  constructor(private readonly lanes: readonly LaneClient[]) {}

  /** Looks at the walks since a reference and keeps the first lane's slowest, if it is slow enough. */
  async lookSince(reference: number): Promise<void> {
    const slowest = await this.lanes[0].slowestSince(reference)
    if (slowest === null || this.of(slowest.reference) || !this.isSlow(slowest)) return
    this.keep(await Promise.all(this.lanes.map((lane) => lane.walkOf(slowest.reference, 0))))
  }

  /**
   * Keeps the first lane's slowest walk since the warm-up, which may have come and gone between two looks; what the
   * others did there is then told only where it still stands.
   */
  async lookAtSlowest(): Promise<void> {
    const [first, ...others] = this.lanes
    const slowest = await first.slowerThan(this.kept.length > 0 ? cyclesOf(this.kept[0]) : -1)
    if (slowest === null) return
    const beside = await Promise.all(others.map((lane) => lane.walkOf(slowest.reference, 0)))
    this.kept = this.kept.filter((records) => records[0]?.reference !== slowest.reference)
    this.keep([slowest, ...beside])
  }

  /** Those of the warm-up, when it is over. */
  forgetUpTo(reference: number): void {
    this.kept = this.kept.filter((records) => (records[0]?.reference ?? 0) > reference)
  }

  forgetAfter(reference: number): void {
    this.kept = this.kept.filter((records) => (records[0]?.reference ?? 0) <= reference)
  }

  /** Records of all lanes for a reference that was kept. */
  of(reference: number): LaneRecords | null {
    return this.kept.find((records) => records[0]?.reference === reference) ?? null
  }

  slowest(): LaneRecords | null {
    return this.kept[0] ?? null
  }

  /** What one lane did at the kept references, slowest of the first lane first. */
  summaries(lane: number): WalkSummary[] {
    return this.kept.flatMap((records) => {
      const record = records[lane]
      return record
        ? [
            {
              walk: record.walk,
              reference: record.reference,
              address: record.address,
              references: record.references,
              cycles: record.cycles
            }
          ]
        : []
    })
  }

  private keep(records: LaneRecords): void {
    if (records[0] === null) return
    this.kept.push(records)
    this.kept.sort((a, b) => cyclesOf(b) - cyclesOf(a))
    this.kept.length = Math.min(this.kept.length, MOST_KEPT)
  }

  private isSlow(walk: WalkSummary): boolean {
    return this.kept.length < MOST_KEPT || walk.cycles > cyclesOf(this.kept[this.kept.length - 1])
  }
}

const cyclesOf = (records: LaneRecords): number => records[0]?.cycles ?? 0
