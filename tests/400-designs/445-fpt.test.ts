/**
 * Flattened page tables. Counts are closed forms, not recordings: with d nodes or tables on the way of a dimension over
 * a stage that costs c, a walk costs d * (c + 1) + c.
 */
import { fpt } from '@main/designs/fpt'
import { coldWalk, coldWalkOn } from '@main/lab/cold-walk'
import { checkMachine } from '@main/lab/invariants'
import { Machine } from '@main/lab/machine'
import { FoldedTable } from '@main/software/folded/folded-table'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { page as pageNumber, pageHigh, pageLow } from '@shared/address/address'
import { ACCESSED, DIRTY } from '@shared/arch/entry'
import { LOAD, STORE } from '@shared/model/access'
import { ADVICE } from '@shared/model/operation'
import type { Environment } from '@shared/model/environment'
import { flagsInput } from '@main/hosts/cli/spec-flags'
import { describe, expect, it } from 'vitest'
import { MAIN, aDrivenLane, anArea, type DrivenLane } from '../builders/a-machine'
import { aLane, checkResultLaws, runLane, smallSpec } from '../builders/a-lane'
import { NO_WALK_CACHES } from '../builders/no-walk-caches'
import { aSpec } from '../builders/spec'

type Counts = readonly [base: number, huge: number, giant: number, la57: number]

const walkOf = (input: Record<string, unknown>): ReturnType<typeof coldWalk> =>
  coldWalk(aSpec({ lanes: ['fpt'], ...input }), 'fpt')

function countsOf(environment: Environment, options: Record<string, unknown> = {}): Counts[] {
  const walks = [
    ...['4K', '2M', '1G'].map((size) =>
      walkOf({ environment, pageSize: size, hostPageSize: size, ...options })
    ),
    walkOf({ environment, levels: 5, ...options })
  ]
  expect(
    walks.every(({ outcome, wastedReferences }) => outcome === 'translated' && wastedReferences === 0)
  ).toBe(true)
  const of = (key: 'references' | 'criticalReferences'): Counts =>
    walks.map((walk) => walk[key]) as unknown as Counts
  return [of('references'), of('criticalReferences')]
}

describe('cold walks of flattened tables', () => {
  const table: [Environment, string, Counts, Record<string, unknown>?][] = [
    ['native', '43-21', [2, 2, 1, 3]],
    ['native', '32', [3, 2, 2, 4]],
    ['native', 'none', [4, 3, 2, 5]],
    ['virtualized', '43-21', [8, 8, 3, 15]],
    ['virtualized', '32', [15, 8, 8, 24]],
    ['virtualized', 'none', [24, 15, 8, 35]],
    ['nested', '43-21', [8, 8, 3, 15]],
    ['nested', 'none', [24, 15, 8, 35]],
    ['nested', '43-21', [26, 26, 7, 63], { nested: { fallback: 'pure' } }],
    ['nested', 'none', [124, 63, 26, 215], { nested: { fallback: 'pure' } }]
  ]
  it.each(table)('%s, folding %s: %j', (environment, folding, counts, options = {}) => {
    expect(countsOf(environment, { fpt: { folding }, ...options })).toEqual([counts, counts])
  })
})

const count = ({ machine }: DrivenLane, id: CounterId): number => machine.ledger.counters[COUNTER_INDEX[id]]

const readsOf = ({ machine }: DrivenLane, page: number): number =>
  coldWalkOn(machine, pageHigh(page), pageLow(page), 0).references

describe('where one layer has no nodes', () => {
  it('a guest without 2 MiB of frames walks four tables over two nodes of its host', () => {
    const walk = walkOf({ environment: 'virtualized', footprint: '1MiB', memory: { limits: { L1: '1MiB' } } })
    expect([walk.references, walk.criticalReferences]).toEqual([14, 14])
    expect(walk.steps.filter(({ by }) => by === 'node').every(({ layer }) => layer === 'L0')).toBe(true)
  })

  it.each([0, 1])('so it is where L%i folds nothing', (bare) => {
    const spec = aSpec({ environment: 'virtualized', lanes: ['fpt'] })
    const unfolded = aSpec({ ...spec, fpt: { folding: 'none' } })
    const design = {
      ...fpt,
      support: (scene: ConstructorParameters<typeof FoldedTable>[0]) =>
        new FoldedTable(scene.layer.index === bare ? { ...scene, spec: unfolded } : scene)
    }
    const machine = new Machine(spec, design, [anArea(MAIN)])
    machine.stack.populate(MAIN.start, true)
    expect(coldWalkOn(machine, pageHigh(MAIN.start), pageLow(MAIN.start), 0).references).toBe(14)
  })

  it('a walk names the frame of the node that it reads, level by level', () => {
    const { steps } = walkOf({ environment: 'native' })
    expect(steps.map(({ level, by }) => [level, by])).toEqual([
      [3, 'node'],
      [1, 'node']
    ])
  })
})

describe('contiguity', () => {
  const ran = (environment: string, fragmentation: number): ReturnType<typeof runLane> =>
    runLane(
      aLane(smallSpec({ environment, lanes: ['fpt'], fragmentation, references: 1500, ...NO_WALK_CACHES }))
    )

  it.each(['native', 'virtualized'])(
    '%s walks get longer the more memory is fragmented',
    async (environment) => {
      const results = []
      for (const level of [0, 0.25, 0.5, 0.75, 0.9, 0.99]) results.push(await ran(environment, level))
      results.forEach(checkResultLaws)
      const perWalk = results.map(({ derived }) => derived.referencesPerWalk)
      perWalk.slice(1).forEach((n, i) => expect(n).toBeGreaterThanOrEqual(perWalk[i]))
      expect([perWalk[0], perWalk[5]]).toEqual(environment === 'native' ? [2, 4] : [8, 24])
    }
  )

  it('is paid for with memory: nodes are whole, and each table of the index has one beside it where none is', async () => {
    const [folded, unfolded] = [await ran('virtualized', 0), await ran('virtualized', 0.99)]
    expect(folded.memory.designBytes % 2 ** 21).toBe(0)
    expect(folded.memory.designBytes).toBeGreaterThanOrEqual(4 * 2 ** 21)
    expect(unfolded.memory.designBytes).toBe(unfolded.memory.pageTableBytes)
    for (const { memory } of [folded, unfolded])
      expect(memory.translationBytes).toBe(memory.pageTableBytes + memory.designBytes)
  })

  it('is asked of a guest’s host as well: a node is backed as a whole', () => {
    const { machine } = aDrivenLane({ environment: 'virtualized', lanes: ['fpt'] })
    const [host, guest] = machine.stack.layers
    const nodes = guest.space.support?.ownFrames() ?? []
    expect(nodes.map(({ count: frames }) => frames)).toEqual([512])
    for (const { base } of nodes)
      for (let f = base; f < base + 512; f++) expect(host.space.table.leafLevelOf(f)).toBe(1)
  })

  it('says so where a node stays two levels', () => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['fpt'], fragmentation: 0.99 })
    driven.touch({ page: MAIN.start })
    expect([count(driven, 'nodesFolded'), count(driven, 'nodesUnfolded')]).toEqual([0, 2])
    expect(driven.machine.ledger.events().some(({ kind }) => kind === 'node-unfold')).toBe(true)
    expect(readsOf(driven, MAIN.start)).toBe(4)
  })
})

describe('a huge page below a node', () => {
  const REGION = Math.ceil(MAIN.start / 512) * 512
  const advise = (driven: DrivenLane, advice: (typeof ADVICE)[number], start: number): void =>
    driven.operate('madvise', start, 512, ADVICE.indexOf(advice))

  function withBoth(): DrivenLane {
    const driven = aDrivenLane({ environment: 'native', lanes: ['fpt'], pageSize: 'thp' })
    advise(driven, 'nohugepage', REGION)
    for (let i = 0; i < 512; i += 31) driven.touch({ page: REGION + i })
    return driven
  }

  it('makes two levels of it, in place, and all small pages stay where they are', () => {
    const driven = withBoth()
    const frames = [...Array(17).keys()].map((i) => driven.machine.stack.oracleFrame(REGION + i * 31))
    expect(readsOf(driven, REGION)).toBe(2)
    const free = driven.machine.stack.inner.frames.freeFrames
    driven.touch({ page: REGION + 512 })
    expect(count(driven, 'nodesUnfolded')).toBe(1)
    expect([readsOf(driven, REGION), readsOf(driven, REGION + 512)]).toEqual([3, 2])
    expect([...Array(17).keys()].map((i) => driven.machine.stack.oracleFrame(REGION + i * 31))).toEqual(
      frames
    )
    // 512 frames of the page and the table kept for its split; of the node's frames two remain.
    expect(driven.machine.stack.inner.frames.freeFrames).toBe(free - 512 - 1 + 510)
    expect(checkMachine(driven.machine).told).toEqual([])
    expect(driven.lane.firstError).toBeNull()
  })

  it('has its small pages walked by one read more after it was split again', () => {
    const driven = withBoth()
    driven.touch({ page: REGION + 512 })
    driven.operate('munmap', REGION + 512, 1)
    driven.touch({ page: REGION + 513 })
    expect(readsOf(driven, REGION + 513)).toBe(3)
    expect(checkMachine(driven.machine).told).toEqual([])
  })

  it('made by khugepaged is found there, and walk caches forget the node', () => {
    const driven = withBoth()
    advise(driven, 'hugepage', REGION)
    driven.operate('khugepaged', 1 << 20)
    expect(count(driven, 'hugePromotions')).toBe(1)
    driven.touch({ page: REGION + 31 })
    expect(readsOf(driven, REGION + 31)).toBe(2)
    expect(driven.lane.firstError).toBeNull()
    expect(checkMachine(driven.machine).told).toEqual([])
  })
})

describe('walk caches and marks', () => {
  it('a hit on the entry that names the lower node leaves one read', () => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['fpt'] })
    for (const page of [MAIN.start, MAIN.start + 5 * 512]) driven.machine.stack.populate(page, true)
    driven.touch({ page: MAIN.start })
    driven.machine.ledger.restart()
    driven.touch({ page: MAIN.start + 5 * 512 })
    expect([count(driven, 'walks'), count(driven, 'walkReferences')]).toEqual([1, 1])
  })

  it('what hardware notes of a page reaches the kernel’s index', () => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['fpt'] })
    const [{ space }, host] = [driven.machine.stack.inner, driven.machine.stack.layers[0].space]
    driven.touch({ page: MAIN.start, kind: LOAD })
    expect(space.table.find(MAIN.start).low & (ACCESSED | DIRTY)).toBe(ACCESSED)
    driven.touch({ page: MAIN.start, kind: STORE })
    expect(space.table.find(MAIN.start).low & (ACCESSED | DIRTY)).toBe(ACCESSED | DIRTY)
    const frame = space.table.frameOf(MAIN.start)
    expect(host.table.find(frame).low & (ACCESSED | DIRTY)).toBe(ACCESSED | DIRTY)
    expect(checkMachine(driven.machine).told).toEqual([])
  })
})

describe('the end of processes', () => {
  it.each(['native', 'virtualized', 'nested'])('%s: all frames of a child come back', (environment) => {
    const driven = aDrivenLane({ environment, lanes: ['fpt'] })
    for (let i = 0; i < 8; i++) driven.touch({ page: MAIN.start + i * 700, kind: STORE })
    const { inner, kernel } = driven.machine.stack
    const free = inner.frames.freeFrames
    driven.operate('fork', 1)
    expect(inner.frames.freeFrames).toBeLessThan(free)
    driven.operate('run', 0, 1)
    driven.touch({ page: pageNumber(MAIN.start), kind: STORE })
    driven.operate('exit')
    driven.operate('run', 0, 0)
    expect([inner.frames.freeFrames, kernel.processes.size]).toEqual([free, 1])
    expect(checkMachine(driven.machine).told).toEqual([])
  })
})

describe('on the command line', () => {
  it.each([
    ['fpt.folding=32', 15],
    ['fpt.folding=none', 24],
    ['fpt.folding=43-21', 8]
  ])('--option %s: %i references', (option, references) => {
    const flags = { environment: 'virtualized', lanes: 'fpt', option: [option] }
    expect(walkOf(flagsInput(flags)).references).toBe(references)
  })
})
