import { page } from '@shared/address/address'
import type { Area } from '../workloads/workload'
import type { TouchedPages } from './touched-pages'

/** A hole as wide as what one leaf table maps parts two areas: nothing inside it would need a table. */
const WIDEST_HOLE = 512
/** Linux's limit for the areas of one process (vm.max_map_count). */
const MOST_AREAS = 65_530

interface Cluster {
  readonly start: number
  end: number
  writable: boolean
  readonly executable: boolean
}

/**
 * The areas of a program of which only the touched pages are known: pages less than `widestHole` untouched pages
 * apart are one area, code and data kept apart. Writable when any page of the area was written. Undefined when
 * the pages lie so scattered that no process could have as many areas.
 */
export function inferAreas(pages: TouchedPages, widestHole = WIDEST_HOLE): Area[] | undefined {
  const clusters: Cluster[] = []
  pages.forEach((at, written, executed) => {
    const last = clusters[clusters.length - 1]
    if (last?.executable === executed && at - last.end < widestHole) {
      last.end = at + 1
      last.writable ||= written
    } else if (clusters.length <= MOST_AREAS) {
      clusters.push({ start: at, end: at + 1, writable: written, executable: executed })
    }
  })
  return clusters.length > MOST_AREAS ? undefined : clusters.map(asArea)
}

const asArea = ({ start, end, writable, executable }: Cluster): Area => ({
  start: page(start),
  pages: end - start,
  writable,
  executable,
  name: executable ? 'code' : 'data',
  origin: 'inferred'
})
