/** Populating memory before the first reference, a slice at a time so that it can be watched and cancelled. */
import { alignDown } from '@shared/address/address'
import type { Stack } from '../software/stack'
import { backedPages, backedRuns, type PageRun } from '../workloads/area-runs'
import type { Area } from '../workloads/workload'

/** Pages of one area that get frames. */
interface Run extends PageRun {
  readonly writable: boolean
}

export class Population {
  pagesDone = 0
  readonly pagesTotal: number
  private readonly runs: Iterator<Run, undefined>
  private run: Run | undefined
  private next = 0

  constructor(
    private readonly stack: Stack,
    areas: readonly Area[]
  ) {
    this.pagesTotal = areas.reduce((sum, area) => sum + backedPages(area), 0)
    this.runs = runsOf(areas)
  }

  /** Maps pages until at least `pages` more are done; writable areas as a first store would. @throws OutOfMemory */
  advance(pages: number): void {
    const target = Math.min(this.pagesTotal, this.pagesDone + pages)
    while (this.pagesDone < target) {
      const run = this.runAtHand()
      if (!run) return
      const leaf = this.stack.populate(this.next, run.writable)
      const end = Math.min(alignDown(this.next, leaf) + leaf, run.end)
      this.pagesDone += end - this.next
      this.next = end
    }
  }

  /** The run that `next` lies in; undefined when all are done. */
  private runAtHand(): Run | undefined {
    while (!this.run || this.next >= this.run.end) {
      this.run = this.runs.next().value
      if (!this.run) return undefined
      this.next = this.run.start
    }
    return this.run
  }
}

function* runsOf(areas: readonly Area[]): Generator<Run, undefined> {
  for (const area of areas) for (const run of backedRuns(area)) yield { ...run, writable: area.writable }
}
