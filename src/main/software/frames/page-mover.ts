/**
 * Moves the pages of a layer's address space to other frames: the data of a process, or the memory of a guest with
 * the tables that may be in it. Whatever serves no page stays where it is: tables, areas, grants, pinned frames.
 */
import { alignDown, pagesPerEntry, type Frame } from '@shared/address/address'
import { PRESENT, entryFrame } from '@shared/arch/entry'
import type { Layer } from '../layer'
import type { FoundEntry } from '../space/page-table'
import type { FrameMover } from './frame-mover'
import { MOVABLE, PAGEBLOCK_ORDER } from './migrate-type'

/** The tag of a frame holds the low 32 bits of its page. */
const TAG_SPAN = 2 ** 32

/** A leaf and what it maps. */
interface Placed {
  readonly page: number
  readonly frame: number
  readonly level: number
}

export class PageMover implements FrameMover {
  constructor(private readonly layer: Layer) {}

  /** 1 GiB pages stay: there is seldom room for another. */
  isMovable(frame: number): boolean {
    const placed = this.leafOver(frame)
    return placed !== null && placed.level <= 2
  }

  move(frame: number): boolean {
    const placed = this.leafOver(frame)
    if (placed === null || placed.level > 2) return false
    const to = this.layer.frames.allocate(orderOf(placed), MOVABLE)
    if (to < 0) return false
    this.migrate(placed, to)
    return true
  }

  moveTo(frame: number, to: number): boolean {
    const placed = this.leafOver(frame)
    if (placed?.level !== 1) return false
    this.migrate(placed, to)
    return true
  }

  /** The leaf of the space that maps the frame, or null. */
  private leafOver(frame: number): Placed | null {
    const tag = this.layer.pageOfFrame[frame]
    if (tag === 0) return null
    const low = (tag - 1) >>> 0
    for (const { start, end } of this.layer.space.vmas.list()) {
      // The first page of the area with these low bits, then each further one.
      let page = Math.floor(start / TAG_SPAN) * TAG_SPAN + low
      if (page < start) page += TAG_SPAN
      for (; page < end; page += TAG_SPAN) {
        const found = this.layer.space.table.find(page)
        if (maps(found, page, frame)) return placedAt(found, page)
      }
    }
    return null
  }

  private migrate({ page, frame, level }: Placed, to: number): void {
    const { layer } = this
    const { space } = layer
    const count = pagesPerEntry(level)
    for (let i = 0; i < count; i++) this.copy(frame + i, to + i)
    space.table.repointLeaf(page, to as Frame)
    space.oracle?.set(page, to, count)
    layer.own(to, count, page)
    layer.pageOfFrame.fill(0, frame, frame + count)
    layer.pagesMoved(page, count)
    for (let i = 0; i < count; i++) this.forget(frame + i)
    layer.frames.free(frame, level === 1 ? 0 : PAGEBLOCK_ORDER)
  }

  private copy(from: number, to: number): void {
    if (this.isBacked(from)) this.layer.entries.copyFrame(from as Frame, to as Frame)
  }

  private forget(frame: number): void {
    if (this.isBacked(frame)) this.layer.entries.clear(frame as Frame)
  }

  /** A guest's frame that nobody has touched yet has no contents anywhere. */
  private isBacked(frame: number): boolean {
    const { below } = this.layer
    return below === null || below.space.table.frameOf(frame) >= 0
  }
}

const orderOf = ({ level }: Placed): number => (level === 1 ? 0 : PAGEBLOCK_ORDER)

function maps({ low, high, level }: FoundEntry, page: number, frame: number): boolean {
  if ((low & PRESENT) === 0) return false
  return entryFrame(low, high) + (page - alignDown(page, pagesPerEntry(level))) === frame
}

const placedAt = ({ low, high, level }: FoundEntry, page: number): Placed => ({
  page: alignDown(page, pagesPerEntry(level)),
  frame: entryFrame(low, high),
  level
})
