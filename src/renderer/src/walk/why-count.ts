/**
 * "Why 24?": the count of a whole walk as a sum over its layers, for someone who has not met two-dimensional walks. It is
 * made from the walk: the levels that each layer is walked in, and what walk caches spared of them here.
 */
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { counted } from '@shared/format/counted'
import { formatCount } from '@shared/format/number'
import { isReference } from './hit-levels'
import { innermostOf, layersPassed } from './layers'
import { placeSteps } from './step-place'

const COUNTED: readonly WalkStep['by'][] = ['radix', 'node', 'register']

/** Different entries of a layer that lead to one page: as many as its walk has levels. */
function levelsOf(record: WalkRecord, layer: string, rootLevel: number): number {
  const own = record.steps.filter((step) => step.layer === layer && !step.wasted)
  const last = own.at(-1)
  if (!last) return 0
  if (last.by === 'register') return 1
  if (last.by === 'node' || own.some(({ by }) => by === 'node'))
    return new Set(own.filter(({ for: read }) => read === last.for).map(({ level }) => level)).size
  return rootLevel - last.level + 1
}

interface Kind {
  /** Every layer's register names machine memory. */
  readonly isCooperative: boolean
  /** L0's shadow of two layers' tables is walked below L2's. */
  readonly isOverShadow: boolean
  readonly noun: 'level' | 'entry'
}

/** What one translation of each layer's addresses costs, lowest first, and in words the step to the next. */
function sumOf(
  levels: readonly number[],
  { isCooperative, isOverShadow, noun }: Kind
): { words: string; reads: number } | null {
  if (levels.some((count) => count <= 0)) return null
  if (isCooperative) return { words: `one entry for each of ${levels.length} layers`, reads: levels.length }
  const [host, ...guests] = levels
  let reads = host
  let words = noun === 'entry' ? 'one entry, found by its register' : `${counted(host, noun)}, one read each`
  guests.forEach((own, i) => {
    const below = reads
    const name = isOverShadow ? 'L2' : guests.length === 1 ? 'guest' : `L${i + 1}`
    const lower = isOverShadow ? 'in EPT02' : guests.length === 1 ? 'host' : `below L${i + 1}`
    reads = own * (below + 1) + below
    words = `${counted(own, `${name} ${noun}`)} × (${formatCount(below)} ${lower} + 1) + ${formatCount(below)} for the data page`
  })
  return { words, reads }
}

/** Null for a walk that is no such sum: probed side by side, switched between tables, ended by a fault. */
export function whyCount(record: WalkRecord | null, rootLevel: number): string | null {
  if (!record || record.outcome === 'fault' || record.steps.some(({ by }) => !COUNTED.includes(by)))
    return null
  if (placeSteps(record, innermostOf([record])).some(({ isShadow }) => isShadow)) return null
  const passed = layersPassed(record)
  const isByRegisters = record.steps.every(({ by }) => by === 'register')
  const isCooperative = isByRegisters && passed.length > 1 && record.steps.length === passed.length
  const sum = sumOf(
    passed.map((layer) => levelsOf(record, layer, rootLevel)),
    {
      isCooperative,
      isOverShadow: passed.at(-1) === 'L2' && passed.length === 2,
      noun: isByRegisters ? 'entry' : 'level'
    }
  )
  const made = record.steps.filter(isReference).length
  if (!sum || made > sum.reads || (isByRegisters && made !== sum.reads)) return null
  const spared = sum.reads - made
  const words = `${sum.words} = ${formatCount(sum.reads)}`
  if (spared === 0) return words
  return record.steps.some(({ hit }) => hit === 'PWC' || hit === 'NTLB')
    ? `${words}; walk caches spared ${formatCount(spared)} here`
    : null
}
