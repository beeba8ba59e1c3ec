/** What a cooperative allocation may leave behind, and machines with grants. */
import type { Machine } from '@main/lab/machine'
import type { FrameAllocator } from '@main/software/frames/frame-allocator'
import type { HeldGrant } from '@main/software/hypervisor/grant'
import type { Holding } from '@main/software/hypervisor/gtea-host'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { MAIN, aDrivenLane, aMachine, type DrivenLane } from './a-machine'

export const count = (machine: Machine, id: CounterId): number => machine.ledger.counters[COUNTER_INDEX[id]]

/** Frames, areas, table pages and gTEA entries of every layer. */
export const stateOf = ({ stack }: Machine): unknown => ({
  layers: stack.layers.map((l) => ({
    free: l.frames.freeFrames,
    largest: l.frames.largestRun(),
    tables: l.space.table.tablePages,
    areas: l.space.vmas.list().map((v) => [v.name, v.start, v.end])
  })),
  contents: stack.memory.framesInUse,
  valid: stack.gteas.list().filter((e) => e.valid).length
})

/**
 * A machine in which a call has succeeded and been given back: memory that hypervisors touch at such a call is backed,
 * as memory once touched stays.
 */
export function aWarmMachine(
  environment: 'virtualized' | 'nested',
  input: Record<string, unknown> = {}
): Machine {
  const machine = aMachine({ environment, lanes: ['pvdmt'], ...input })
  const { hypercalls } = machine.stack.inner
  const grant = hypercalls.allocate(700)
  if (grant === null) throw new Error('it was denied')
  hypercalls.giveBack(grant)
  machine.ledger.restart()
  return machine
}

/** Pages of the main area, each in another leaf table. */
export const PAGES = Array.from({ length: 60 }, (_, i) => MAIN.start + i * 531)

/** A pvDMT lane that has touched pages of many leaf tables. */
export function aCooperatingLane(
  environment: 'virtualized' | 'nested',
  input: Record<string, unknown> = {}
): DrivenLane {
  const driven = aDrivenLane({ environment, lanes: ['pvdmt'], ...input })
  for (const page of PAGES) driven.touch({ page })
  return driven
}

/** The grant that holds the tables of the process. */
export function innerHolding({ stack }: Machine): Holding {
  const holding = stack.host.holdings.find(({ asker }) => asker === stack.inner)
  if (holding === undefined) throw new Error('the innermost layer holds no grant')
  return holding
}

export const heldOf = (machine: Machine): HeldGrant => innerHolding(machine).grant

/** Machine frames that the steps of the lane's walks read, from the step `from` on. */
export const framesRead = ({ walk }: Machine, from: number): number[] =>
  Array.from(walk.machineFrame.subarray(from, walk.end))

/** Takes frames, the largest blocks first, until so many are free; how many it took. */
export function leaveFree(frames: FrameAllocator, most: number): number {
  const before = frames.freeFrames
  for (let order = 10; order >= 0; order--)
    while (frames.freeFrames - 2 ** order >= most && frames.allocate(order) >= 0) continue
  return before - frames.freeFrames
}
