/**
 * Elastic cuckoo page tables of an address space, in frames of its layer: a table for pages of 4 KiB, one for those of
 * 2 MiB, and the walk tables that say which of them to probe. A line that finds no place is left to the kernel's radix
 * index, which hardware walks as long as the tables are incomplete.
 */
import { ENTRIES_PER_LINE, LINES_PER_FRAME, pagesPerEntry } from '@shared/address/address'
import { ANY_WAY, HINT_2M } from '@shared/arch/cuckoo-hint'
import { formatCount } from '@shared/format/number'
import type { LabSpec } from '@shared/model/spec'
import type { CuckooWays } from '../../hardware/registers/cuckoo-ways'
import type { Violations } from '../invariants/violations'
import type { Layer } from '../layer'
import { MirroredTable, type EntryWords } from '../space/mirrored-table'
import type { PageTable } from '../space/page-table'
import { eachLeaf } from '../space/table-ranges'
import type { OwnFrames } from '../space/table-support'
import { checkEcpt } from './check-ecpt'
import { CuckooTable } from './cuckoo-table'
import { EntryTable } from './entry-table'
import { WalkTables } from './walk-tables'

const ECPT_WAYS = 3
/** Of 4 KiB and of 2 MiB. */
const LEVELS = [1, 2] as const

const SEEDS = { small: 0x1000, huge: 0x2000, walk: 0x3000 }

interface Named {
  readonly title: string
  readonly entries: EntryTable
}

export class EcptTable extends MirroredTable {
  readonly small: EntryTable
  readonly huge: EntryTable
  readonly hints: WalkTables
  /** What a CPU is told: by page size, 4 KiB first. */
  readonly ways: readonly CuckooWays[]
  private readonly tables: readonly Named[]
  private isMade = false
  private isSettling = false
  private overflows = 0
  /** Clusters of huge pages whose line has come to lie in another way. */
  private readonly placed: number[] = []

  constructor(
    private readonly layer: Layer,
    ecpt: LabSpec['ecpt']
  ) {
    super()
    const policy = { ...ecpt, ways: ECPT_WAYS }
    const entries = (level: number, seed: number): EntryTable =>
      new EntryTable(new CuckooTable(layer, policy, seed), (unit) => this.indexed(unit, level))
    this.small = entries(1, SEEDS.small)
    this.huge = entries(2, SEEDS.huge)
    this.hints = new WalkTables(layer, policy, SEEDS.walk)
    this.huge.table.onPlaced = (cluster) => this.placed.push(cluster)
    this.ways = [this.small.table.ways, this.huge.table.ways]
    this.tables = [
      { title: '4 KiB pages', entries: this.small },
      { title: '2 MiB pages', entries: this.huge },
      { title: 'regions of 2 MiB', entries: this.hints.regions },
      { title: 'regions of 1 GiB', entries: this.hints.giants }
    ]
  }

  /** Where hints about regions of 2 MiB lie, and about those of 1 GiB. */
  get regionWays(): CuckooWays {
    return this.hints.regions.table.ways
  }

  get giantWays(): CuckooWays {
    return this.hints.giants.table.ways
  }

  /** No line is without a place: what no probe finds is not mapped. */
  get isComplete(): boolean {
    return this.small.table.homeless.size + this.huge.table.homeless.size === 0
  }

  /** Where the page's entry is: 0..2 a way for 4 KiB pages, 3..5 one for 2 MiB pages; -1: nowhere. */
  placeOf(page: number): number {
    for (const level of LEVELS) {
      const unit = Math.floor(page / pagesPerEntry(level))
      const way = this.of(level).find(unit) === null ? -1 : this.of(level).wayOf(unit)
      if (way >= 0) return (level - 1) * ECPT_WAYS + way
    }
    return -1
  }

  override find(page: number, level: number): EntryWords | null {
    return level > 2 ? null : this.of(level).find(Math.floor(page / pagesPerEntry(level)))
  }

  of(level: number): EntryTable {
    return level === 1 ? this.small : this.huge
  }

  protected override set(page: number, level: number, low: number, high: number): void {
    if (level > 2) throw new Error(`EcptTable: there is no table for pages of level ${level}`)
    if (!this.isMade) this.make()
    else this.put(page, level, low, high)
    this.settle()
  }

  protected override remove(page: number, level: number): void {
    const unit = Math.floor(page / pagesPerEntry(level))
    const isLast = this.of(level).clear(unit)
    if (level === 2) this.hints.noHuge(unit)
    else if (isLast) this.hints.cluster(Math.floor(page / pagesPerEntry(2)), -1)
    this.settle()
  }

  override release(): void {
    this.small.table.release()
    this.huge.table.release()
    this.hints.forget()
    this.isMade = false
    this.overflows = 0
    this.placed.length = 0
  }

  override ownFrames(): readonly OwnFrames[] {
    return this.tables.flatMap(({ title, entries }) =>
      entries.table.places().map(({ base, lines }) => {
        return { base, count: lines / LINES_PER_FRAME, what: `a way of the cuckoo table of ${title}` }
      })
    )
  }

  override check(found: Violations): void {
    if (this.index !== null) checkEcpt(this, this.index, found)
  }

  private put(page: number, level: number, low: number, high: number): void {
    const unit = Math.floor(page / pagesPerEntry(level))
    const isFirst = this.of(level).set(unit, low, high)
    if (level === 2) this.sayWay(unit)
    else if (isFirst) this.hints.cluster(Math.floor(page / pagesPerEntry(2)), 1)
  }

  private sayWay(region: number): void {
    const way = this.huge.wayOf(region)
    this.hints.huge(region, way < 0 ? ANY_WAY : way)
  }

  /** All tables at once, when the first leaf is there; what the index holds goes in. */
  private make(): void {
    this.isMade = true
    this.generation++
    for (const { entries } of this.tables) entries.table.grow()
    const index = this.index as PageTable
    eachLeaf(index, 0, pagesPerEntry(index.levels + 1), (page, level, _table, _at, low, high) =>
      this.put(page, level, low, high)
    )
  }

  /** What an operation has left to do: hints of lines that were pushed, room for what is too full. */
  private settle(): void {
    if (this.isSettling) return
    this.isSettling = true
    try {
      this.sayPlaced()
      for (const one of this.tables) this.makeRoom(one)
    } finally {
      this.isSettling = false
    }
    this.bookOverflows()
  }

  private makeRoom(one: Named): void {
    const { entries } = one
    const { table } = entries
    while (table.needsRoom && this.enlarge(one));
    if (table.mayReadmit) entries.readmitOne()
    this.sayPlaced()
  }

  private sayPlaced(): void {
    const { placed, hints } = this
    for (let cluster = placed.pop(); cluster !== undefined; cluster = placed.pop())
      for (let i = 0; i < ENTRIES_PER_LINE; i++) {
        const region = cluster * ENTRIES_PER_LINE + i
        if ((hints.hintAt(region) & HINT_2M) !== 0) this.sayWay(region)
      }
  }

  private enlarge({ title, entries }: Named): boolean {
    const lines = entries.table.grow()
    if (lines === 0) return false
    this.generation++
    const frames = (entries.table.ways.count * lines) / LINES_PER_FRAME
    const { ledger, costs } = this.layer
    ledger.count('hashResizes')
    const text = `ways of ${formatCount(lines)} lines for ${title}`
    this.layer.event('hash-resize', text, frames, frames * costs.zeroPage)
    entries.readmit()
    return true
  }

  private bookOverflows(): void {
    const now = this.small.table.homeless.size + this.huge.table.homeless.size
    const more = now - this.overflows
    this.overflows = now
    if (more <= 0) return
    this.layer.ledger.count('hashOverflows', more)
    this.layer.event('hash-overflow', 'lines found no place, and are walked as radix', 0, 0)
  }

  /** What the kernel's index says of a leaf of this level. */
  private indexed(unit: number, level: number): EntryWords | null {
    const page = unit * pagesPerEntry(level)
    const { index } = this
    if (index === null || index.leafLevelOf(page) !== level) return null
    const { low, high } = index.find(page)
    return { low, high }
  }
}
