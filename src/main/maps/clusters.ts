/**
 * Which areas share a TEA, by the rule that the emulated kernel merges by (src/main/software/tea/merging.ts), for
 * areas that are met in the order of their addresses.
 */
import { PAGE_BYTES, formatAddress, pagesPerTable } from '@shared/address/address'
import type { AreaCluster } from '@shared/model/maps-report'
import { asVma } from '../lab/area-vma'
import { spanOf } from '../software/tea/eligibility'
import { occupancy } from '../software/tea/merging'
import type { Area } from '../workloads/workload'

/** Leaf tables of 4 KiB pages. */
const LEAF = 1
const REACH = pagesPerTable(LEAF)

interface Span {
  readonly first: number
  readonly end: number
}

interface Cluster extends Span {
  end: number
  pages: number
  readonly areas: Area[]
}

const slotsOf = ({ first, end }: Span): number => (end - first) / REACH

/**
 * @param areas ascending
 * @param leastOccupancy percent of slots in use after two have become one
 * @returns ascending
 */
export function clustersOf(areas: readonly Area[], leastOccupancy: number): AreaCluster[] {
  const clusters: Cluster[] = []
  for (const area of areas) {
    const { start, slots } = spanOf(asVma(area), LEAF)
    const span = { first: start, end: start + slots * REACH }
    const last = clusters.at(-1)
    if (last && mayMerge(last, span, leastOccupancy)) join(last, area, span.end)
    else clusters.push({ ...span, pages: area.pages, areas: [area] })
  }
  return clusters.map(asAreaCluster)
}

function mayMerge(last: Cluster, span: Span, leastOccupancy: number): boolean {
  const union = { first: last.first, end: Math.max(last.end, span.end) }
  return occupancy(slotsOf(span), slotsOf(last), slotsOf(union)) >= leastOccupancy
}

function join(cluster: Cluster, area: Area, end: number): void {
  cluster.end = Math.max(cluster.end, end)
  cluster.pages += area.pages
  cluster.areas.push(area)
}

function asAreaCluster(cluster: Cluster): AreaCluster {
  const largest = cluster.areas.reduce((a, b) => (b.pages > a.pages ? b : a))
  return {
    name: largest.name,
    start: formatAddress(cluster.areas[0].start),
    bytes: cluster.pages * PAGE_BYTES,
    areas: cluster.areas.length,
    slots: slotsOf(cluster)
  }
}
