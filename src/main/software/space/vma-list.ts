/** The areas of one address space, sorted and disjoint. For a hypervisor they are the memory slots of its VM. */
import { page, type Page } from '@shared/address/address'

export interface Vma {
  start: Page
  /** First page after it. */
  end: Page
  writable: boolean
  executable: boolean
  readonly name: string
  /** Areas that registers may cover; a window of granted frames is mapped as it is and needs none. */
  readonly mayHaveTea: boolean
  /** A stack: an access below it makes it larger. */
  readonly growsDown?: boolean
  /** Pages by which it was moved since its frames were tagged; 0 where they carry the tags of its own pages. */
  movedBy?: number
  /** Advice on huge pages, where some was given. */
  huge?: 'always' | 'never'
}

/** Two areas that are one when they touch (Linux mm/mmap.c, can_vma_merge_after). */
const areAlike = (a: Vma, b: Vma): boolean =>
  a.writable === b.writable &&
  a.executable === b.executable &&
  a.name === b.name &&
  a.mayHaveTea === b.mayHaveTea &&
  (a.growsDown ?? false) === (b.growsDown ?? false) &&
  (a.movedBy ?? 0) === (b.movedBy ?? 0) &&
  a.huge === b.huge

export class VmaList {
  private readonly vmas: Vma[] = []
  private last: Vma | null = null

  /** @throws when the area overlaps another: callers have checked */
  add(vma: Vma): void {
    const at = this.firstEndingAfter(vma.start)
    const next = this.vmas[at]
    if (next && next.start < vma.end) throw new Error(`VmaList.add: ${vma.name} overlaps ${next.name}`)
    this.vmas.splice(at, 0, vma)
  }

  find(p: number): Vma | null {
    const last = this.last
    if (last !== null && p >= last.start && p < last.end) return last
    const vma = this.vmas[this.firstEndingAfter(p)]
    if (!vma || p < vma.start) return null
    this.last = vma
    return vma
  }

  /**
   * Makes room for an access outside every area: the nearest neighbour within `reach` pages grows to it, else
   * a new area of one page begins.
   */
  widen(p: Page, reach: number): Vma {
    const at = this.firstEndingAfter(p)
    const after = this.vmas[at]
    const before = this.vmas[at - 1]
    if (before && p - before.end < reach) {
      before.end = page(p + 1)
      return before
    }
    if (after && after.start - p <= reach) {
      after.start = p
      return after
    }
    const vma = {
      start: p,
      end: page(p + 1),
      writable: true,
      executable: true,
      name: 'outside the map',
      mayHaveTea: true
    }
    this.vmas.splice(at, 0, vma)
    return vma
  }

  remove(vma: Vma): void {
    this.vmas.splice(this.vmas.indexOf(vma), 1)
    if (this.last === vma) this.last = null
  }

  /** Areas that hold a page of [start, end), whole. */
  within(start: number, end: number): Vma[] {
    const found: Vma[] = []
    for (let i = this.firstEndingAfter(start); i < this.vmas.length && this.vmas[i].start < end; i++)
      found.push(this.vmas[i])
    return found
  }

  /** An area begins or ends at this page, or there is none around it. */
  cut(p: number): void {
    const vma = this.find(p)
    if (vma === null || vma.start === p) return
    this.vmas.splice(this.vmas.indexOf(vma) + 1, 0, { ...vma, start: page(p) })
    vma.end = page(p)
  }

  /** Areas that lie in [start, end), cut out of those that reach beyond it. */
  cutOut(start: number, end: number): Vma[] {
    this.cut(start)
    this.cut(end)
    return this.within(start, end)
  }

  /** Makes areas that are alike and touch one, from the last one before `start` to the first one after `end`. */
  merge(start: number, end: number): void {
    const first = Math.max(0, this.firstEndingAfter(start) - 1)
    for (let i = first; i + 1 < this.vmas.length && this.vmas[i].start < end;) {
      const [before, after] = [this.vmas[i], this.vmas[i + 1]]
      if (before.end !== after.start || !areAlike(before, after)) {
        i++
        continue
      }
      this.remove(after)
      before.end = after.end
    }
  }

  /** End of the last area that ends at or before the page; 0 when there is none. */
  floorOf(p: number): number {
    const at = this.firstEndingAfter(p)
    return this.vmas[at - 1]?.end ?? 0
  }

  /** The first area that begins at or after the page. */
  next(p: number): Vma | null {
    const vma = this.vmas[this.firstEndingAfter(p)]
    if (!vma) return null
    return vma.start >= p ? vma : (this.vmas[this.vmas.indexOf(vma) + 1] ?? null)
  }

  /** First page after every area. */
  get end(): number {
    return this.vmas.at(-1)?.end ?? 0
  }

  list(): readonly Vma[] {
    return this.vmas
  }

  private firstEndingAfter(p: number): number {
    let low = 0
    let high = this.vmas.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.vmas[middle].end > p) high = middle
      else low = middle + 1
    }
    return low
  }
}
