/** The pages of areas as runs: which hold data, and how many tables they take. */
import type { Area } from './workload'

/** Pages [start, end). */
export interface PageRun {
  readonly start: number
  readonly end: number
}

/** Runs of an area that hold data, ascending and apart. */
export function* backedRuns({ start, pages, backed }: Area): Generator<PageRun, undefined> {
  if (!backed) return void (yield { start, end: start + pages })
  for (let i = 0; i < backed.length; i += 2) {
    const first = start + backed[i]
    yield { start: first, end: first + backed[i + 1] }
  }
}

/** Pages of an area that hold data. */
export function backedPages(area: Area): number {
  let pages = 0
  for (const { start, end } of backedRuns(area)) pages += end - start
  return pages
}

/** Tables that map ascending runs, where each maps `reach` pages; one that two runs share is counted once. */
export function tablesOver(runs: Iterable<PageRun>, reach: number): number {
  let tables = 0
  let next = 0
  for (const { start, end } of runs) {
    const first = Math.max(next, Math.floor(start / reach))
    next = Math.max(next, Math.ceil(end / reach))
    tables += Math.max(0, next - first)
  }
  return tables
}
