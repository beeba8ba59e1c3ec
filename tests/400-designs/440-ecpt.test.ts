/** Elastic cuckoo page tables: what walks cost by what is known, and what happens where a way finds no frames. */
import { describe, expect, it } from 'vitest'
import { OFFER } from '@main/lab/catalogue'
import { coldWalk } from '@main/lab/cold-walk'
import { checkMachine } from '@main/lab/invariants'
import type { Machine } from '@main/lab/machine'
import { resolveSpec } from '@main/lab/resolve-spec'
import { EcptTable } from '@main/software/cuckoo/ecpt-table'
import { pageHigh, pageLow } from '@shared/address/address'
import { ACCESSED, DIRTY } from '@shared/arch/entry'
import { LOAD, STORE } from '@shared/model/access'
import { ADVICE } from '@shared/model/operation'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { MAIN, aDrivenLane, type AreaInput, type DrivenLane } from '../builders/a-machine'
import { lab } from '../builders/cli'
import { smallMemory } from '../builders/small-memory'
import { aSpec } from '../builders/spec'
import { checkTranslations } from '../builders/stack-laws'

/** The reads of a cold walk do not depend on how large its area is. */
const cold = (input: Record<string, unknown>) =>
  coldWalk(aSpec({ lanes: ['ecpt'], footprint: '64MiB', memory: smallMemory(input, 128), ...input }), 'ecpt')

const FORMS: Record<string, unknown>[] = [
  { pageSize: '4K', hostPageSize: '4K' },
  { pageSize: '2M', hostPageSize: '2M' },
  { pageSize: '4K', hostPageSize: '2M' },
  { pageSize: '2M', hostPageSize: '4K' },
  { levels: 5, pageSize: '4K', hostPageSize: '4K' },
  { levels: 5, pageSize: '2M', hostPageSize: '2M' }
]

/** A layer reads n lines over a stage that costs c references in s steps. */
const over = (n: number, c: number): number => n * (c + 1) + c
const lines = { way: 1, size: 3, none: 6 }

describe('references of a cold walk', () => {
  const environments = [
    ['native', 1, 'shadow-ept'],
    ['virtualized', 2, 'shadow-ept'],
    ['nested', 2, 'shadow-ept'],
    ['nested', 3, 'pure']
  ] as const
  for (const [environment, depth, fallback] of environments)
    for (const [knowledge, n] of Object.entries(lines)) {
      const references = Array.from({ length: depth }).reduce<number>((c) => over(n, c), 0)
      const critical = 2 ** depth - 1
      it(`${environment} (${fallback}), ${knowledge}: ${references}, ${critical} of them critical`, () => {
        for (const form of FORMS) {
          const walk = cold({ environment, nested: { fallback }, ecpt: { knowledge }, ...form })
          expect([walk.outcome, walk.references, walk.criticalReferences, walk.wastedReferences]).toEqual([
            'translated',
            references,
            critical,
            0
          ])
          expect(walk.steps.every(({ by }) => by === 'hash')).toBe(true)
        }
      })
    }

  it.each([
    ['native', 'way', 1],
    ['native', 'size', 3],
    ['native', 'none', 6],
    ['virtualized', 'way', 3],
    ['virtualized', 'size', 15],
    ['virtualized', 'none', 48],
    ['nested', 'way', 3]
  ])('the published counts: %s, %s known: %i', (environment, knowledge, references) => {
    expect(cold({ environment, ecpt: { knowledge } }).references).toBe(references)
  })
})

describe('what the walk caches know', () => {
  const aLane = (input: Record<string, unknown> = {}, areas?: AreaInput[]): DrivenLane =>
    aDrivenLane({ environment: 'native', lanes: ['ecpt'], ...input }, areas)
  const P = MAIN.start
  const REGION = 512

  /** References of the walk that an access makes with the caches as they are, and those of its longest chain. */
  function walk(machine: Machine, page: number): [references: number, critical: number] {
    machine.walk.begin()
    expect(machine.stage.translate(pageHigh(page), pageLow(page), LOAD)).toBe(machine.stack.oracleFrame(page))
    return [machine.walk.references, machine.walk.criticalReferences]
  }

  function known(driven: DrivenLane, pages: readonly number[]): Machine {
    for (const page of pages) driven.touch({ page })
    for (const { walkCaches } of driven.machine.cpus) walkCaches.flushAll()
    return driven.machine
  }

  it('nothing: all ways, and two ways of each walk table beside them; then the size', () => {
    const machine = known(aLane(), [P, P + 1, P + REGION])
    expect(walk(machine, P)).toEqual([6 + 2 + 2, 1])
    expect(walk(machine, P + 1)).toEqual([3, 1])
    // Another region of the same GiB: of one without huge pages there is nothing more to know.
    expect(walk(machine, P + REGION)).toEqual([3, 1])
  })

  it('more of a region, where its GiB has huge pages', () => {
    // The first of eight regions whose hints are in one line.
    const page = Math.ceil(P / (8 * REGION)) * 8 * REGION
    const driven = aLane({ pageSize: 'thp', levels: 5 })
    driven.operate('madvise', page, REGION, ADVICE.indexOf('nohugepage'))
    const machine = known(driven, [page, page + REGION, page + 8 * REGION])
    expect(walk(machine, page)).toEqual([6 + 2 + 2, 1])
    expect(walk(machine, page)).toEqual([3, 1])
    // The hint about a neighbour came with the same line.
    expect(walk(machine, page + REGION)).toEqual([1, 1])
    // Both sizes are possible in another line until that is known.
    expect(walk(machine, page + 8 * REGION)).toEqual([6 + 2, 1])
    expect(walk(machine, page + 8 * REGION + 5)).toEqual([1, 1])
  })

  it('the way of a huge page', () => {
    const machine = known(aLane({ pageSize: '2M' }), [P + REGION])
    expect(walk(machine, P + REGION)).toEqual([6 + 2 + 2, 1])
    expect(walk(machine, P + REGION + 77)).toEqual([1, 1])
  })

  it.each([
    ['4K', [15, 3]],
    ['2M', [3, 3]]
  ])('in a guest with %s pages: %j', (size, expected) => {
    const page = P + REGION
    const sizes = { pageSize: size, hostPageSize: size }
    const machine = known(aLane({ environment: 'virtualized', ecpt: { cache2M: 4096 }, ...sizes }), [page])
    walk(machine, page)
    expect(walk(machine, page)).toEqual(expected)
  })

  it('may be waited for: a step more, and fewer reads', () => {
    const machine = known(aLane({ ecpt: { waitsForTables: true } }), [P])
    expect(walk(machine, P)).toEqual([2 + 2 + 3, 2])
    expect(walk(machine, P)).toEqual([3, 1])
    const first = cold({ environment: 'native', ecpt: { waitsForTables: true } })
    expect([first.references, first.criticalReferences]).toEqual([7, 2])
  })

  it('nothing ever, where there are none', () => {
    const machine = known(aLane({ ecpt: { cache2M: 0, cache1G: 0 } }), [P])
    for (let n = 0; n < 3; n++) expect(walk(machine, P)).toEqual([6, 1])
  })

  it('may be out of date, which costs a step and misleads nobody', () => {
    const small = { start: P, pages: 8, name: 'small' }
    const large = { start: P + 4 * REGION - (P % REGION), pages: REGION, name: 'large' }
    const driven = aLane({ pageSize: 'thp', ecpt: { cache2M: 0 } }, [small, large])
    const { machine } = driven
    driven.touch({ page: P })
    walk(machine, P)
    expect(walk(machine, P)).toEqual([3, 1])
    machine.stack.populate(large.start, true)
    expect(walk(machine, large.start)).toEqual([3 + 3, 2])
    // It is forgotten, and read again.
    expect(walk(machine, large.start)).toEqual([6 + 2, 1])
    expect(walk(machine, P)).toEqual([6, 1])
  })

  it('follows a page from one size to the other', () => {
    const page = P + REGION - (P % REGION)
    const driven = aLane({ pageSize: 'thp' })
    const { machine } = driven
    const twice = (): [number, number] => {
      walk(machine, page)
      return walk(machine, page)
    }
    driven.operate('madvise', page, REGION, ADVICE.indexOf('nohugepage'))
    for (let n = 0; n < REGION; n += 3) driven.touch({ page: page + n, kind: STORE })
    expect(twice()).toEqual([3, 1])
    driven.operate('madvise', page, REGION, ADVICE.indexOf('hugepage'))
    driven.operate('khugepaged', 32_768)
    expect(twice()).toEqual([1, 1])
    driven.operate('munmap', page + 5, 1)
    expect(twice()).toEqual([3, 1])
    expect(checkMachine(machine).told).toEqual([])
  })

  it('counts', () => {
    const driven = aLane()
    for (let n = 0; n < 64; n++) driven.touch({ page: P + n * 3 })
    const of = (id: CounterId): number => driven.machine.ledger.counters[COUNTER_INDEX[id]]
    expect(of('cuckooCacheHits') + of('cuckooCacheMisses')).toBe(of('walks') + of('faultingWalks'))
    expect(of('hashProbes') + of('cuckooTableReads')).toBe(
      of('walkReferences') + of('faultingWalkReferences')
    )
  })
})

describe('tables that grow in both layers', () => {
  it.each(['virtualized', 'nested'])('%s: every access reaches its page all the while', (environment) => {
    const driven = aDrivenLane({
      environment,
      lanes: ['ecpt'],
      ecpt: { initialLines: 64, moveLines: 2, scale: 2 },
      memory: smallMemory({ environment }, 192)
    })
    for (let n = 0; n < 3000; n++) {
      driven.touch({ page: MAIN.start + n * 8, kind: n % 2 ? LOAD : STORE })
      if (n % 3 === 0) driven.touch({ page: MAIN.start + (n >> 1) * 8 })
      if (n % 500 === 0) expect(checkMachine(driven.machine).told).toEqual([])
    }
    const { machine, lane } = driven
    expect(lane.firstError).toBeNull()
    expect(checkMachine(machine).told).toEqual([])
    const { layers, shadows } = machine.stack
    const supports = [
      layers[layers.length - 1].space.support,
      shadows.all[0]?.support ?? layers[0].space.support
    ]
    const least = [64 * 16, 64 * 2]
    for (const [n, support] of supports.entries()) {
      if (!(support instanceof EcptTable)) throw new Error('a layer keeps no cuckoo page tables')
      expect(support.ways[0].now[0].lines).toBeGreaterThanOrEqual(least[n])
      expect(support.isComplete).toBe(true)
    }
    const pages = Array.from({ length: 90 }, (_, n) => MAIN.start + n * 8 * 33)
    checkTranslations(machine, pages)
  })
})

describe('a way that finds no frames', () => {
  /** No two adjacent frames are free in any layer. */
  function fragment(machine: Machine): void {
    for (const layer of machine.stack.layers) {
      const pins: number[] = [...layer.pins]
      for (let f = 1; f < layer.frames.frames; f += 2) if (layer.frames.allocateAt(f, 1)) pins.push(f)
      layer.pins = pins
    }
  }

  it.each(['native', 'virtualized', 'nested'])('%s: its lines are walked as radix', (environment) => {
    const memory = smallMemory({ environment }, 192)
    const driven = aDrivenLane({ environment, lanes: ['ecpt'], ecpt: { initialLines: 64 }, memory })
    const { machine } = driven
    fragment(machine)
    const pages = Array.from({ length: 400 }, (_, n) => MAIN.start + n * 8)
    for (const page of pages) driven.touch({ page })
    expect(driven.lane.firstError).toBeNull()
    expect(checkMachine(machine).told).toEqual([])
    const of = (id: CounterId): number => machine.ledger.counters[COUNTER_INDEX[id]]
    expect(of('hashOverflows')).toBeGreaterThan(0)
    expect(of('wastedReferences')).toBeGreaterThan(0)
    expect(machine.ledger.events().some(({ kind }) => kind === 'hash-overflow')).toBe(true)
    checkTranslations(machine, pages)
    const { support } = machine.stack.inner.space
    if (!(support instanceof EcptTable)) throw new Error('no cuckoo page tables')
    expect(support.isComplete).toBe(false)
    driven.operate('munmap', MAIN.start, MAIN.pages)
    expect(support.isComplete).toBe(true)
    expect(checkMachine(machine).told).toEqual([])
  })

  it('native: probes that found nothing are wasted, and four reads of the index follow', () => {
    const driven = aDrivenLane({
      environment: 'native',
      lanes: ['ecpt'],
      ecpt: { initialLines: 64, knowledge: 'none' }
    })
    const { machine } = driven
    fragment(machine)
    const pages = Array.from({ length: 400 }, (_, n) => MAIN.start + n * 8)
    for (const page of pages) driven.touch({ page })
    const walks = pages.map((page) => {
      for (const { walkCaches } of machine.cpus) walkCaches.flushAll()
      machine.walk.begin()
      machine.stage.translate(pageHigh(page), pageLow(page), LOAD)
      const { references, criticalReferences, wastedReferences } = machine.walk
      return `${references} ${criticalReferences} ${wastedReferences}`
    })
    expect(new Set(walks)).toEqual(new Set(['6 1 0', '4 4 6']))
  })

  it('a page that is not mapped faults without a walk of the index while the tables are complete', () => {
    const { machine, ...driven } = aDrivenLane({
      environment: 'native',
      lanes: ['ecpt'],
      ecpt: { knowledge: 'none' }
    })
    expect(driven).toBeDefined()
    machine.stack.populate(MAIN.start, true)
    machine.walk.begin()
    expect(machine.stage.translate(pageHigh(MAIN.start + 9), pageLow(MAIN.start + 9), LOAD)).toBe(-1)
    expect(machine.walk.references).toBe(6)
  })
})

describe('what the kernel sees', () => {
  it.each(['native', 'virtualized', 'nested'])(
    '%s: A and D in its index and in the table alike',
    (environment) => {
      const driven = aDrivenLane({ environment, lanes: ['ecpt'] })
      const { space } = driven.machine.stack.inner
      const marks = (page: number): number[] =>
        [space.table.find(page).low, (space.support as EcptTable).find(page, 1)?.low ?? 0].map(
          (low) => low & (ACCESSED | DIRTY)
        )
      driven.touch({ page: MAIN.start })
      expect(marks(MAIN.start)).toEqual([ACCESSED, ACCESSED])
      driven.touch({ page: MAIN.start, kind: STORE })
      expect(marks(MAIN.start)).toEqual([ACCESSED | DIRTY, ACCESSED | DIRTY])
    }
  )

  it('memory: three ways for each size, two for each walk table, and all of it back at exit', () => {
    const driven = aDrivenLane({ environment: 'native', lanes: ['ecpt'] })
    const { machine } = driven
    expect(machine.stack.memoryUse().designBytes).toBe(0)
    driven.touch({ page: MAIN.start })
    const frames = 2 * 3 * (16_384 / 64) + 2 * 2
    expect(machine.stack.memoryUse().designBytes).toBe(frames * 4096)
    const free = machine.stack.inner.frames.freeFrames
    driven.operate('fork', 1)
    expect(machine.stack.memoryUse().designBytes).toBe(2 * frames * 4096)
    driven.operate('run', 0, 1)
    driven.operate('exit')
    driven.operate('run', 0, 0)
    expect(machine.stack.inner.frames.freeFrames).toBe(free)
    expect(checkMachine(machine).told).toEqual([])
  })

  it('1 GiB pages are refused in one line', () => {
    const resolved = resolveSpec({ environment: 'native', lanes: ['ecpt'], pageSize: '1G' }, OFFER)
    expect('problems' in resolved && resolved.problems).toEqual([
      expect.stringContaining('ecpt has no 1G pages')
    ])
  })

  it('what walks know is an option of the command line', async () => {
    const { specs } = await lab(['run', '--environment', 'native', '--option', 'ecpt.knowledge=size'])
    expect(coldWalk(specs[0], 'ecpt').references).toBe(3)
  })
})
