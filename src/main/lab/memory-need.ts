/**
 * What lanes with all their pages touched take of the machine that the lab runs on: an estimate, so that a
 * footprint that cannot fit is refused before anything is built, and does not end the process half-way.
 */
import { PAGE_BYTES, pagesPerTable } from '@shared/address/address'
import type { PagePolicy } from '@shared/arch/page-size'
import { formatBytes } from '@shared/format/quantity'
import { formatCount } from '@shared/format/number'
import { DEPTH } from '@shared/model/environment'
import type { LabSpec } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { designOf } from '../designs'
import type { TranslationDesign } from '../designs/design'
import { MOST_TABLE_FRAMES } from '../hardware/memory/physical-memory'
import { shadowsProcess } from '../software/hypervisor/shadows'
import { backedPages, backedRuns, tablesOver } from '../workloads/area-runs'
import { dataPages, reservedPages, type Area, type MemorySource } from '../workloads/workload'

/** A number for each page: in the owner map of each layer, in the map of table frames, in oracle maps. */
const BYTES_A_NUMBER = 4
const NUMBERS_A_PAGE = PAGE_BYTES / BYTES_A_NUMBER
/** The runtime of a thread, its caches and its buffers. */
const BYTES_A_LANE = 32 * 2 ** 20

const LEAF_LEVEL: Record<PagePolicy, number> = { '4K': 1, '2M': 2, '1G': 3, thp: 2 }

/** The levels above the leaf tables come to 0.2 % of them; windows and the ends of areas to less. */
const WITH_OTHER_TABLES = 1.01

/** Leaf tables of all spaces; `sparse` are those of the process that its data would not need were it dense. */
export function leafTables(spec: LabSpec, design: TranslationDesign, pages: number, sparse = 0): number {
  const tables = (policy: PagePolicy): number => Math.ceil(pages / pagesPerTable(LEAF_LEVEL[policy]))
  const plan = design.shadow(spec)
  // A shadow's leaves have the smallest of the sizes that it combines.
  const ofProcess = shadowsProcess(plan) ? Math.max(tables(spec.pageSize), tables(spec.hostPageSize)) : 0
  const ofHosts = DEPTH[spec.environment] - 1 + (plan === 'populated' ? 1 : 0)
  return sparse + tables(spec.pageSize) + ofHosts * tables(spec.hostPageSize) + ofProcess
}

/** Leaf tables that the runs of a sparse area take, beyond those that their pages would take in one piece. */
function sparseTables(area: Area, policy: PagePolicy): number {
  const reach = pagesPerTable(LEAF_LEVEL[policy])
  return area.backed ? tablesOver(backedRuns(area), reach) - Math.ceil(backedPages(area) / reach) : 0
}

/** The same, with what the design keeps beside them. */
const allTables = (spec: LabSpec, design: TranslationDesign, pages: number, sparse: number): number =>
  leafTables(spec, design, pages, sparse) * (1 + (design.besideLeafTable ?? 0))

/** Pages of a stream that get frames under a design. */
export const lanePages = (design: TranslationDesign, source: MemorySource): number =>
  design.isEager ? reservedPages(source) : dataPages(source)

/** Resident bytes of one lane. */
export function laneBytes(spec: LabSpec, design: TranslationDesign, pages: number, sparse = 0): number {
  const tables = allTables(spec, design, pages, sparse)
  const numbers = DEPTH[spec.environment] * pages * (spec.verify ? 2 : 1)
  // Table frames lie scattered over the machine, so each makes a page of their map resident.
  const tableMap = Math.min(pages, tables * NUMBERS_A_PAGE)
  return BYTES_A_LANE + tables * PAGE_BYTES + (numbers + tableMap) * BYTES_A_NUMBER
}

/** Resident bytes of all lanes. */
export function lanesBytes(spec: LabSpec, source: MemorySource): number {
  const sparse = source.areas.reduce((sum, area) => sum + sparseTables(area, spec.pageSize), 0)
  return spec.lanes
    .map(designOf)
    .reduce((sum, design) => sum + laneBytes(spec, design, lanePages(design, source), sparse), 0)
}

/** @throws UserError when the lanes cannot fit. A trace touches little of what it reserves and is let pass. */
export function checkMemory(spec: LabSpec, source: MemorySource, usable: number): void {
  if (spec.trace) return
  const sparse = source.areas.reduce((sum, area) => sum + sparseTables(area, spec.pageSize), 0)
  const designs = spec.lanes.map(designOf)
  const tables = Math.max(
    ...designs.map((design) => allTables(spec, design, lanePages(design, source), sparse))
  )
  if (tables * WITH_OTHER_TABLES > MOST_TABLE_FRAMES)
    throw tooLarge(
      spec,
      `a lane of ${formatBytes(spec.footprint)} fills ${formatCount(tables)} page tables, the lab holds ${formatCount(MOST_TABLE_FRAMES)}`
    )
  const bytes = lanesBytes(spec, source)
  if (bytes > usable)
    throw tooLarge(
      spec,
      `${lanesText(spec)} of ${formatBytes(spec.footprint)} take about ${formatBytes(bytes)} of memory, ${formatBytes(usable)} can be had here`
    )
}

const lanesText = ({ lanes }: LabSpec): string => (lanes.length === 1 ? 'a lane' : `${lanes.length} lanes`)

const tooLarge = (spec: LabSpec, what: string): UserError =>
  new UserError(
    what,
    'footprint',
    spec.lanes.length > 1
      ? 'choose a smaller one, larger pages or fewer lanes'
      : 'choose a smaller one or larger pages'
  )
