/** One cold translation: a fresh machine, one page of a large area mapped, nothing cached and nothing filled. */
import { page, pageFrom, pageHigh, pageLow } from '@shared/address/address'
import { LOAD } from '@shared/model/access'
import type { LabSpec } from '@shared/model/spec'
import type { WalkRecord } from '@shared/model/walk-record'
import { designOf } from '../designs'
import type { Stage } from '../hardware/walker/stage'
import { Walk } from '../hardware/walker/walk'
import type { Vma } from '../software/space/vma-list'
import { Machine } from './machine'
import { WalkLog } from './walk-log'
import { walkRecord } from './walk-records'

/** Start of the area, aligned so that every page size fits. */
const AREA_START = page(0x7f0000000)
const OFFSET = 0xabc

/** @throws OutOfMemory when the spec's memory cannot hold what the walk needs */
export function coldWalk(spec: LabSpec, design: string): WalkRecord {
  const pages = Math.ceil(spec.footprint / 4096)
  const area: Vma = {
    start: AREA_START,
    end: page(AREA_START + pages),
    writable: true,
    executable: false,
    name: 'table',
    mayHaveTea: true
  }
  const machine = new Machine(spec, designOf(design), [area])
  const target = page(AREA_START + Math.floor(pages / 2))
  machine.stack.populate(target, true)
  fillOnDemand(machine, pageHigh(target), pageLow(target))
  return coldWalkOn(machine, pageHigh(target), pageLow(target), OFFSET)
}

/** Tables that are filled only when a walk misses them (EPT02 behind registers) are filled first. */
export function fillOnDemand(machine: Machine, high: number, low: number): void {
  const walk = machine.assistWalk
  walk.begin()
  while (machine.assistStage.translate(high, low, LOAD) < 0) {
    machine.stack.serve(walk, pageFrom(walk.faultHigh, walk.faultLow), LOAD)
    walk.begin()
  }
}

/** Walks an address of a machine again with empty caches; changes nothing. */
export const coldWalkOn = (machine: Machine, high: number, low: number, offset: number): WalkRecord =>
  looked(machine, (walk) => machine.coldStage(walk), high, low, offset)

/** Walks an address of a machine with its caches as they are now; changes nothing. */
export const lookWalkOn = (machine: Machine, high: number, low: number, offset: number): WalkRecord =>
  looked(machine, (walk) => machine.copiedStage(walk), high, low, offset)

function looked(
  machine: Machine,
  stageFor: (walk: Walk) => Stage,
  high: number,
  low: number,
  offset: number
): WalkRecord {
  const walk = new Walk()
  const log = new WalkLog(walk)
  walk.begin()
  const frame = stageFor(walk).translate(high, low, LOAD)
  log.add(0, 0, LOAD, high, low, offset, frame, machine.cpu.space.serial)
  const logged = log.latest()
  if (logged === null) throw new Error(`looked: page ${pageFrom(high, low)} left no walk`)
  return walkRecord(logged, walk, machine.stack)
}
