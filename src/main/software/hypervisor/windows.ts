/**
 * Windows: ranges of a VM's physical space that its hypervisor maps to granted frames, beyond the VM's memory. The
 * address of one that has ended is used again. Table pages made for windows are freed when nothing in them is left.
 * Where the hypervisor's windows have huge pages they begin and end at them, and the frames behind them do.
 */
import {
  alignDown,
  alignUp,
  page,
  pagesPerEntry,
  pagesPerTable,
  type Frame,
  type Level,
  type Page
} from '@shared/address/address'
import { ACCESSED, DIRTY, PRESENT, USER, WRITABLE, entryFrame } from '@shared/arch/entry'
import type { Layer } from '../layer'
import type { Vma } from '../space/vma-list'

/** Windows begin at guest-physical 1 TiB, or after the guest's memory where that is larger. */
const FIRST_WINDOW = 2 ** 28
const WINDOW_FLAGS = USER | WRITABLE | ACCESSED | DIRTY

export class Windows {
  /** @param layer the hypervisor; windows lie in the space of the VM it runs */
  constructor(private readonly layer: Layer) {}

  /** Frames of the pages that hold so many. */
  wholePages(frames: number): number {
    return alignUp(frames, pagesPerEntry(this.layer.windowLevel))
  }

  /** Sets the first free range aside. */
  reserve(frames: number): Page {
    const start = this.firstFit(this.wholePages(frames))
    this.layer.space.vmas.add(area(start, start + frames))
    return start
  }

  /** Maps adjacent frames of the hypervisor's own space. */
  map(window: number, base: number, frames: number): void {
    const { windowLevel } = this.layer
    const pages = pagesPerEntry(windowLevel)
    for (let i = 0; i < frames; i += pages) this.mapLeaf(window + i, base + i, windowLevel)
  }

  /** A page of a window lies in another frame now; contents and the old frame are the caller's. */
  mapPage(p: number, frame: number): void {
    if (this.layer.windowLevel > 1) this.dissolve(p)
    this.mapLeaf(p, frame, 1)
  }

  /** Table pages that it takes to map so many frames of a window one by one. */
  tablesFor(frames: number): number {
    const { windowLevel } = this.layer
    return windowLevel === 1 ? 0 : Math.ceil(frames / pagesPerEntry(windowLevel))
  }

  private mapLeaf(p: number, frame: number, level: number): void {
    const { table, oracle } = this.layer.space
    table.map(p, frame, level, WINDOW_FLAGS, true)
    oracle?.set(p, frame, pagesPerEntry(level))
  }

  /** A huge page around the page becomes small ones that map the same. */
  private dissolve(p: number): void {
    const { table } = this.layer.space
    const { level, low, high } = table.find(p)
    if (level === 1 || (low & PRESENT) === 0) return
    const pages = pagesPerEntry(level)
    const start = alignDown(p, pages)
    table.unmap(p)
    for (let i = 0; i < pages; i++) this.mapLeaf(start + i, entryFrame(low, high) + i, 1)
  }

  /** Unmaps a range of windows and frees table pages that are empty then; the frames behind it, in order. */
  unmap(start: number, frames: number): Frame[] {
    const { table } = this.layer.space
    const old: Frame[] = []
    for (let p = start; p < start + frames; p++) {
      const f = table.frameOf(p)
      if (f < 0) continue
      const pages = pagesPerEntry(table.leafLevelOf(p))
      for (let i = 0; i < pages; i++) old.push((f + i) as Frame)
      table.unmap(p)
      p += pages - 1
    }
    for (let level = 1; level < table.levels; level++) this.prune(start, frames, level as Level)
    return old
  }

  /** The range is free for other windows. It may be part of a window. */
  release(start: number, frames: number): void {
    const { vmas } = this.layer.space
    const vma = vmas.find(start)
    if (vma === null) throw new Error(`Windows.release: no window has page ${start}`)
    const [from, to] = [vma.start, vma.end]
    vmas.remove(vma)
    if (from < start) vmas.add(area(from, start))
    if (start + frames < to) vmas.add(area(start + frames, to))
  }

  /** Whether the page lies in a window. */
  has(p: number): boolean {
    return p >= FIRST_WINDOW && this.layer.space.vmas.find(p)?.name === WINDOW_NAME
  }

  private firstFit(frames: number): Page {
    let at = FIRST_WINDOW
    for (const vma of this.layer.space.vmas.list()) {
      if (vma.start >= at + frames) break
      if (vma.end > at) at = this.wholePages(vma.end)
    }
    return page(at)
  }

  private prune(start: number, frames: number, level: Level): void {
    const reach = pagesPerTable(level)
    for (let p = alignDown(start, reach) as number; p < start + frames; p += reach) this.pruneTable(p, level)
  }

  private pruneTable(p: number, level: Level): void {
    const { layer } = this
    const { table, teas } = layer.space
    const f = table.tableOf(p, level)
    if (f < 0 || teas.covering(level, p) !== null || !this.isEmpty(f as Frame)) return
    layer.releaseTable(table.detachTable(p, level))
  }

  private isEmpty(f: Frame): boolean {
    for (let i = 0; i < 512; i++) if ((this.layer.entries.low(f, i) & PRESENT) !== 0) return false
    return true
  }
}

const WINDOW_NAME = 'window'

/** No area of entries covers a window. */
const area = (start: number, end: number): Vma => ({
  start: page(start),
  end: page(end),
  writable: true,
  executable: false,
  name: WINDOW_NAME,
  mayHaveTea: false
})
