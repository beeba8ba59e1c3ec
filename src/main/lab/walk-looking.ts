/** Looking at walks of all lanes side by side: the latest, a kept slow one, that of a reference, or one from cold. */
import { parseAddress } from '@shared/address/address'
import type { WalkRecord, WalkSummary } from '@shared/model/walk-record'
import { KeptWalks } from './kept-walks'
import type { LaneClient } from './lane-protocol'

export type WalkWanted = 'latest' | 'slowest' | 'reference'

/** One record for each lane; null where the lane made no walk, or no longer keeps it. */
type LaneRecords = readonly (WalkRecord | null)[]

export class WalkLooking {
  private readonly kept: KeptWalks
  private lookedUpTo = 0

  constructor(private readonly lanes: readonly LaneClient[]) {
    this.kept = new KeptWalks(lanes)
  }

  /** Keeps the slowest walk since the last call, while its steps still stand. */
  async keepSlowest(accesses: number): Promise<void> {
    await this.kept.lookSince(this.lookedUpTo)
    this.lookedUpTo = accesses
  }

  /** The lanes went back to so many accesses. */
  forgetAfter(accesses: number): void {
    this.kept.forgetAfter(accesses)
    this.lookedUpTo = Math.min(this.lookedUpTo, accesses)
  }

  slowestOf(lane: number): WalkSummary[] {
    return this.kept.summaries(lane)
  }

  /** @param cold the address is walked again, with empty caches, and the walk that ran is not shown */
  async get(which: WalkWanted, reference: number, cold: boolean): Promise<(WalkRecord | null)[]> {
    const records = [...(await this.asRun(which, reference))]
    const shown = records.find((record) => record !== null)
    if (!cold || !shown) return records
    const address = parseAddress(shown.address)
    return Promise.all(this.lanes.map((lane) => lane.coldWalk(address)))
  }

  private async asRun(which: WalkWanted, reference: number): Promise<LaneRecords> {
    if (which === 'slowest') return this.kept.slowest() ?? []
    if (which === 'reference') return this.kept.of(reference) ?? this.atReference(reference)
    const latest = await Promise.all(this.lanes.map((lane) => lane.latestWalk()))
    return this.atReference(Math.max(...latest.map((record) => record?.reference ?? 0)))
  }

  private atReference(reference: number): Promise<(WalkRecord | null)[]> {
    return Promise.all(this.lanes.map((lane) => lane.walkOf(reference)))
  }
}
