/**
 * Which pages of an address space are taken: ascending ranges that do not touch, so that neighbours are one. Places
 * are found as Linux finds them (mm/mmap.c, vm_unmapped_area): the highest hole that is large enough, and the upper
 * end of it.
 */
import { alignDown } from '@shared/address/address'

interface Range {
  readonly start: number
  /** The page after the last one. */
  readonly end: number
}

export class Ranges {
  private ranges: Range[] = []

  copy(): Ranges {
    const other = new Ranges()
    other.ranges = [...this.ranges]
    return other
  }

  /** The caller has asked whether it is free. */
  take(start: number, end: number): void {
    const at = this.firstEndingAfter(start - 1)
    const [before, after] = [this.ranges[at], this.ranges[this.firstEndingAfter(end)]]
    const joinsBefore = before !== undefined && before.end === start
    const joinsAfter = after !== undefined && after.start === end
    const range = { start: joinsBefore ? before.start : start, end: joinsAfter ? after.end : end }
    this.ranges.splice(at, Number(joinsBefore) + Number(joinsAfter), range)
  }

  free(start: number, end: number): void {
    const from = this.firstEndingAfter(start)
    let to = from
    while (to < this.ranges.length && this.ranges[to].start < end) to++
    const rest = this.ranges.slice(from, to).flatMap((range) => [
      { start: range.start, end: Math.min(range.end, start) },
      { start: Math.max(range.start, end), end: range.end }
    ])
    this.ranges.splice(from, to - from, ...rest.filter((range) => range.start < range.end))
  }

  isFree(start: number, end: number): boolean {
    const range = this.ranges[this.firstEndingAfter(start)]
    return range === undefined || range.start >= end
  }

  /** Start of the highest free place for `pages` below `top` and at or above `floor`; undefined when there is none. */
  highestHole(pages: number, alignment: number, floor: number, top: number): number | undefined {
    let limit = top
    for (let i = this.ranges.length - 1; i >= 0 && limit > floor; i--) {
      const { start, end } = this.ranges[i]
      if (start >= top) continue
      const candidate = alignDown(limit - pages, alignment)
      if (candidate >= Math.max(end, floor)) return candidate
      limit = start
    }
    const candidate = alignDown(limit - pages, alignment)
    return candidate >= floor ? candidate : undefined
  }

  /** Position of the first range that ends behind the page. */
  private firstEndingAfter(page: number): number {
    let [low, high] = [0, this.ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.ranges[middle].end > page) high = middle
      else low = middle + 1
    }
    return low
  }
}
