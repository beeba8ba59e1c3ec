/** References to the page of the one before go a short way; with `verify` all go the long one. They count the same. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Lane } from '@main/lab/lane'
import { page, pageHigh, pageLow } from '@shared/address/address'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import { aMachine } from '../builders/a-machine'
import { aBatch } from '../builders/a-stream'
import { smallMemory } from '../builders/small-memory'

const AREA = { start: 0x7f1234500, pages: 64, executable: true, name: 'code and data' }

/** A few accesses to one page, of one kind or of several, some over its end. */
const visit = fc.record({
  page: fc.nat(AREA.pages - 2),
  accesses: fc.array(
    fc.record({
      kind: fc.oneof({ weight: 4, arbitrary: fc.constant(LOAD) }, fc.constantFrom(STORE, FETCH)),
      offset: fc.oneof(fc.nat(130), fc.nat(4095)),
      size: fc.oneof(fc.constantFrom(1, 8, 64), fc.nat(255))
    }),
    { minLength: 1, maxLength: 12 }
  )
})
type Visit = typeof visit extends fc.Arbitrary<infer T> ? T : never

/** Everything a lane tells after the visits, cut in two at some access. */
function told(
  visits: readonly Visit[],
  input: Record<string, unknown>,
  verify: boolean,
  cut: number
): unknown {
  const accesses = visits.flatMap((v) => v.accesses.map((a) => ({ ...a, page: page(AREA.start + v.page) })))
  const batch = aBatch(accesses.length)
  for (const [i, access] of accesses.entries()) {
    batch.kind[i] = access.kind
    batch.size[i] = access.size
    batch.offset[i] = access.offset
    batch.high[i] = pageHigh(access.page)
    batch.low[i] = pageLow(access.page)
  }
  const machine = aMachine({ ...input, verify, memory: smallMemory(input, 64) }, [AREA])
  const lane = new Lane(machine)
  const middle = Math.min(cut, accesses.length)
  lane.run(batch, 0, middle)
  lane.run(batch, middle, accesses.length)
  const { accesses: done, hashA, hashB, firstError } = lane
  return {
    done,
    hashA,
    hashB,
    firstError,
    counters: [...machine.ledger.counters],
    rows: lane.patterns.rows()
  }
}

describe('references that repeat a page', () => {
  it.each([
    ['tiny', {}],
    ['skylake', {}],
    ['artifact', {}],
    ['tiny', { cache: { replacement: 'plru' }, tlb: { replacement: 'plru' } }],
    ['tiny', { cache: { replacement: 'counted-lru' }, tlb: { replacement: 'counted-lru' } }],
    ['tiny', { cache: { replacement: 'lfu' } }],
    ['tiny', { tlb: { replacement: 'lfu' } }],
    ['tiny', { cache: { prefetcher: 'next-line' } }],
    ['tiny', { pageSize: 'thp', hostPageSize: '2M' }]
  ])('count and reach what they would one by one: %s %j', (profile, input) => {
    fc.assert(
      fc.property(fc.array(visit, { minLength: 1, maxLength: 40 }), fc.nat(200), (visits, cut) => {
        const quick = told(visits, { profile, ...input }, false, cut)
        expect(quick).toEqual(told(visits, { profile, ...input }, true, 0))
      }),
      { numRuns: 25 }
    )
  })
})
