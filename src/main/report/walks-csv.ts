/**
 * The walks that lanes still kept, a row for each step: what each read, where that was answered, what it cost. Heads and
 * cells say cache and table where a bare L1 could be a layer.
 */
import { MOST_RESULT_WALKS, type ResultStep, type ResultWalk, type RunResult } from '@shared/model/result'
import { csvField } from './csv-field'
import { groupOf } from './hit-groups'

/** Said wherever the report names its files. */
export const WALKS_NOTE = `the latest walks of each lane step by step, at most ${MOST_RESULT_WALKS}`

const WALK_HEAD = ['lane', 'walk', 'reference', 'access', 'address', 'outcome', 'references', 'cycles']
const STEP_HEAD = [
  'step',
  'layer',
  'tableLevel',
  'for',
  'tableAddress',
  'entryAddress',
  'answeredBy',
  'stepCycles',
  'wasted'
]

const walkCells = (lane: string, walk: ResultWalk): string[] => [
  csvField(lane),
  String(walk.walk),
  String(walk.reference),
  walk.access,
  walk.address,
  walk.outcome,
  String(walk.references),
  String(walk.cycles)
]

const stepCells = (step: ResultStep, i: number): string[] => [
  String(i + 1),
  step.layer,
  String(step.level),
  csvField(step.for),
  step.tableAddress,
  step.address,
  step.hit === 'NTLB' ? 'Nested TLB' : groupOf(step.hit).title,
  String(step.cycles),
  step.wasted ? 'yes' : 'no'
]

/** A walk that read nothing has a row all the same. */
function rowsOf(lane: string, walk: ResultWalk): string[][] {
  const cells = walkCells(lane, walk)
  if (walk.steps.length === 0) return [[...cells, ...STEP_HEAD.map(() => '')]]
  return walk.steps.map((step, i) => [...cells, ...stepCells(step, i)])
}

export function walksCsv({ lanes }: RunResult): string {
  const rows = lanes.flatMap(({ id, walks = [] }) => walks.flatMap((walk) => rowsOf(id, walk)))
  return [[...WALK_HEAD, ...STEP_HEAD], ...rows].map((row) => row.join(',') + '\r\n').join('')
}
