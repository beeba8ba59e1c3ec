/** Turns the columns of a walk into the record that panels and the command line show. Looking only. */
import { PAGE_BYTES, ENTRY_BYTES, formatAddress, pageFrom } from '@shared/address/address'
import { formatEntry } from '@shared/arch/entry'
import { SIZE_AT_LEVEL } from '@shared/arch/page-size'
import { ACCESS_NAMES } from '@shared/model/access'
import { LAYER_NAMES } from '@shared/model/environment'
import type { RegisterMatch, WalkAttempt, WalkMeans, WalkRecord, WalkStep } from '@shared/model/walk-record'
import type { DmtRegisters } from '../hardware/registers/dmt-registers'
import {
  FLAG_GTEA,
  FLAG_HASH,
  FLAG_NODE,
  FLAG_NOT_PRESENT,
  FLAG_PREFETCH,
  FLAG_REGISTER,
  FLAG_WASTED,
  HIT_NTLB,
  HIT_PREFETCHED,
  HIT_PWC,
  HIT_ZERO,
  forLevel1Of,
  forLevel2Of,
  hitOf,
  indexOf,
  layerOf,
  levelOf,
  type StepColumns
} from '../hardware/walker/walk'
import type { Stack } from '../software/stack'
import type { LoggedWalk } from './walk-log'

/** @param attempt which of the attempts at its reference it is, where there were several */
export function walkRecord(
  logged: LoggedWalk,
  walk: StepColumns,
  stack: Stack,
  attempt?: WalkAttempt
): WalkRecord {
  const page = pageFrom(logged.high, logged.low)
  const made = Array.from({ length: logged.steps }, (_, i) => logged.firstStep + i).filter((n) =>
    isMade(hitOf(walk.steps[n]))
  )
  const steps = made.map((n, i) => stepOf(walk, n, i))
  return {
    walk: logged.number,
    reference: logged.reference,
    address: formatAddress(page, logged.offset),
    access: ACCESS_NAMES[logged.access],
    outcome: logged.faultLayer < 0 ? 'translated' : 'fault',
    references: logged.references,
    criticalReferences: logged.criticalReferences,
    wastedReferences: logged.wastedReferences,
    cycles: logged.cycles,
    steps,
    registers: registerMatches(made, walk, stack, logged.space),
    physicalAddress: logged.faultLayer < 0 ? formatAddress(logged.machineFrame, logged.offset) : '',
    pageSize: SIZE_AT_LEVEL[logged.leafLevel] ?? '4K',
    faultLayer: logged.faultLayer < 0 ? null : LAYER_NAMES[logged.faultLayer],
    ...(logged.isProtection ? { isProtection: true } : {}),
    ...(attempt ? { attempt } : {})
  }
}

/** A spared step was not made, and one that a prefetch stands for is shown as that. */
const isMade = (hit: number): boolean => hit !== HIT_ZERO && hit !== HIT_PREFETCHED

function stepOf(walk: StepColumns, n: number, i: number): WalkStep {
  const step = walk.steps[n]
  const isCached = hitOf(step) === HIT_PWC || hitOf(step) === HIT_NTLB
  return {
    n: i + 1,
    layer: LAYER_NAMES[layerOf(step)],
    level: levelOf(step),
    for: purpose(forLevel1Of(step), forLevel2Of(step)),
    by: meansOf(step),
    index: indexOf(step),
    address:
      '0x' + (walk.machineFrame[n] * PAGE_BYTES + (isCached ? 0 : indexOf(step) * ENTRY_BYTES)).toString(16),
    tableAddress: walk.tableFrame[n] < 0 ? '' : formatAddress(walk.tableFrame[n]),
    entry: isCached ? '' : formatEntry(walk.low[n], walk.high[n]),
    hit: walk.hitLevel(n),
    cycles: walk.latencyOf(n),
    cyclesSoFar: walk.cyclesAt[n],
    wasted: (step & FLAG_WASTED) !== 0,
    notPresent: (step & FLAG_NOT_PRESENT) !== 0
  }
}

function meansOf(step: number): WalkMeans {
  if ((step & (FLAG_REGISTER | FLAG_GTEA)) !== 0) return 'register'
  if ((step & FLAG_HASH) !== 0) return 'hash'
  if ((step & FLAG_PREFETCH) !== 0) return 'prefetch'
  return (step & FLAG_NODE) !== 0 ? 'node' : 'radix'
}

/** Whose table page the step helps to find: `data` when none. */
/** What a step serves: the data, or the table read of an upper layer. */
export function purpose(level1: number, level2: number): string {
  const parts: string[] = []
  if (level1 > 0) parts.push(`L1 level ${level1}`)
  if (level2 > 0) parts.push(`L2 level ${level2}`)
  return parts.length === 0 ? 'data' : parts.join(' of ')
}

/** Of the process that made the walk, which may not be the one that runs now; null when it has ended. */
function registersOf({ layers, inner }: Stack, layer: number, space: number): DmtRegisters | null {
  const own = layers[layer]
  if (own !== inner) return own.space.teas.registers
  return own.spaces.find(({ serial }) => serial === space)?.teas.registers ?? null
}

/** The arithmetic of each register fetch, read back from the registers as they are now. */
function registerMatches(
  made: readonly number[],
  walk: StepColumns,
  stack: Stack,
  space: number
): RegisterMatch[] {
  const matches: RegisterMatch[] = []
  for (const [i, n] of made.entries()) {
    const step = walk.steps[n]
    if ((step & FLAG_REGISTER) === 0) continue
    const registers = registersOf(stack, layerOf(step), space)
    const number = walk.register[n]
    const value = registers?.valueOf(number) ?? null
    if (registers === null || value === null) continue
    // What is fetched through a register of a guest lies where it says only in machine-contiguous memory.
    const wasCooperative = layerOf(step) > 0 && walk.tableFrame[n] === walk.machineFrame[n]
    if (wasCooperative !== (registers.cooperative[number] === 1)) continue
    const base = registers.base[number]
    const slots = value.pages / 512 ** value.level
    const slot = walk.tableFrame[n] - base
    // The area has moved since: what the register says now is not how this entry was found.
    if (slot < 0 || slot >= slots) continue
    matches.push({
      step: i + 1,
      layer: LAYER_NAMES[layerOf(step)],
      register: number,
      coversFrom: formatAddress(value.start),
      slots,
      base: formatAddress(base),
      cooperative: registers.cooperative[number] === 1,
      linearIndex: slot * 512 + indexOf(step)
    })
  }
  return matches
}
