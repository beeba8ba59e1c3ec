/**
 * The cuckoo walk tables of an address space: what a walk may know before it probes. One has an entry for each region
 * of 2 MiB, the other for each of 1 GiB. Only hints: a region that they do not mention may hold anything.
 */
import { HINT_2M, HINT_4K, hintOf } from '@shared/arch/cuckoo-hint'
import type { Layer } from '../layer'
import { CuckooTable, type CuckooPolicy } from './cuckoo-table'
import { EntryTable } from './entry-table'

/** Regions of 2 MiB in one of 1 GiB. */
const REGIONS = 512
/** Two ways, which hold half of their lines at most; of one frame each at first. Assumed. */
const WAYS = 2
const MOST_THRESHOLD = 0.4
const INITIAL_LINES = 64

interface Giant {
  with4K: number
  with2M: number
}

export class WalkTables {
  readonly regions: EntryTable
  readonly giants: EntryTable
  /** Clusters of 4 KiB pages in each region of 2 MiB. */
  private readonly clusters = new Map<number, number>()
  private readonly hints = new Map<number, number>()
  private readonly counts = new Map<number, Giant>()

  constructor(layer: Layer, ecpt: CuckooPolicy, seed: number) {
    const policy = {
      ...ecpt,
      ways: WAYS,
      threshold: Math.min(ecpt.threshold, MOST_THRESHOLD),
      initialLines: INITIAL_LINES
    }
    const truth = (hintAt: (region: number) => number) => (region: number) => {
      const low = hintAt(region)
      return low === 0 ? null : { low, high: 0 }
    }
    this.regions = new EntryTable(
      new CuckooTable(layer, policy, seed),
      truth((r) => this.hintAt(r))
    )
    this.giants = new EntryTable(
      new CuckooTable(layer, policy, seed + 1),
      truth((g) => this.giantHintAt(g))
    )
  }

  hintAt(region: number): number {
    return this.hints.get(region) ?? 0
  }

  giantHintAt(giant: number): number {
    const { with4K, with2M } = this.counts.get(giant) ?? { with4K: 0, with2M: 0 }
    return hintOf(with4K > 0, with2M > 0)
  }

  /** A cluster of 4 KiB pages has come into the region, or gone from it. */
  cluster(region: number, by: 1 | -1): void {
    const count = (this.clusters.get(region) ?? 0) + by
    if (count > 0) this.clusters.set(region, count)
    else this.clusters.delete(region)
    this.refresh(region)
  }

  /** The region is a huge page, whose line is in this way. */
  huge(region: number, way: number): void {
    this.say(region, hintOf(this.clusters.has(region), true, way))
  }

  noHuge(region: number): void {
    this.say(region, hintOf(this.clusters.has(region), false))
  }

  /** Regions that anything is known of. */
  known(): Iterable<number> {
    return this.hints.keys()
  }

  forget(): void {
    this.regions.table.release()
    this.giants.table.release()
    this.clusters.clear()
    this.hints.clear()
    this.counts.clear()
  }

  private refresh(region: number): void {
    const hint = this.hintAt(region)
    const has4K = this.clusters.has(region)
    if (has4K === ((hint & HINT_4K) !== 0)) return
    this.say(region, (hint & HINT_2M) === 0 ? hintOf(has4K, false) : hint ^ HINT_4K)
  }

  private say(region: number, hint: number): void {
    const before = this.hintAt(region)
    if (before === hint) return
    if (hint === 0) this.hints.delete(region)
    else this.hints.set(region, hint)
    write(this.regions, region, hint)
    this.count(Math.floor(region / REGIONS), before, hint)
  }

  private count(giant: number, before: number, hint: number): void {
    const said = this.giantHintAt(giant)
    const counts = this.counts.get(giant) ?? { with4K: 0, with2M: 0 }
    counts.with4K += bit(hint, HINT_4K) - bit(before, HINT_4K)
    counts.with2M += bit(hint, HINT_2M) - bit(before, HINT_2M)
    if (counts.with4K + counts.with2M > 0) this.counts.set(giant, counts)
    else this.counts.delete(giant)
    const now = this.giantHintAt(giant)
    if (now !== said) write(this.giants, giant, now)
  }
}

const bit = (hint: number, mask: number): number => ((hint & mask) === 0 ? 0 : 1)

function write(table: EntryTable, unit: number, hint: number): void {
  if (hint === 0) table.clear(unit)
  else table.set(unit, hint, 0)
}
