/**
 * Pages of a layer move, one by one and out of ranges: every page is afterwards where its oracle says, whichever way
 * it is walked, with the permissions it had, and no frame is lost or has two owners.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOAD, STORE } from '@shared/model/access'
import { DEPTH, type Environment } from '@shared/model/environment'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import type { Machine } from '@main/lab/machine'
import type { Layer } from '@main/software/layer'
import { MAIN, aDrivenLane, aMachine } from '../../builders/a-machine'
import { checkMemory, checkTranslations, pinnedFrames } from '../../builders/stack-laws'

const count = (machine: Machine, id: CounterId): number => machine.ledger.counters[COUNTER_INDEX[id]]

/** Frames of the layer that serve pages. */
function servingFrames({ pageOfFrame }: Layer): number[] {
  const frames: number[] = []
  for (let f = 0; f < pageOfFrame.length; f++) if (pageOfFrame[f] !== 0) frames.push(f)
  return frames
}

/** High above 16 TiB: the low 32 bits of its pages alone do not name them. Across a border of 2^32 pages. */
const AREAS = [
  { start: 0x2fffffe00, pages: 3000, name: 'across' },
  { ...MAIN, pages: 3000 },
  { start: MAIN.start + 2 ** 32, pages: 700, name: 'alike', writable: false }
]

/** Small layers, so that ranges meet pages. */
const SMALL = [
  ['L0', '512MiB'],
  ['L1', '256MiB'],
  ['L2', '128MiB']
]
const limitsOf = (environment: Environment): unknown => Object.fromEntries(SMALL.slice(0, DEPTH[environment]))

const scene = fc.record({
  environment: fc.constantFrom('native', 'virtualized', 'nested'),
  design: fc.constantFrom('pvdmt', 'dmt', 'radix'),
  pageSize: fc.constantFrom('4K', '4K', '2M', 'thp', '1G'),
  hostPageSize: fc.constantFrom('4K', '4K', '2M', 'thp', '1G'),
  fallback: fc.constantFrom('shadow-ept', 'pure'),
  fragmentation: fc.constantFrom(0, 0, 0.02, 1),
  steps: fc.array(
    fc.record({
      kind: fc.constantFrom('touch', 'touch', 'move', 'range', 'compact'),
      area: fc.nat(2),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      layer: fc.nat(2),
      length: fc.integer({ min: 1, max: 1500 }),
      access: fc.constantFrom(LOAD, STORE)
    }),
    { minLength: 10, maxLength: 40 }
  )
})

describe('after any moves of pages', () => {
  it('every page is where its oracle says, and memory holds its laws', () => {
    fc.assert(
      fc.property(scene, (s) => {
        const driven = aDrivenLane(
          {
            environment: s.environment,
            lanes: [s.environment === 'native' && s.design === 'pvdmt' ? 'dmt' : s.design],
            pageSize: s.pageSize,
            hostPageSize: s.hostPageSize,
            fragmentation: s.fragmentation,
            tea: { minVmaMiB: 1, minSlots: 1 },
            memory: { limits: limitsOf(s.environment) },
            nested: { fallback: s.fallback }
          },
          AREAS
        )
        const { machine } = driven
        const { layers } = machine.stack
        const pinned = pinnedFrames(machine)
        const touched = new Set<number>()
        for (const step of s.steps) {
          const layer = layers[step.layer % layers.length]
          const serving = servingFrames(layer)
          const frame = serving[Math.floor(step.at * serving.length)] ?? 1
          if (step.kind === 'touch') {
            const area = AREAS[step.area]
            const page = area.start + Math.floor(step.at * area.pages)
            driven.touch({ page, kind: area.writable === false ? LOAD : step.access })
            touched.add(page)
          } else if (step.kind === 'move') layer.frames.mover?.move(frame)
          else if (step.kind === 'compact') layer.frames.compact(9)
          else if (layer.frames.allocateAt(frame, step.length)) pinned[layer.index] += step.length
        }
        // What is touched once more is looked up in TLBs that must not know where it was.
        for (const page of touched) driven.touch({ page })
        if (driven.lane.firstError) throw new Error(driven.lane.firstError.text)
        expect(count(machine, 'mapMismatches')).toBe(0)
        checkMemory(machine, pinned)
        checkTranslations(machine, touched)
      }),
      { numRuns: 60, seed: 1 }
    )
  })
})

describe('moving a page', () => {
  it('keeps the flags of its leaf', () => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['radix'] }, [{ ...MAIN, writable: false }])
    driven.touch({ page: MAIN.start })
    const [layer] = driven.machine.stack.layers
    const before = layer.space.table.find(MAIN.start)
    const from = layer.space.table.frameOf(MAIN.start)
    expect(layer.frames.mover?.move(from)).toBe(true)
    const after = layer.space.table.find(MAIN.start)
    expect(layer.space.table.frameOf(MAIN.start)).not.toBe(from)
    expect([after.low & 0xfff, after.high >>> 20]).toEqual([before.low & 0xfff, before.high >>> 20])
    expect([layer.frames.isFree(from), layer.pageOfFrame[from]]).toEqual([true, 0])
  })

  it('counts each frame, one shootdown, and its cost', () => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['radix'], pageSize: '2M' }, [
      { ...MAIN, start: 0x7f1234400 }
    ])
    driven.touch({ page: 0x7f1234400 })
    const { machine } = driven
    const [layer] = machine.stack.layers
    machine.ledger.restart()
    layer.frames.mover?.move(layer.space.table.frameOf(0x7f1234400) + 100)
    expect(count(machine, 'framesMigrated')).toBe(512)
    expect(count(machine, 'shootdowns')).toBe(1)
    expect(count(machine, 'softwareCycles')).toBe(512 * 4000)
  })

  it('does not try with 1 GiB pages', () => {
    const start = 3 * 2 ** 18
    const driven = aDrivenLane({ environment: 'native', lanes: ['radix'], pageSize: '1G' }, [
      { start, pages: 2 ** 18 }
    ])
    driven.touch({ page: start })
    const [{ space, frames }] = driven.machine.stack.layers
    expect(space.table.leafLevelOf(start)).toBe(3)
    expect([frames.mover?.isMovable(space.table.frameOf(start)), frames.compact(9)]).toEqual([false, true])
  })

  it('leaves tables, areas, frame 0 and frames that nobody names where they are', () => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['dmt'] })
    driven.touch({ page: MAIN.start })
    const [layer] = driven.machine.stack.layers
    const { mover } = layer.frames
    const [tea] = layer.space.teas.teas
    const pinned = layer.frames.allocate(0)
    for (const f of [0, layer.space.table.root, tea.base, tea.base + tea.slots - 1, pinned])
      expect([mover?.isMovable(f), mover?.move(f), mover?.moveTo(f, pinned)]).toEqual([false, false, false])
    expect(mover?.isMovable(layer.space.table.frameOf(MAIN.start))).toBe(true)
  })
})

describe('an area of table pages', () => {
  it('is made in a window from which data had to move', () => {
    // Data fills the guest but for scattered frames: no run is free, and much of the data can move.
    const driven = aDrivenLane({
      environment: 'native',
      lanes: ['radix'],
      memory: { limits: { L0: '192MiB' } }
    })
    const { machine } = driven
    for (let p = MAIN.start; p < MAIN.start + MAIN.pages; p++) driven.machine.stack.populate(p, true)
    const [layer] = machine.stack.layers
    const pinned = pinnedFrames(machine)
    for (let f = 0; f < layer.frames.frames; f++)
      if (layer.frames.isFree(f) && f % 8 === 0) {
        layer.frames.allocateAt(f, 1)
        pinned[0]++
      }
    expect(layer.frames.largestRun()).toBeLessThan(60)
    machine.setDmt(true)
    const [tea] = layer.space.teas.teas
    expect(tea.slots).toBeGreaterThanOrEqual(64)
    expect(count(machine, 'framesMigrated')).toBeGreaterThan(0)
    checkMemory(machine, pinned)
    checkTranslations(machine, [MAIN.start, MAIN.start + MAIN.pages - 1])
  })
})

describe('a layer whose memory is given', () => {
  it('has just that, and the layers below hold it', () => {
    const { stack } = aMachine({
      environment: 'nested',
      lanes: ['radix'],
      memory: { limits: { L1: '64MiB' } }
    })
    const [l0, l1, l2] = stack.layers.map((layer) => layer.frames.frames)
    expect([l1, l2 > 2 ** 18, l0 >= 2 ** 18 + l1]).toEqual([16_384, true, true])
  })

  it.each(['native', 'virtualized', 'nested'])(
    'is built in the least that can be given: %s',
    (environment) => {
      const limits = { L0: '1MiB', ...(environment === 'native' ? {} : { L1: '1MiB' }) }
      const driven = aDrivenLane({ environment, lanes: ['radix'], memory: { limits }, fragmentation: 1 })
      const ended = Array.from({ length: 1000 }, (_, i) =>
        driven.tryTouch({ page: MAIN.start + i })
      ).includes(false)
      expect(ended).toBe(true)
    }
  )

  it('says how much of it is free at the end, and what for', () => {
    const driven = aDrivenLane({
      environment: 'virtualized',
      lanes: ['radix'],
      memory: { limits: { L1: '8MiB' } }
    })
    while (driven.tryTouch({ page: MAIN.start + driven.machine.stack.inner.space.pagesMapped }));
    const use = driven.machine.stack.memoryUse()
    expect([use.freeFramesL1, use.largestRunL1, use.fragmentationIndexL1, use.unusableFreeSpaceL1]).toEqual([
      0, 0, 0, 1
    ])
    expect(use.freeFramesL0).toBeGreaterThan(0)
    expect(use.fragmentationIndexL0).toBe(-1)
  })
})
