/**
 * A flattened page table: the leaves of the kernel's index in a tree of nodes of 2 MiB, each of which stands for two
 * levels. Whether a node is folded is decided when it is made: where no 2 MiB of frames are free, and above a huge page
 * that would have to be written into 512 entries of a node, it stays two levels of tables.
 *
 * Room is found when the index is about to get a table, before anything is written: the layer may move pages for it.
 */
import {
  ENTRIES_PER_TABLE,
  alignDown,
  pagesPerEntry,
  pagesPerTable,
  type Frame
} from '@shared/address/address'
import { PRESENT } from '@shared/arch/entry'
import { NODE_FRAMES, beginsNode } from '@shared/arch/folding'
import type { Violations } from '../invariants/violations'
import { MirroredTable, type EntryWords } from '../space/mirrored-table'
import type { PageTable } from '../space/page-table'
import type { OwnFrames, SupportScene } from '../space/table-support'
import { FoldedTree, lowerLevel, namesPart, type Part, type Place } from './folded-tree'
import { NodeFrames } from './node-frames'

const isLeaf = (low: number, level: number): boolean => (low & PRESENT) !== 0 && !namesPart(low, level)

export class FoldedTable extends MirroredTable {
  private readonly frames: NodeFrames
  private tree!: FoldedTree
  /** Where the smallest leaves went last: populating writes 512 of them in a row. */
  private memoRegion = -1
  private memoFrame = 0 as Frame

  constructor(private readonly scene: SupportScene) {
    super()
    this.frames = new NodeFrames(scene.layer)
  }

  /** What the root register holds. */
  get root(): number {
    return this.tree.root.base
  }

  get isNode(): boolean {
    return this.tree.root.isNode
  }

  override attach(index: PageTable): void {
    super.attach(index)
    const root = this.newPart(this.scene.levels, 1)
    this.tree = new FoldedTree(root, this.scene.layer.entries)
  }

  /** The index is about to get a table: the way to its entries is made. @throws OutOfMemory; then nothing has changed */
  override frameFor(level: number, page: number): number {
    if (this.index === null) return -1
    this.frames.freeRetired()
    // Whether a node begins here is known with its first leaf.
    this.wayMade(page, this.mayBegin(level) ? level + 1 : level)
    return -1
  }

  /** What went out of the index was flushed, and is given back. */
  override takeBack(): boolean {
    this.frames.freeRetired()
    return false
  }

  override entryChanged(level: number, page: number, oldLow: number, low: number, high: number): void {
    super.entryChanged(level, page, oldLow, low, high)
    if (namesPart(oldLow, level) && (low & PRESENT) === 0) this.cutBelow(page, level)
  }

  protected override set(page: number, level: number, low: number, high: number): void {
    const region = Math.floor(page / ENTRIES_PER_TABLE)
    if (level === 1 && region === this.memoRegion)
      return this.scene.layer.entries.write(this.memoFrame, page % ENTRIES_PER_TABLE, low, high)
    if (this.scene.isShadow) this.frames.freeRetired()
    const { place, hasMoved } = this.placeFor(page, level)
    if (level === 1) this.remember(region, place.frame)
    if (!hasMoved) return this.tree.write(place, low, high)
    // The layer moved pages to find room: what counts is what the index says now.
    const now = this.index?.find(page)
    if (now?.level === level && isLeaf(now.low, level)) this.tree.write(place, now.low, now.high)
  }

  protected override remove(page: number, level: number): void {
    const place = this.lastOf(page, level)
    if (place.level === level && isLeaf(this.tree.low(place), level)) this.tree.write(place, 0, 0)
  }

  override find(page: number, level: number): EntryWords | null {
    const place = this.lastOf(page, level)
    const low = this.tree.low(place)
    return place.level === level && isLeaf(low, level) ? { low, high: this.tree.high(place) } : null
  }

  /** Frames that a walk of the page reads. Looking only. */
  override framesOnWay(page: number): number[] {
    return this.tree.wayTo(page, 1).map(({ frame }) => frame)
  }

  override release(): void {
    this.frames.freeAll()
  }

  override ownFrames(): readonly OwnFrames[] {
    return this.frames.list()
  }

  /** Nothing stands here that the index does not have, and no frame is held for nothing. */
  override check(found: Violations): void {
    super.check(found)
    let parts = 0
    const visit = (part: Part, start: number): void => {
      parts++
      for (const { place, page } of this.tree.entriesOf(part, start)) {
        const below = this.tree.below(place)
        if (below !== null) visit(below, page)
        else
          found.unless(this.index?.leafLevelOf(page) === place.level, 'flattened table', () => {
            return `page ${page} has a leaf at level ${place.level} that the index does not have`
          })
      }
    }
    visit(this.tree.root, 0)
    found.unless(parts === this.frames.named, 'flattened table', () => {
      return `${this.frames.named} nodes and tables are held, ${parts} are linked`
    })
  }

  private remember(region: number, frame: Frame): void {
    this.memoRegion = region
    this.memoFrame = frame
  }

  private mayBegin(level: number): boolean {
    return beginsNode(this.scene.spec.fpt.folding, level)
  }

  private lastOf(page: number, level: number): Place {
    const way = this.tree.wayTo(page, level)
    return way[way.length - 1]
  }

  /** Where the leaf at `level` goes, everything above it made; a smaller one takes the place of a larger. */
  private placeFor(page: number, level: number): { place: Place; hasMoved: boolean } {
    const hasMoved = this.wayMade(page, level)
    let place = this.lastOf(page, level)
    while (place.level > level) {
      // A leaf is split: its part is small, and nothing is moved for it.
      this.tree.link(place, this.frames.allocateTable(), false)
      place = this.lastOf(page, level)
    }
    if (place.level < level) place = this.unfold(place.part, page, level)
    return { place, hasMoved }
  }

  /** Makes the parts that are missing on the way to an entry of `level`; whether pages may have been moved for one. */
  private wayMade(page: number, level: number): boolean {
    let hasMoved = false
    for (;;) {
      const place = this.lastOf(page, level)
      if (place.level <= level || isLeaf(this.tree.low(place), place.level)) return hasMoved
      const part = this.newPart(place.level - 1, level)
      hasMoved ||= this.mayBegin(part.level)
      this.tree.link(place, part.base, part.isNode)
    }
  }

  /** A part at `level`, for a leaf at `leafLevel` below it or in it. */
  private newPart(level: number, leafLevel: number): Part {
    if (!this.mayBegin(level)) return { base: this.frames.allocateTable(), isNode: false, level }
    const node = leafLevel < level ? this.frames.allocateNode() : -1
    if (node >= 0) return { base: node, isNode: true, level }
    const base = this.frames.allocateTable()
    this.bookUnfolded(
      leafLevel < level
        ? 'no 2 MiB of frames for a node, it stays two levels'
        : 'two levels above a huge page',
      1
    )
    return { base, isNode: false, level }
  }

  /**
   * A huge page lies where a node stands for two levels. The node's frames are what tables of the lower level would be,
   * so nothing is copied: that of the huge page, which is empty, becomes the table of the upper level and names the
   * others; those that are empty too go back.
   */
  private unfold(node: Part, page: number, level: number): Place {
    const { tree, frames } = this
    const start = alignDown(page, pagesPerTable(level))
    const above = this.lastOf(page, node.level + 1)
    const table = tree.placeIn(node, page).frame
    if (!tree.isEmpty(table))
      throw new Error(`FoldedTable: smaller pages lie where page ${page} is to be huge`)
    const upper: Part = { base: table, isNode: false, level: node.level }
    frames.divide(node.base)
    this.memoRegion = -1
    for (let n = 0; n < NODE_FRAMES; n++) {
      const f = (node.base + n) as Frame
      if (f === table) continue
      if (tree.isEmpty(f)) frames.retire(f)
      else tree.link(tree.placeIn(upper, start + n * pagesPerEntry(level)), f, false)
    }
    tree.link(above, table, false)
    this.bookUnfolded('a node became two levels: a huge page lies below it', NODE_FRAMES)
    this.flush()
    return tree.placeIn(upper, page)
  }

  private flush(): void {
    const { layer } = this.scene
    layer.ledger.count('shootdowns')
    layer.ledger.charge(layer.costs.shootdown + layer.costs.shootdownPerTarget)
    layer.onShootdown()
    this.frames.freeRetired()
  }

  private bookUnfolded(text: string, frames: number): void {
    const { layer } = this.scene
    layer.ledger.count('nodesUnfolded')
    layer.event('node-unfold', text, frames, layer.costs.zeroPage)
  }

  /** The index has no table below this entry any more, and no leaf: nor has this table a part. */
  private cutBelow(page: number, level: number): void {
    const place = this.lastOf(page, level)
    if (place.level === level) return this.cut(place, page)
    if (place.level !== level - 1 || !place.part.isNode) return
    const reach = pagesPerEntry(level - 1)
    for (let n = 0; n < NODE_FRAMES; n++)
      this.cut(this.tree.placeIn(place.part, page + n * reach), page + n * reach)
  }

  private cut(place: Place, page: number): void {
    const below = this.tree.below(place)
    if (below === null) return
    this.memoRegion = -1
    this.retireAll(below, page)
    this.tree.write(place, 0, 0)
  }

  private retireAll(part: Part, start: number): void {
    this.frames.retire(part.base)
    if (lowerLevel(part) === 1) return
    for (const { place, page } of this.tree.entriesOf(part, start)) {
      const below = this.tree.below(place)
      if (below !== null) this.retireAll(below, page)
    }
  }
}
