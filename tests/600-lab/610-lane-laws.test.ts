/** The laws that every lane's result holds, over environments, designs, page sizes, streams and cuts. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Machine } from '@main/lab/machine'
import { DESIGNS } from '@main/designs'
import { openStream } from '@main/store/open-stream'
import { openTraceSource } from '@main/traces/trace-source'
import type { AccessSource } from '@main/workloads/workload'
import { PAGE_POLICIES, type PagePolicy } from '@shared/arch/page-size'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import { ENVIRONMENTS, type Environment } from '@shared/model/environment'
import type { LaneResult } from '@shared/model/result'
import { COUNTERS } from '@shared/stats/counters'
import { MAIN, aDrivenLane } from '../builders/a-machine'
import { aLane, checkResultLaws, firstOf, runLane, smallSpec } from '../builders/a-lane'
import { leaveFree } from '../builders/coop-state'
import { fixturePath } from '../builders/a-trace'

const designsIn = (environment: Environment, pageSize: PagePolicy = '4K'): string[] =>
  DESIGNS.map(({ info }) => info)
    .filter(({ environments, lacks }) => {
      return environments.includes(environment) && !lacks?.pageSizes.includes(pageSize)
    })
    .map(({ id }) => id)

const OF_TRACE = 30_000

/** The real trace of a short program, with its map. */
async function catTrace(): Promise<AccessSource> {
  const { source } = await openTraceSource({
    openTrace: () => openStream(fixturePath('cat.lackey.gz')),
    openMap: () => openStream(fixturePath('cat.maps')),
    format: 'auto',
    levels: 4,
    loop: false,
    onProgress: () => undefined
  })
  return firstOf(source, OF_TRACE)
}

const hashes = (lane: ReturnType<typeof aLane>): number[] => {
  const { hashA, hashB } = lane.session.run(0, 0, 0)
  return [hashA, hashB]
}

describe('every environment, design, page size and stream', () => {
  for (const environment of ENVIRONMENTS) {
    for (const pageSize of PAGE_POLICIES) {
      it(`${environment}, ${pageSize}: the laws hold and all designs reach the same pages`, async () => {
        for (const [workload, profile] of [
          ['gups', 'tiny'],
          ['sequential', 'tiny'],
          ['zipf', 'skylake'],
          ['pointer-chase', 'tiny']
        ]) {
          const reached: number[][] = []
          for (const design of designsIn(environment, pageSize)) {
            const spec = smallSpec({
              environment,
              lanes: [design],
              pageSize,
              hostPageSize: pageSize,
              workload,
              profile,
              references: 1500
            })
            const lane = aLane(spec)
            const result = await runLane(lane)
            checkResultLaws(result)
            expect(result.counters.references).toBeGreaterThan(1490)
            expect(result.counters.pageFaults).toBe(0)
            if (!['dmt', 'pvdmt'].includes(design)) expect(result.counters.faultingWalks).toBe(0)
            if (design === 'ideal')
              expect(result.counters.walkReferences + result.counters.walkCycles).toBe(0)
            reached.push(hashes(lane))
          }
          expect(new Set(reached.map(String)).size, workload).toBe(1)
        }
      })
    }
  }

  it.each(ENVIRONMENTS)('%s: a real trace with faults on demand', async (environment) => {
    const reached: number[][] = []
    for (const design of designsIn(environment)) {
      const spec = smallSpec({
        environment,
        lanes: [design],
        trace: { file: 'cat' },
        references: OF_TRACE,
        tea: { minVmaMiB: 0 }
      })
      const lane = aLane(spec, design, await catTrace())
      const result = await runLane(lane)
      checkResultLaws(result)
      // A fault of rmm maps more pages than the one that was touched.
      expect(result.counters.pageFaults + result.counters.eagerPages).toBeGreaterThan(10)
      expect(result.counters.mapMismatches).toBeLessThan(5)
      reached.push(hashes(lane))
    }
    expect(new Set(reached.map(String)).size).toBe(1)
  })
})

describe('lanes that find different contiguity', () => {
  it('reach the same pages with the same permissions, though a wrong map is widened on the way', async () => {
    for (const [fragmentation, seed] of [
      [0.999, 1],
      [0.97, 2],
      [0.5, 3]
    ]) {
      const reached: string[] = []
      for (const design of ['radix', 'shadow', 'dmt', 'pvdmt', 'ideal']) {
        const input = {
          pageSize: 'thp',
          hostPageSize: 'thp',
          fragmentation,
          seed,
          tea: { minVmaMiB: 1, minSlots: 1 }
        }
        const lane = aDrivenLane({ environment: 'virtualized', lanes: [design], ...input }, [
          { ...MAIN, pages: 9000, writable: false },
          { ...MAIN, start: MAIN.start + 9100, pages: 700, name: 'neighbour' }
        ])
        for (let i = 0; i < 600; i++) {
          const kind = i % 97 === 96 ? STORE : i % 151 === 150 ? FETCH : LOAD
          lane.touch({ page: MAIN.start + ((i * 7919) % 9900), kind })
        }
        expect(lane.lane.firstError).toBeNull()
        reached.push(`${lane.lane.hashA} ${lane.lane.hashB}`)
      }
      expect(new Set(reached).size).toBe(1)
    }
  })
})

const essence = ({ counters, walkHistogram, series, events, digest, memory }: LaneResult): unknown => ({
  counters,
  walkHistogram,
  series,
  events,
  digest,
  memory
})

/** Everything a window can ask of a lane. */
function lookAtAll(session: ReturnType<typeof aLane>['session']): void {
  session.snapshot()
  session.latestReference()
  session.latestFault()
  session.slowestSince(0)
  session.slowerThan(0)
  session.walks(100)
  session.events(0)
  for (const { reference } of session.walks(3)) session.walkOf(reference, 0)
  for (const { from, to } of session.histogram().cycles) session.walkIn({ from, to })
  for (const { steps } of session.histogram().patterns) session.walkIn({ steps })
  for (const low of [0x7f0000123, 0x400]) {
    session.coldWalk({ high: 0, low, offset: 5 })
    session.lookWalk({ high: 0, low, offset: 5 })
  }
}

describe('a lane cut into slices', () => {
  it('equals the lane run at once, bit for bit, however it is cut and looked at', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          environment: fc.constantFrom(...ENVIRONMENTS),
          design: fc.nat(5),
          pageSize: fc.constantFrom('4K', 'thp'),
          workload: fc.constantFrom('gups', 'zipf'),
          warmup: fc.constantFrom(0, 1, 333),
          slices: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 })
        }),
        async ({ environment, design, slices, ...rest }) => {
          const designs = designsIn(environment)
          const spec = smallSpec({
            environment,
            lanes: [designs[design % designs.length]],
            references: 1200,
            footprint: '4MiB',
            ...rest
          })
          const atOnce = await runLane(aLane(spec))
          const inSlices = await runLane(aLane(spec), slices)
          const lookedAt = await runLane(aLane(spec), slices, lookAtAll)
          checkResultLaws(atOnce)
          for (const other of [inSlices, lookedAt]) expect(essence(other)).toEqual(essence(atOnce))
        }
      ),
      { numRuns: 40, seed: 7 }
    )
  })

  it('counts after the warm-up what the whole run counts beyond it', async () => {
    const counted = async (warmup: number, references: number): Promise<LaneResult> =>
      runLane(aLane(smallSpec({ environment: 'virtualized', lanes: ['pvdmt'], warmup, references })))
    const [whole, before, after] = [await counted(0, 2000), await counted(0, 700), await counted(700, 1300)]
    for (const { id } of COUNTERS) {
      expect(after.counters[id], id).toBeCloseTo(whole.counters[id] - before.counters[id], 3)
    }
    expect(after.walkHistogram.reduce((sum, row) => sum + row.count, 0)).toBe(after.counters.walks)
  })
})

describe('one access', () => {
  it('that crosses a page is one record, one split, two references', () => {
    const driven = aDrivenLane({ lanes: ['radix'] })
    driven.touch({ page: MAIN.start, kind: STORE, offset: 4090, size: 16 })
    const { counters } = driven.machine.ledger
    const at = (id: string): number => counters[COUNTERS.findIndex((c) => c.id === id)]
    expect([at('stores'), at('splits'), at('walks'), at('pageFaults'), at('translationsChecked')]).toEqual([
      1, 1, 2, 2, 2
    ])
  })

  it('outside the map, or against its permissions, widens the map once and never fails', () => {
    const driven = aDrivenLane({ lanes: ['dmt'] }, [{ ...MAIN, writable: false }])
    const at = (id: string): number => driven.machine.ledger.counters[COUNTERS.findIndex((c) => c.id === id)]
    const far = MAIN.start - 1_000_000
    const touches: [number, number, number][] = [
      [MAIN.start, LOAD, 0],
      [MAIN.start, STORE, 1],
      [MAIN.start + 9, STORE, 1],
      [MAIN.start, FETCH, 2],
      [far, LOAD, 3],
      [far + 3, STORE, 4],
      [far + 1, FETCH, 4],
      [MAIN.start + MAIN.pages, FETCH, 5],
      [MAIN.start - 2, STORE, 6]
    ]
    for (const [page, kind, mismatches] of touches) {
      driven.touch({ page, kind })
      expect(at('mapMismatches')).toBe(mismatches)
    }
    expect(driven.lane.firstError).toBeNull()
    expect(at('walks')).toBe(at('stlbMisses'))
  })
})

describe('a trace of a process that reserved far more than any machine has', () => {
  it('runs in memory for what it touches', () => {
    const huge = { ...MAIN, start: 0x100000, pages: 2 ** 34 }
    const driven = aDrivenLane({ environment: 'native', lanes: ['radix'], trace: { file: 'x' } }, [huge])
    driven.touch({ page: huge.start + 2 ** 33 })
    expect(driven.lane.firstError).toBeNull()
  })
})

describe('when memory runs out', () => {
  it.each([
    ['native', 'dmt'],
    ['virtualized', 'pvdmt'],
    ['nested', 'radix']
  ] as const)(
    '%s %s: the access that met it is not counted, and the laws hold',
    async (environment, design) => {
      const spec = smallSpec({
        environment,
        lanes: [design],
        trace: { file: 'cat' },
        references: OF_TRACE,
        tea: { minVmaMiB: 0 }
      })
      const lane = aLane(spec, design, await catTrace())
      const { machine } = lane.session as unknown as { machine: Machine }
      await lane.feed(500)
      const { frames } = machine.stack.layers[0]
      leaveFree(frames, 6)
      const result = await runLane(lane, [100])
      checkResultLaws(result)
      expect(result.counters.references).toBeGreaterThan(400)
      expect(result.counters.references).toBeLessThan(OF_TRACE)
      expect(result.events.at(-1)).toMatchObject({ layer: 'L0', kind: 'out-of-memory' })
      expect(result.events.at(-1)?.text).toMatch(/^L0 is out of memory: [\d,]+ frames are all in use$/)
    }
  )
})
