/**
 * What an operating system keeps for redundant memory mappings (Karakostas et al., ISCA 2015) beside an ordinary page
 * table: the ranges, longest runs of pages that are contiguous in both spaces with equal permissions and page sizes,
 * as the entries of the table change. Those that are long enough stand in a range table in memory, which hardware walks.
 */
import { alignDown, pagesPerEntry, type Frame } from '@shared/address/address'
import { PRESENT } from '@shared/arch/entry'
import type { Range } from '@shared/arch/range-node'
import { formatCount } from '@shared/format/number'
import { LOAD } from '@shared/model/access'
import type { LabSpec } from '@shared/model/spec'
import { UNMOVABLE } from '../frames/migrate-type'
import type { Violations } from '../invariants/violations'
import type { Layer } from '../layer'
import { OutOfMemory } from '../out-of-memory'
import type { AddressSpace } from '../space/address-space'
import type { PageTable } from '../space/page-table'
import { TableSupport, type OwnFrames } from '../space/table-support'
import type { Vma } from '../space/vma-list'
import { EagerRuns, type EagerRun } from './eager-run'
import { follows, isAlike, isLeaf, leafRange, lengthOf } from './leaf-range'
import { RangeTree } from './range-tree'
import { rangesOf } from './ranges-of'

export class RangeTable extends TableSupport {
  private readonly tree: RangeTree
  private table: PageTable | null = null
  private space: AddressSpace | null = null
  private eager: EagerRuns | null = null
  /** The leaves being made come all at once. */
  private isMapping = false
  /** Ranges are missing, because no frame was free for a node. */
  private isShort = false
  /** The last ranges that changed, and the reference at which they did. */
  private readonly changed: Range[] = []
  private changedAt = -1

  constructor(
    private readonly layer: Layer,
    private readonly parameters: LabSpec['rmm']
  ) {
    super()
    this.tree = new RangeTree(layer.entries, {
      take: () => this.takeNode(),
      giveBack: (frame) => layer.releaseTable(frame)
    })
  }

  /** Frame of the root node in the layer's space, for hardware; -1 where there is no range. */
  get rangeRoot(): number {
    return this.tree.root
  }

  /** Looking only. */
  ranges(): Range[] {
    return [...this.tree.list()]
  }

  override attach(table: PageTable, space: AddressSpace | null): void {
    this.table = table
    this.space = space
    this.eager = space && new EagerRuns(space, this.parameters.eager)
  }

  override entryChanged(level: number, page: number, oldLow: number, low: number, high: number): void {
    if (this.isMapping) return
    if (isLeaf(low, level)) this.put(leafRange(page, level, low, high), low)
    else if (isLeaf(oldLow, level)) this.drop(page, level)
  }

  override mapOnFault(page: number, vma: Vma, access: number): number {
    const run = this.eager?.claim(page, vma) ?? null
    return run === null ? 0 : this.mapRun(run, page, vma, access)
  }

  override release(): void {
    this.tree.clear()
  }

  override ownFrames(): readonly OwnFrames[] {
    return [...this.tree.nodes()].map((base) => ({ base, count: 1, what: 'a node of a range table' }))
  }

  /** The ranges are those that the page table has, found without them. */
  override check(found: Violations): void {
    const { table, layer, parameters } = this
    if (table === null) return
    const expected = new Map<number, Range>()
    for (const range of rangesOf(table))
      if (lengthOf(range) >= parameters.minPages) expected.set(range.start, range)
    const kept = this.ranges()
    for (const range of kept) {
      const same = expected.get(range.start)
      const isRight = same !== undefined && isAlike(same, range) && same.frame === range.frame
      found.unless(isRight && (same.end === range.end || this.isShort), layer.name, () => {
        return `the range ${JSON.stringify(range)} is ${JSON.stringify(same)} in the page table`
      })
    }
    found.unless(kept.length === expected.size || this.isShort, layer.name, () => {
      return `${formatCount(kept.length)} ranges kept, ${formatCount(expected.size)} there`
    })
  }

  /** The leaf says this now, whatever stood at its place. */
  private put(leaf: Range, low: number): void {
    const known = this.tree.find(leaf.start)
    if (known !== null) {
      if (isAlike(known, leaf) && known.frame + (leaf.start - known.start) === leaf.frame) return
      const size = Math.max(pagesPerEntry(known.level), lengthOf(leaf))
      this.cut(known, alignDown(leaf.start, size), alignDown(leaf.start, size) + size)
    }
    // A table that is filled before the tree names it is looked at when it does.
    const now = (this.table as PageTable).find(leaf.start)
    if (now.level === leaf.level && now.low === low) this.join(leaf)
  }

  /** The leaf is gone; where a table stands in its place, its leaves are there now. */
  private drop(page: number, level: number): void {
    const pages = pagesPerEntry(level)
    const known = this.tree.find(page)
    if (known?.level === level) this.cut(known, page, page + pages)
    if (level === 1) return
    for (const range of rangesOf(this.table as PageTable, page, page + pages)) this.join(range)
  }

  /** Takes [from, to) out of a range; what is left stands for itself where it is long enough. */
  private cut(range: Range, from: number, to: number): void {
    const left: Range = { ...range, end: from }
    const right: Range = { ...range, start: to, frame: range.frame + (to - range.start) }
    const keepsLeft = this.isKept(left)
    if (keepsLeft) this.replace(range, left)
    else if (this.isKept(right)) return this.replace(range, right)
    else return this.remove(range)
    if (this.isKept(right)) this.insert(right)
  }

  /** A run that is in no range, with what it continues on both sides. */
  private join(run: Range): void {
    const before = this.tree.find(run.start - 1)
    const after = this.tree.find(run.end)
    const left = before !== null && follows(before, run) ? before : null
    const right = after !== null && follows(run, after) ? after : null
    const first = left ?? this.reachBack(run, before !== null)
    const end = right?.end ?? this.reachOn(run, after !== null)
    const whole: Range = { ...run, start: first.start, frame: first.frame, end }
    if (!this.isKept(whole)) return
    if (right !== null) this.remove(right)
    if (left !== null) this.replace(left, whole)
    else this.insert(whole)
  }

  /** Leaves before the run that are in no range, because they are too few, and that it continues. */
  private reachBack(run: Range, isTaken: boolean): Range {
    let first = run
    while (!isTaken && run.start - first.start < this.parameters.minPages && first.start > 0) {
      const leaf = this.leafAt(first.start - 1)
      if (leaf === null || !follows(leaf, first)) break
      first = leaf
    }
    return first
  }

  private reachOn(run: Range, isTaken: boolean): number {
    let last = run
    while (!isTaken && last.end - run.end < this.parameters.minPages) {
      const leaf = this.leafAt(last.end)
      if (leaf === null || leaf.start !== last.end || !follows({ ...run, end: last.end }, leaf)) break
      last = leaf
    }
    return last.end
  }

  private leafAt(page: number): Range | null {
    const { level, low, high } = (this.table as PageTable).find(page)
    if ((low & PRESENT) === 0) return null
    return leafRange(alignDown(page, pagesPerEntry(level)), level, low, high)
  }

  private isKept(range: Range): boolean {
    return lengthOf(range) >= Math.max(1, this.parameters.minPages)
  }

  private insert(range: Range): void {
    if (this.tree.insert(range)) return this.charge(range)
    this.isShort = true
    this.layer.event('range-eager', 'a range has no entry: no frame is free for a node', lengthOf(range), 0)
  }

  private replace(old: Range, range: Range): void {
    this.tree.replace(old.start, range)
    this.charge(range)
  }

  private remove(range: Range): void {
    this.tree.remove(range.start)
    this.charge(range)
  }

  /** An operation that goes over many pages changes a range once, however often that is done here. */
  private charge(range: Range): void {
    const { ledger, costs } = this.layer
    if (ledger.reference !== this.changedAt) this.changed.length = 0
    this.changedAt = ledger.reference
    const known = this.changed.findIndex(({ start, end }) => start === range.start || end === range.end)
    if (known < 0) ledger.charge(costs.rangeUpdate)
    if (known >= 0) this.changed.splice(known, 1)
    this.changed.push(range)
    if (this.changed.length > 2) this.changed.shift()
  }

  /** Maps a run of free frames; what cannot be mapped, for want of tables, goes back. The level, or 0 for none. */
  private mapRun(run: EagerRun, page: number, vma: Vma, access: number): number {
    const { layer } = this
    const pages = pagesPerEntry(run.level)
    const touched = alignDown(page, pages)
    const mapped = this.mapLeaves(run, touched, vma, access)
    const rest = run.start + mapped
    if (rest < run.end) layer.frames.freeRange(run.frame + mapped, run.end - rest)
    if (mapped > 0) this.join(this.leafRun(run.start, rest))
    if (mapped === 0) return 0
    const { minorFault, zeroPage } = layer.costs
    layer.ledger.count('eagerPages', mapped - (touched < rest ? pages : 0))
    const cycles = minorFault + mapped * zeroPage
    if (layer.ledger.isQuiet) layer.ledger.charge(cycles)
    else layer.event('range-eager', `pages of ${vma.name} mapped to contiguous frames`, mapped, cycles)
    return touched < rest ? run.level : 0
  }

  /** How many pages were mapped. */
  private mapLeaves(
    { start, end, level, frame }: EagerRun,
    touched: number,
    vma: Vma,
    access: number
  ): number {
    const space = this.space as AddressSpace
    const pages = pagesPerEntry(level)
    this.isMapping = true
    let p = start
    try {
      while (p < end) {
        space.mapOwned(p, frame + (p - start), vma, level, p === touched ? access : LOAD)
        p += pages
        if (level === 2) space.deposits?.keep(p - pages)
      }
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error
    } finally {
      this.isMapping = false
    }
    return p - start
  }

  private leafRun(start: number, end: number): Range {
    return { ...(this.leafAt(start) as Range), start, end }
  }

  /** A frame for a node, zero and backed by the layers below, or -1. */
  private takeNode(): number {
    const { frames, entries } = this.layer
    const frame = frames.allocate(0, UNMOVABLE)
    if (frame < 0) return -1
    try {
      entries.clear(frame as Frame)
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error
      frames.free(frame, 0)
      return -1
    }
    return frame
  }
}
