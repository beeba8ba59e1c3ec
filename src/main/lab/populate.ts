/** Populating memory before the first reference, a slice at a time so that it can be watched and cancelled. */
import { alignDown } from '@shared/address/address'
import type { Stack } from '../software/stack'
import type { Area } from '../workloads/workload'

export class Population {
  pagesDone = 0
  readonly pagesTotal: number
  private area = 0
  private next = 0

  constructor(
    private readonly stack: Stack,
    private readonly areas: readonly Area[]
  ) {
    this.pagesTotal = areas.reduce((sum, area) => sum + area.pages, 0)
  }

  /** Maps pages until at least `pages` more are done; writable areas as a first store would. @throws OutOfMemory */
  advance(pages: number): void {
    const target = Math.min(this.pagesTotal, this.pagesDone + pages)
    while (this.pagesDone < target) {
      const area = this.areas[this.area]
      if (this.next >= area.pages) {
        this.area++
        this.next = 0
        continue
      }
      const page = area.start + this.next
      const leaf = this.stack.populate(page, area.writable)
      const step = Math.min(alignDown(page, leaf) + leaf - page, area.pages - this.next)
      this.next += step
      this.pagesDone += step
    }
  }
}
