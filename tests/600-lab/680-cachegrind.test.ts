/** The lab's caches and Cachegrind's, over the same program: its counts are equal, not close. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { OFFER } from '@main/lab/catalogue'
import { onHardware, ownHardware } from '@main/lab/own-hardware'
import type { Counters } from '@shared/stats/counters'
import { aLane, runLane } from '../builders/a-lane'
import { aSpec } from '../builders/spec'
import { cachegrindSummary, openMixed, valgrindFixture } from '../builders/valgrind-fixture'

const cachegrind = ownHardware(
  JSON.parse(readFileSync('docs/examples/cachegrind.json', 'utf8')),
  'cachegrind.json',
  OFFER.profiles
)

type Input = Record<string, unknown>
const GEOMETRIES = {
  a: { llc: { bytes: '256KiB', ways: 8 } },
  b: {
    l1i: { bytes: '16KiB', ways: 4 },
    l1d: { bytes: '8KiB', ways: 2 },
    llc: { bytes: '512KiB', ways: 16 }
  }
} satisfies Record<string, Input>

async function countsOf(cache: Input, { cacheChanges = {}, ...changes }: Input = {}): Promise<Counters> {
  const { source } = await openMixed()
  const input = {
    environment: 'native',
    lanes: ['ideal'],
    trace: { file: valgrindFixture('mixed.lackey.gz'), maps: valgrindFixture('mixed.maps') },
    references: '10M',
    memory: { colouring: 'identity' },
    cache: { ...cache, ...(cacheChanges as Input) },
    ...changes
  }
  const lane = aLane(aSpec(onHardware(input, cachegrind)), 'ideal', source)
  return (await runLane(lane)).counters
}

/** In the words of Cachegrind's summary, reads and writes together. */
const inItsWords = (c: Counters) => ({
  Ir: c.fetchL1 + c.fetchL2 + c.fetchLlc + c.fetchMemory,
  I1: c.fetchL2 + c.fetchLlc + c.fetchMemory,
  LLi: c.fetchMemory,
  D: c.dataL1 + c.dataLlc + c.dataMemory - (c.fetchL1 + c.fetchLlc + c.fetchMemory),
  D1: c.dataLlc + c.dataMemory - (c.fetchLlc + c.fetchMemory),
  LLd: c.dataMemory - c.fetchMemory
})

function expected(name: keyof typeof GEOMETRIES): ReturnType<typeof inItsWords> {
  const { Ir, I1mr, ILmr, Dr, D1mr, DLmr, Dw, D1mw, DLmw } = cachegrindSummary(`cachegrind-${name}.txt`)
  return { Ir, I1: I1mr, LLi: ILmr, D: Dr + Dw, D1: D1mr + D1mw, LLd: DLmr + DLmw }
}

describe.each(['a', 'b'] as const)('caches as those of Cachegrind (%s)', (name) => {
  it('are asked, and miss, as often as Cachegrind says, level by level', async () => {
    const counters = await countsOf(GEOMETRIES[name])
    expect(inItsWords(counters)).toEqual(expected(name))
    expect(counters).toMatchObject({
      mapMismatches: 0,
      framesOffColour: 0,
      translationErrors: 0,
      dataL2: 0,
      fetchL2: 0
    })
  }, 60_000)
})

describe('the agreement with Cachegrind', () => {
  it('holds behind two layers as well, because each colours its frames', async () => {
    expect(inItsWords(await countsOf(GEOMETRIES.a, { environment: 'virtualized' }))).toEqual(expected('a'))
  }, 60_000)

  it.each([
    ['frames of any colour', { memory: { colouring: 'none' } }, 'LLd'],
    ['lines asked for one by one', { cacheChanges: { straddle: 'lines' } }, 'D1'],
    ['modifies asked for twice', { cacheChanges: { modify: 'twice' } }, 'D'],
    ['a prefetcher', { cacheChanges: { prefetcher: 'next-line' } }, 'D1']
  ] as const)(
    'is gone with %s',
    async (_, changes, where) => {
      expect(inItsWords(await countsOf(GEOMETRIES.a, changes))[where]).not.toBe(expected('a')[where])
    },
    60_000
  )
})
