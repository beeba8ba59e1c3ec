/**
 * Moves the pages of a layer's address space to other frames: the data of a process, or the memory of a guest with
 * the tables that may be in it. Whatever serves no page stays where it is: tables, areas, grants, pinned frames.
 */
import { alignDown, pagesPerEntry, type Frame } from '@shared/address/address'
import { PRESENT, entryFrame } from '@shared/arch/entry'
import type { Layer } from '../layer'
import type { AddressSpace } from '../space/address-space'
import type { FoundEntry } from '../space/page-table'
import type { FrameMover } from './frame-mover'
import { MOVABLE, PAGEBLOCK_ORDER } from './migrate-type'

/** The tag of a frame holds the low 32 bits of its page. */
const TAG_SPAN = 2 ** 32

/** A leaf, and what it maps of which space. */
interface Placed {
  readonly space: AddressSpace
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

  /** The one leaf that maps the frame, or null: what processes share stays, for each of them would have to agree. */
  private leafOver(frame: number): Placed | null {
    const { pageOfFrame, shares, spaces } = this.layer
    const tag = pageOfFrame[frame]
    if (tag === 0 || shares.isShared(frame)) return null
    for (const space of spaces) {
      const placed = leafIn(space, frame, ((tag ^ space.salt) - 1) >>> 0)
      if (placed) return shares.anyShared(placed.frame, pagesPerEntry(placed.level)) ? null : placed
    }
    return null
  }

  private migrate({ space, page, frame, level }: Placed, to: number): void {
    const { layer } = this
    const count = pagesPerEntry(level)
    for (let i = 0; i < count; i++) this.copy(frame + i, to + i)
    relocate(space, page, frame, to, count)
    layer.pagesMoved(space, page, count)
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

/**
 * The leaf of a page names other frames, whose contents are there already; tags and oracle follow. What remembers the
 * old frames, and these themselves, are the caller's.
 */
export function relocate(space: AddressSpace, page: number, from: number, to: number, count: number): void {
  const { pageOfFrame, dataCells } = space.layer
  space.table.repointLeaf(page, to as Frame)
  space.oracle?.set(page, to, count)
  pageOfFrame.copyWithin(to, from, from + count)
  pageOfFrame.fill(0, from, from + count)
  dataCells.add(from, count, -1)
  dataCells.add(to, count, 1)
}

/** `low` are the low 32 bits of the page that the frame serves, as its tag says. */
function leafIn(space: AddressSpace, frame: number, low: number): Placed | null {
  for (const { start, end, movedBy = 0 } of space.vmas.list()) {
    // The first page of the area with these low bits, then each further one.
    let page = Math.floor(start / TAG_SPAN) * TAG_SPAN + ((low + movedBy) >>> 0)
    if (page < start) page += TAG_SPAN
    for (; page < end; page += TAG_SPAN) {
      const found = space.table.find(page)
      if (maps(found, page, frame)) return placedAt(space, found, page)
    }
  }
  return null
}

const orderOf = ({ level }: Placed): number => (level === 1 ? 0 : PAGEBLOCK_ORDER)

function maps({ low, high, level }: FoundEntry, page: number, frame: number): boolean {
  if ((low & PRESENT) === 0) return false
  return entryFrame(low, high) + (page - alignDown(page, pagesPerEntry(level))) === frame
}

const placedAt = (space: AddressSpace, { low, high, level }: FoundEntry, page: number): Placed => ({
  space,
  page: alignDown(page, pagesPerEntry(level)),
  frame: entryFrame(low, high),
  level
})
