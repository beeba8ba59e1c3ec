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
}

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
