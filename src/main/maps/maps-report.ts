/** Would this process profit from DMT? Read from its memory map; nothing is run. */
import { PAGE_BYTES, pagesPerTable } from '@shared/address/address'
import type { AreaCluster, MapsReport } from '@shared/model/maps-report'
import type { MapsRules } from '@shared/model/maps-rules'
import type { FileStream } from '../lab/ports'
import { asVma } from '../lab/area-vma'
import { isEligible } from '../software/tea/eligibility'
import { readMemoryMap, type MappedArea, type MemoryMap, type Residence } from '../traces/memory-map'
import { backedRuns, tablesOver } from '../workloads/area-runs'
import { clustersOf } from './clusters'
import { verdictOf } from './verdict'

/** A map may hold addresses that four levels of tables do not reach. */
const LEVELS = 5
const MOST_CLUSTERS_SHOWN = 64
const LEAF_REACH = pagesPerTable(1)

/** @throws UserError for a file that is no memory map, or a damaged one */
export async function readMapsReport(stream: FileStream, rules: MapsRules): Promise<MapsReport> {
  return mapsReport(await readMemoryMap(stream, LEVELS), stream.name, rules)
}

export function mapsReport({ areas, ignored }: MemoryMap, name: string, rules: MapsRules): MapsReport {
  const large = areas.filter((area) => isEligible(asVma(area), rules.minVmaMiB, LEVELS))
  const leastOccupancy = 100 - rules.bubblePercent
  const teas = largestFirst(clustersOf(large, leastOccupancy))
  const groups = largestFirst(clustersOf(areas, leastOccupancy))
  const mappedBytes = bytesOf(areas)
  const numbers = {
    schema: 'dmt-lab/maps@1' as const,
    name,
    areas: areas.length,
    eligible: large.length,
    clusters: teas.length,
    registersFor50Percent: registersFor(groups, 0.5 * mappedBytes),
    registersFor90Percent: registersFor(groups, 0.9 * mappedBytes),
    registersFor99Percent: registersFor(groups, 0.99 * mappedBytes),
    teaFrames: sum(teas, (tea) => tea.slots),
    largestTeaFrames: Math.max(0, ...teas.map((tea) => tea.slots)),
    bubbleFrames:
      sum(teas, (tea) => tea.slots) -
      tablesOver(
        large.flatMap((area) => [...backedRuns(area)]),
        LEAF_REACH
      ),
    mappedBytes,
    coveredShare: mappedBytes > 0 ? sum(teas.slice(0, rules.registers), (tea) => tea.bytes) / mappedBytes : 0,
    residentBytes: residence(areas, 'resident'),
    hugeBytes: residence(areas, 'huge'),
    ignored: ignored.length,
    teas: teas.slice(0, MOST_CLUSTERS_SHOWN),
    groups: groups.slice(0, MOST_CLUSTERS_SHOWN)
  }
  return { ...numbers, verdict: verdictOf(numbers, rules.registers, rules.minVmaMiB) }
}

const sum = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((total, one) => total + of(one), 0)

const bytesOf = (areas: readonly MappedArea[]): number => sum(areas, (area) => area.pages) * PAGE_BYTES

const largestFirst = (clusters: readonly AreaCluster[]): AreaCluster[] =>
  [...clusters].sort((a, b) => b.bytes - a.bytes)

/** How many of the largest clusters hold so many bytes. */
function registersFor(groups: readonly AreaCluster[], bytes: number): number {
  let covered = 0
  let count = 0
  while (covered < bytes && count < groups.length) covered += groups[count++].bytes
  return count
}

/** Of all areas together; null when the file says it of none. */
function residence(areas: readonly MappedArea[], key: keyof Residence): number | null {
  const known = areas.map((area) => area.residence?.[key]).filter((one) => one !== undefined)
  return known.length === 0 ? null : sum(known, (one) => one)
}
