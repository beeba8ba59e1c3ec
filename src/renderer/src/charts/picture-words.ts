/** What stands around a chart that leaves the window: whose lines they are, what ran, and where its numbers come from. */
import { SIZE_TITLE } from '@shared/arch/page-size'
import { formatCount, formatShare } from '@shared/format/number'
import { formatBytes } from '@shared/format/quantity'
import type { SessionInfo } from '@shared/model/snapshot'
import type { PictureWords } from './picture-layout'
import type { Scene } from './scene'
import { valuesAt, type Strip } from './strips'
import { letterOf } from '@renderer/lanes/letters'

/** Names of the lab, for readers. */
export interface PictureNames {
  readonly design: (id: string) => string
  readonly workload: (id: string) => string
  readonly version: string
}

/** A lane's badge carries its letter, so the words need not. */
function legend(strip: Strip, scene: Scene, info: SessionInfo, names: PictureNames): PictureWords['legend'] {
  const values = valuesAt(strip, scene.windows, scene.at)
  const items = strip.lines.map(({ label, lane, dashed }, i) => {
    const whose = strip.isOfLanes ? names.design(info.spec.lanes[lane ?? 0]) : label
    const how = dashed && lane !== null ? ' (dashed)' : ''
    return { mark: { lane, dashed }, text: `${whose}${how} ${strip.format(values[i])}` }
  })
  const at =
    scene.at < 0 ? 'latest values' : `values at reference ${formatCount(scene.windows.references[scene.at])}`
  return [...items, { mark: null, text: at }]
}

function accesses({ source, spec }: SessionInfo, names: PictureNames): string {
  if (source.kind === 'workload') return `${names.workload(source.id)}, ${formatBytes(spec.footprint)}`
  return `${source.kind} ${source.name ?? source.id}`
}

/** Lanes, environment, workload, footprint, pages, profile, length and seed: what it takes to run it again. */
export function specLine(info: SessionInfo, names: PictureNames): string {
  const { spec } = info
  const pages = SIZE_TITLE[spec.pageSize]
  return [
    ...spec.lanes.map((design, i) => `${letterOf(i)} ${names.design(design)}`),
    spec.environment,
    accesses(info, names),
    spec.environment === 'native' ? `pages ${pages}` : `pages ${pages} on ${SIZE_TITLE[spec.hostPageSize]}`,
    ...(spec.fragmentation > 0 ? [`fragmentation ${formatShare(spec.fragmentation, 0)}`] : []),
    `hardware ${spec.profile}`,
    `${formatCount(spec.references)} references`,
    `seed ${spec.seed}`
  ].join(', ')
}

function provenanceLine({ source }: SessionInfo, version: string): string {
  const imported = source.kind === 'trace' ? `Imported: ${source.name ?? source.id}` : 'Nothing imported'
  return `Emulated: page tables, TLBs, caches, registers and walks. Modelled: software costs, overlap. ${imported}. DMT Lab ${version}`
}

/** @param unit of the values, or what they are the mean of */
export const pictureWords = (
  strip: Strip,
  unit: string,
  scene: Scene,
  info: SessionInfo,
  names: PictureNames
): PictureWords => ({
  title: strip.title,
  unit: `${unit}, over references`,
  legend: legend(strip, scene, info, names),
  spec: specLine(info, names),
  provenance: provenanceLine(info, names.version)
})

const MOST_LETTERS = 120

/** `references-per-walk-gups-4gib-virtualized-radix-pvdmt-skylake-seed-1.png`: a file name everywhere. */
export function pictureName(title: string, { source, spec }: SessionInfo): string {
  const what = source.name ?? source.id
  const size = source.kind === 'workload' ? [formatBytes(spec.footprint).replace(/\s/, '')] : []
  const parts = [title, what, ...size, spec.environment, ...spec.lanes, spec.profile, `seed-${spec.seed}`]
  const slug = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+/, '')
  return `${slug.slice(0, MOST_LETTERS)}.png`
}
