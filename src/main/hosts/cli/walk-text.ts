/** A cold walk as `lab walk` prints it: schema dmt-lab/walk@1, or a table. */
import { counted } from '@shared/format/counted'
import { formatCount } from '@shared/format/number'
import type { WalkRecord } from '@shared/model/walk-record'
import { textTable } from './text-table'

const WALK_SCHEMA = 'dmt-lab/walk@1'

export function walkJson(walk: WalkRecord): string {
  const { references, criticalReferences, wastedReferences, steps, physicalAddress } = walk
  const result = {
    schema: WALK_SCHEMA,
    references,
    criticalReferences,
    wastedReferences,
    steps,
    physicalAddress
  }
  return JSON.stringify(result, null, 2) + '\n'
}

export function walkTable(walk: WalkRecord, title: string): string {
  const head = ['Step', 'Layer', 'Level', 'For', 'Found by', 'Entry at', 'Entry', '']
  const rows = walk.steps.map((step) => [
    String(step.n),
    step.layer,
    step.level === 0 ? 'gTEA' : String(step.level),
    step.for,
    step.by,
    step.address,
    step.entry,
    step.wasted ? 'wasted' : step.notPresent ? 'not present' : ''
  ])
  const sums = [
    counted(walk.references, 'reference'),
    `${formatCount(walk.criticalReferences)} critical`,
    `${formatCount(walk.wastedReferences)} wasted`
  ]
  const table =
    rows.length > 0
      ? textTable([head, ...rows], ['right', 'left', 'right', 'left', 'left', 'right', 'right', 'left']) +
        '\n'
      : ''
  return `${title}\n\n${table}${sums.join(', ')}. Physical address ${walk.physicalAddress}.\n`
}
