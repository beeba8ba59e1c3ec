/**
 * Looking at walks of all lanes side by side: the latest, a kept slow one, one that faulted, that of a reference or of a
 * bar of a histogram, or the walk that an address would take now.
 */
import { parseAddress } from '@shared/address/address'
import type { WholeWalkChoice } from '@shared/contract/lab-contract'
import { UserError } from '@shared/model/user-error'
import type { WalkRecord, WalkSummary } from '@shared/model/walk-record'
import { KeptWalks } from './kept-walks'
import type { LaneClient } from './lane-protocol'

/** One record for each lane; null where the lane made no walk, or no longer keeps it. */
type LaneRecords = readonly (WalkRecord | null)[]

export class WalkLooking {
  private readonly kept: KeptWalks
  private lookedUpTo = 0

  constructor(private readonly lanes: readonly LaneClient[]) {
    this.kept = new KeptWalks(lanes)
  }

  /**
   * Keeps the slowest walk since the last call, while its steps still stand, and the slowest of all since the warm-up.
   * @param accesses done
   * @param warmup of the run, whose walks are forgotten when it is over
   */
  async keepSlowest(accesses: number, warmup: number): Promise<void> {
    if (accesses >= warmup) {
      this.kept.forgetUpTo(warmup)
      this.lookedUpTo = Math.max(this.lookedUpTo, warmup)
    }
    await this.kept.lookSince(this.lookedUpTo)
    await this.kept.lookAtSlowest()
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

  /**
   * With `cold` the address is walked again, with empty caches, and the walk that ran is not shown.
   * @throws UserError when the address is missing or wider than a virtual address
   */
  async get(choice: WholeWalkChoice): Promise<(WalkRecord | null)[]> {
    if (choice.which === 'address') return this.atAddress(choice.address, choice.cold)
    const records = [...(await this.asRun(choice))]
    const shown = records.find((record) => record !== null)
    if (!choice.cold || !shown) return records
    return this.atAddress(shown.address, true)
  }

  private atAddress(hex: string | undefined, cold: boolean): Promise<WalkRecord[]> {
    if (hex === undefined || BigInt(hex) >= 2n ** 57n)
      throw new UserError(
        `${hex ?? 'nothing'} is no virtual address`,
        'address to walk',
        'give up to 57 bits in hex, such as 0x7ffe00001000'
      )
    const address = parseAddress(hex)
    return Promise.all(this.lanes.map((lane) => (cold ? lane.coldWalk(address) : lane.lookWalk(address))))
  }

  private async asRun(choice: WholeWalkChoice): Promise<LaneRecords> {
    const { which, reference, attempt } = choice
    if (which === 'slowest') return this.kept.slowest() ?? []
    if (which === 'bucket') return this.inBucket(choice)
    if (which === 'reference') return this.atReference(reference, attempt)
    const latest = await Promise.all(
      this.lanes.map((lane) => (which === 'fault' ? lane.latestFault() : lane.latestReference()))
    )
    return this.atReference(Math.max(...latest.map((one) => one ?? 0)), attempt)
  }

  private async inBucket({ bucket, lane }: WholeWalkChoice): Promise<LaneRecords> {
    const walk = bucket ? await this.lanes[lane].walkIn(bucket) : null
    if (walk === null) return this.lanes.map(() => null)
    const records = await this.atReference(walk.reference, 0)
    return records.map((record, i) => (i === lane ? walk : record))
  }

  /** What ran there; where none of a lane's walks there is left, what was kept of it. */
  private async atReference(reference: number, attempt: number): Promise<LaneRecords> {
    const records = await Promise.all(this.lanes.map((lane) => lane.walkOf(reference, attempt)))
    return records.map((record, i) => record ?? this.kept.of(reference)?.[i] ?? null)
  }
}
