/** The experiment in a line: what ran on what. */
import { formatCount, formatShare } from '@shared/format/number'
import { formatBytes } from '@shared/format/quantity'
import { SIZE_TITLE } from '@shared/arch/page-size'
import type { RunResult } from '@shared/model/result'
import type { LabSpec } from '@shared/model/spec'

export type Fact = readonly [name: string, value: string]

const AREAS = { mapped: 'from a memory map', inferred: 'inferred from the accesses' }

function sourceFacts({ source, spec }: RunResult): Fact[] {
  const footprint = ['Footprint', formatBytes(spec.footprint)] as const
  if (source.kind === 'workload') return [footprint]
  if (source.kind === 'scenario') return [['Scenario', source.name ?? source.id], footprint]
  return [
    ['Trace', source.name ?? spec.trace?.file ?? source.id],
    ['Records', formatCount(source.records)],
    ...(source.areas ? [['Areas', AREAS[source.areas]] as const] : [])
  ]
}

export function setUpFacts(run: RunResult): Fact[] {
  const { spec, lanes } = run
  const pages = SIZE_TITLE[spec.pageSize]
  const isNative = spec.environment === 'native'
  return [
    ...sourceFacts(run),
    ['Pages', isNative ? pages : `${pages} on ${SIZE_TITLE[spec.hostPageSize]}`],
    ['Levels', levelsText(spec)],
    ['Hardware', spec.profile],
    ['Fragmentation', formatShare(spec.fragmentation, 0)],
    ['Seed', String(spec.seed)],
    ['References', formatCount(lanes[0].counters.references)],
    ['Warm-up', formatCount(spec.warmup)]
  ]
}

const levelsText = ({ environment, levels, hostLevels }: LabSpec): string =>
  environment === 'native' || hostLevels === 0 ? String(levels) : `${levels} on ${hostLevels}`

/** `gups in virtualized: radix beside pvdmt` */
export function runTitle({ source, spec, lanes }: RunResult): string {
  const what = source.kind === 'trace' ? (source.name ?? source.id) : source.id
  const [first, ...others] = lanes.map((lane) => lane.id)
  const beside = others.length > 0 ? `${first} beside ${others.join(', ')}` : first
  return `${what}, ${spec.environment}: ${beside}`
}
