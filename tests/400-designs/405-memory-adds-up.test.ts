/**
 * What a design says that translation takes is what its layers have really allocated: of every layer's frames, those
 * that are neither free nor data, pinned, in the balloon nor left out.
 */
import { describe, expect, it } from 'vitest'
import { DESIGNS, designOf } from '@main/designs'
import { Machine } from '@main/lab/machine'
import type { Layer } from '@main/software/layer'
import { LAYER_NAMES, type Environment } from '@shared/model/environment'
import { anArea } from '../builders/a-machine'
import { smallMemory } from '../builders/small-memory'
import { aSpec } from '../builders/spec'

const PAGE_BYTES = 4096
const FOOTPRINT = 2 ** 26

const allocated = ({ frames, pins, balloon, dataFrames }: Layer): number =>
  frames.frames - frames.freeFrames - 1 - pins.length - (balloon?.frames.length ?? 0) - dataFrames

function populated(
  design: string,
  environment: Environment,
  pageSize: string,
  fragmentation: number,
  hostPageSize = '4K'
): Machine {
  const area = anArea({ start: 0x7f1234500, pages: FOOTPRINT / PAGE_BYTES })
  const lanes = [design]
  const sizes = { pageSize, hostPageSize, footprint: FOOTPRINT }
  const memory = smallMemory({ environment }, 256)
  const spec = aSpec({ environment, lanes, ...sizes, fragmentation, memory, verify: false })
  const machine = new Machine(spec, designOf(design), [area])
  for (let p = area.start as number; p < area.end;) p += machine.stack.populate(p, true)
  return machine
}

const cases = DESIGNS.flatMap(({ info }) =>
  info.environments.flatMap((environment) =>
    (['4K', 'thp'] as const).flatMap((size) =>
      [0, 0.9].map((level) => [info.id, environment, size, level] as const)
    )
  )
)

describe('memory for translation over huge pages of the host', () => {
  it.each(['virtualized', 'nested'] as const)('%s: grants are whole pages of the host', (environment) => {
    const { stack } = populated('asap', environment, '4K', 0, '2M')
    const frames = stack.layers.reduce((sum, layer) => sum + allocated(layer), 0)
    expect(stack.memoryUse().translationBytes / PAGE_BYTES).toBe(frames)
  })
})

describe('memory for translation', () => {
  it.each(cases)('%s, %s, %s pages, fragmentation %s: adds up to the frames allocated', (...which) => {
    const { stack } = populated(...which)
    const frames = stack.layers.reduce((sum, layer) => sum + allocated(layer), 0)
    const use = stack.memoryUse()
    expect(use.translationBytes / PAGE_BYTES).toBe(frames)
    const [design, , pageSize, level] = which
    const hasAreas = designOf(design).info.hasRegisters && pageSize === '4K' && level === 0
    if (hasAreas) expect(use.teaBytes).toBeGreaterThan(0)
    const perLayer = stack.layers.map(({ index }) => use[`pageTableBytes${LAYER_NAMES[index]}`])
    expect(use.pageTableBytes).toBe(perLayer.reduce((sum, bytes) => sum + bytes, use.shadowTableBytes))
  })
})
