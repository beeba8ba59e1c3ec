/** A machine and the lane that drives it, from what a test cares about: spec, areas, accesses one by one. */
import { designOf } from '@main/designs'
import { Lane } from '@main/lab/lane'
import { Machine } from '@main/lab/machine'
import { execute } from '@main/lab/operations'
import { OutOfMemory } from '@main/software/out-of-memory'
import type { Vma } from '@main/software/space/vma-list'
import { page, pageHigh, pageLow } from '@shared/address/address'
import { LOAD } from '@shared/model/access'
import type { OperationId } from '@shared/model/operation'
import { aBatch } from './a-stream'
import { aSpec } from './spec'

export interface AreaInput {
  readonly start: number
  readonly pages: number
  readonly writable?: boolean
  readonly executable?: boolean
  readonly name?: string
}

export const anArea = ({
  start,
  pages,
  writable = true,
  executable = false,
  name = 'area'
}: AreaInput): Vma => ({
  start: page(start),
  end: page(start + pages),
  writable,
  executable,
  name,
  mayHaveTea: true
})

/** One area of 128 MiB: above the usual threshold, two leaf tables' worth past a boundary. */
export const MAIN: AreaInput = { start: 0x7f1234500, pages: 32_768, name: 'main' }

export function aMachine(input: Record<string, unknown> = {}, areas: readonly AreaInput[] = [MAIN]): Machine {
  const spec = aSpec({ profile: 'tiny', verify: true, ...input })
  return new Machine(spec, designOf(spec.lanes[0]), areas.map(anArea))
}

export interface Touch {
  readonly page: number
  readonly kind?: number
  readonly offset?: number
  readonly size?: number
}

/** A lane that is given accesses one by one. */
export class DrivenLane {
  readonly lane: Lane
  private readonly batch = aBatch(1)

  constructor(readonly machine: Machine) {
    this.lane = new Lane(machine)
  }

  touch({ page: p, kind = LOAD, offset = 0, size = 8 }: Touch): void {
    const { batch } = this
    batch.high[0] = pageHigh(p)
    batch.low[0] = pageLow(p)
    batch.kind[0] = kind
    batch.offset[0] = offset
    batch.size[0] = size
    this.lane.run(batch, 0, 1)
  }

  /** What a stream asks for between two accesses. */
  operate(id: OperationId, ...args: number[]): void {
    execute(this.machine, { id, arguments: args })
  }

  /** False when a layer ran out of memory. */
  tryTouch(touch: Touch): boolean {
    try {
      this.touch(touch)
      return true
    } catch (error) {
      if (error instanceof OutOfMemory) return false
      throw error
    }
  }
}

export const aDrivenLane = (
  input: Record<string, unknown> = {},
  areas: readonly AreaInput[] = [MAIN]
): DrivenLane => new DrivenLane(aMachine(input, areas))
