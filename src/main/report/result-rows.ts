/** The numbers of a result as rows of text, for both the page and the plain text of a report. */
import { baselineText } from '@shared/formulas/formula-rows'
import { capital } from '@shared/format/capital'
import { OWN_TABLES_NOTE, overheadText, translationText } from '@shared/format/memory-overhead'
import { formatBytes } from '@shared/format/quantity'
import { formatCount, formatFixed, formatRatio, formatShare, NONE } from '@shared/format/number'
import { LAYER_NAMES } from '@shared/model/environment'
import type { LaneResult, RunResult } from '@shared/model/result'
import { COUNTERS, type CounterId } from '@shared/stats/counters'
import { DERIVED } from '@shared/stats/derived'

export interface ResultRow {
  /** Starts a group of rows under this title. */
  readonly group?: string
  /** Name in the result files. */
  readonly id: string
  readonly title: string
  /** One text for each lane. */
  readonly values: readonly string[]
  readonly meaning: string
}

/** A counter that opens a group of them. */
const GROUPS: Partial<Record<CounterId, string>> = {
  references: 'Accesses',
  itlbMisses: 'TLBs',
  walks: 'Walks',
  pageFaults: 'System software',
  registerMatches: 'Registers and translation entry areas',
  pwcHits: 'Where references hit',
  translationsChecked: 'Check of translations',
  instructions: 'Cycles'
}

export const counterRows = ({ lanes }: RunResult): ResultRow[] =>
  COUNTERS.map(({ id, title, unit, meaning }) => ({
    group: GROUPS[id],
    id,
    title,
    values: lanes.map((lane) => formatCount(lane.counters[id])),
    meaning: `${meaning} (${unit})`
  }))

/** Shares read as percentages, everything else as a number of its unit. */
const derivedText = (value: number, unit: string): string =>
  unit.startsWith('share') ? formatShare(value, 2) : formatFixed(value, 2)

export const derivedRows = ({ lanes }: RunResult): ResultRow[] =>
  DERIVED.map(({ id, title, unit, formula }) => ({
    id,
    title,
    values: lanes.map((lane) => derivedText(lane.derived[id], unit)),
    meaning: `${formula} (${unit})`
  }))

/** A speedup says little without what it is over. */
function baselineOf({ lanes, comparison }: RunResult): string {
  const baseline = lanes.find((lane) => lane.id === comparison.baseline)
  return baseline === undefined ? NONE : baselineText(baseline.derived)
}

const speedupRow = (
  run: RunResult,
  id: 'pageWalkSpeedup' | 'applicationSpeedup',
  title: string,
  of: string
): ResultRow => ({
  id,
  title,
  values: run.lanes.map((lane) =>
    lane.id === run.comparison.baseline ? formatRatio(1) : formatRatio(run.comparison[id][lane.id] ?? NaN)
  ),
  meaning: `${of} of ${run.comparison.baseline} (${baselineOf(run)}) / the lane’s`
})

export const comparisonRows = (run: RunResult): ResultRow[] => [
  speedupRow(run, 'pageWalkSpeedup', 'Page-walk speedup', 'cyclesPerWalk'),
  speedupRow(run, 'applicationSpeedup', 'Application speedup', 'totalCycles'),
  overheadRow(run)
]

function overheadRow({ lanes, comparison }: RunResult): ResultRow {
  const baseline = lanes.find((lane) => lane.id === comparison.baseline)
  return {
    id: 'memoryOverhead',
    title: 'Memory overhead',
    values: lanes.map((lane) =>
      lane === baseline || baseline === undefined ? NONE : overheadText(lane.memory, baseline.memory)
    ),
    meaning: `translationBytes beyond those of ${comparison.baseline}${baseline ? ` (${translationText(baseline.memory)})` : ''}`
  }
}

const MEMORY_MEANING: Readonly<Record<string, string>> = {
  pageTableBytes: 'frames that hold page tables, of all layers',
  teaBytes: 'frames reserved for translation entry areas',
  teaBubbleBytes: 'of these, frames no table page uses',
  shadowTableBytes: 'frames of shadow tables',
  designBytes: `frames a design keeps beside ordinary tables. ${OWN_TABLES_NOTE}`,
  translationBytes: 'all frames that translation takes: tables, areas with unused slots, the design’s own',
  dataBytes: 'frames that hold the data of the program',
  ...perLayer('freeFrames', 'frames that are free'),
  ...perLayer('largestRun', 'adjacent frames that are free'),
  ...perLayer(
    'fragmentationIndex',
    '-1: a 2 MiB block is free; towards 0 memory lacks, towards 1 contiguity'
  ),
  ...perLayer('unusableFreeSpace', 'share of the free frames in blocks smaller than 2 MiB')
}

function perLayer(id: string, meaning: string): Record<string, string> {
  return Object.fromEntries(LAYER_NAMES.map((layer) => [id + layer, `${meaning}, of ${layer}`]))
}

/** `pageTableBytesL0` -> `Page table L0` */
function memoryTitle(id: string): string {
  const words = id
    .replace(/Bytes/, '')
    .replace(/L\d$/, ' $&')
    .replace(/[A-Z](?!\d)/g, (letter) => ' ' + letter.toLowerCase())
  return capital(words).replace(/^Tea\b/, 'TEA')
}

/** Names say what a number is: bytes, frames, or a share or index that has no unit. */
function memoryText(id: string, value: number): string {
  if (/Bytes(L\d)?$/.test(id)) return formatBytes(value)
  return /^(freeFrames|largestRun)/.test(id) ? formatCount(value) : formatFixed(value, 3)
}

export function memoryRows({ lanes }: RunResult): ResultRow[] {
  const ids = [...new Set(lanes.flatMap((lane) => Object.keys(lane.memory)))]
  return ids.map((id) => ({
    id,
    title: memoryTitle(id),
    values: lanes.map((lane) => (id in lane.memory ? memoryText(id, lane.memory[id]) : NONE)),
    meaning: MEMORY_MEANING[id] ?? ''
  }))
}

export function setUpRows({ lanes }: RunResult): ResultRow[] {
  const row = (id: string, title: string, of: (lane: LaneResult) => number, meaning: string): ResultRow => ({
    id,
    title,
    values: lanes.map((lane) => formatCount(of(lane))),
    meaning
  })
  return [
    row('pages', 'Pages populated', ({ setUp }) => setUp.pages, 'pages backed before reference 1'),
    row(
      'softwareCycles',
      'Software cycles',
      ({ setUp }) => setUp.softwareCycles,
      'cost of it, in no counter above'
    ),
    row(
      'pageFaults',
      'Page faults',
      ({ setUp }) => setUp.counters.pageFaults,
      'handled by the innermost layer'
    ),
    row(
      'eptViolations',
      'EPT violations',
      ({ setUp }) => setUp.counters.eptViolations,
      'handled by a hypervisor'
    ),
    row('vmExits', 'VM exits', ({ setUp }) => setUp.counters.vmExits, 'transitions from a guest to the host'),
    row('hypercalls', 'Hypercalls', ({ setUp }) => setUp.counters.hypercalls, 'requests to the layer below')
  ]
}
