/** The address that the end of a row hands to the next one. */
import type { LayerName } from '@shared/model/environment'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { endsRow, type GridShape } from './grid-columns'
import { entryTarget, inputAddress, through } from './input-address'
import { targetSpace } from './layers'
import { isLeafEntry, isPresent } from './step-place'

export interface RowYield {
  readonly text: string
  readonly address: string
  /** The step that yields it: nothing is known before it has been read. */
  readonly step: WalkStep
}

const hex = (address: bigint): string => '0x' + address.toString(16)

function leafYield(record: WalkRecord, step: WalkStep, space: string): RowYield | null {
  const input = inputAddress(record, step)
  const what = step.for === 'data' ? 'data page' : 'entry'
  return input === null ? null : { text: `${what} at ${space}`, address: hex(through(step, input)), step }
}

/** Null when the row's last entry was not read or leads nowhere. */
export function rowYield(
  record: WalkRecord,
  step: WalkStep,
  shape: GridShape,
  innermost: LayerName
): RowYield | null {
  if (step.entry === '' || step.notPresent || step.wasted || !isPresent(step)) return null
  const space = targetSpace(step.layer, innermost)
  if (isLeafEntry(step)) return leafYield(record, step, space)
  const next = record.steps.find(
    (s) => s.n > step.n && s.layer === step.layer && endsRow(s, shape, innermost)
  )
  const table = next && isLeafEntry(next) ? 'leaf table' : 'next table'
  return { text: `${table} at ${space}`, address: hex(entryTarget(step.entry)), step }
}
