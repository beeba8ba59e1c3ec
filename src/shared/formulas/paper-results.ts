/** What the paper's formulas say about the files given: each histogram with the perf counts that belong to it. */
import type { MeasuredSpeedups } from '../model/paper-tools'
import { applicationSpeedups, estimate, type Estimate } from './estimate'
import type { Histogram } from './histogram-reader'
import type { PaperFile } from './paper-file'
import type { PerfCounts } from './perf-counts'
import { PAPER_PAGES, type PaperPages } from './places'
import { UserError } from '../model/user-error'

export interface NamedPaperFile {
  readonly name: string
  readonly content: PaperFile
}

export interface Measurement extends PerfCounts {
  readonly file: string
  /** Groups it is for. */
  readonly pages: readonly PaperPages[]
}

export interface Group extends Estimate {
  /** With the walk overhead that was measured; absent where no perf counts are for this page size. */
  readonly application?: MeasuredSpeedups
}

export interface HistogramResult extends Histogram {
  readonly file: string
  readonly groups: readonly Group[]
}

export interface PaperResults {
  readonly histograms: readonly HistogramResult[]
  readonly measurements: readonly Measurement[]
}

/** The artifact's file names: huge pages always, or never. */
const PAGES_OF_NAME: readonly (readonly [RegExp, PaperPages])[] = [
  [/always[^/\\]*$/i, '2M'],
  [/never[^/\\]*$/i, '4K']
]

function pagesOf(file: string): readonly PaperPages[] {
  const [, pages] = PAGES_OF_NAME.find(([name]) => name.test(file)) ?? []
  return pages === undefined ? PAPER_PAGES : [pages]
}

/** @throws UserError when two of them are for the same page size */
function checkApart(measurements: readonly Measurement[]): void {
  for (const pages of PAPER_PAGES) {
    const [first, second] = measurements.filter((one) => one.pages.includes(pages))
    if (second === undefined) continue
    throw new UserError(
      `two files have perf counts for ${pages} pages`,
      `${first.file} and ${second.file}`,
      'name them perf-never.short and perf-always.short, or give one'
    )
  }
}

/** Estimates for every environment and page size that the walks may be of. */
export function estimatesOf({ environment, rows }: Pick<Histogram, 'environment' | 'rows'>): Estimate[] {
  // A nested guest's walk has the same steps: two dimensions, over L0's shadow of the lower two layers.
  const environments = environment === 'native' ? [environment] : [environment, 'nested' as const]
  return environments.flatMap((one) => PAPER_PAGES.map((pages) => estimate(rows, one, pages)))
}

/** The estimate with what perf counts of its page size say about the whole program. */
export function measuredGroup(group: Estimate, measurements: readonly Measurement[]): Group {
  const measured = measurements.find((counts) => counts.pages.includes(group.pages))
  if (measured === undefined) return group
  const { file, walkOverhead } = measured
  const speedup = applicationSpeedups(group.cyclesPerWalk, walkOverhead)
  return { ...group, application: { file, walkOverhead, speedup } }
}

/** @throws UserError when perf counts contradict each other */
export function measurementsOf(files: readonly NamedPaperFile[]): Measurement[] {
  const measurements = files.flatMap(({ name, content }) =>
    content.kind === 'perf' ? [{ ...content, file: name, pages: pagesOf(name) }] : []
  )
  checkApart(measurements)
  return measurements
}

/** @throws UserError when perf counts contradict each other */
export function paperResults(files: readonly NamedPaperFile[]): PaperResults {
  const measurements = measurementsOf(files)
  const groupsOf = (histogram: Histogram): Group[] =>
    estimatesOf(histogram).map((group) => measuredGroup(group, measurements))
  const histograms = files.flatMap(({ name, content }) =>
    content.kind === 'histogram' ? [{ ...content, file: name, groups: groupsOf(content) }] : []
  )
  return { histograms, measurements }
}
