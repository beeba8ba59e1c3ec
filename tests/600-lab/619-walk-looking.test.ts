/** Any walk can be looked at: of a bar of the histogram, one that faulted, or the one an address would take now. */
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { coldWalkOn, lookWalkOn } from '@main/lab/cold-walk'
import { Session } from '@main/lab/session/session'
import { page, pageHigh, pageLow } from '@shared/address/address'
import { STORE } from '@shared/model/access'
import {
  CYCLE_BINS,
  cycleBin,
  cycleBinStart,
  type WalkBucket,
  type WalkHistogram
} from '@shared/model/walk-histogram'
import type { WalkRecord } from '@shared/model/walk-record'
import { DrivenLane, MAIN, aMachine } from '../builders/a-machine'
import { aLane, smallSpec } from '../builders/a-lane'
import { InProcessHost } from '../builders/in-process-host'

describe('bins of cycles', () => {
  it('hold each number of cycles once, and no bin is wider than a 16th of its start', () => {
    for (let bin = 0; bin < CYCLE_BINS; bin++) expect(cycleBin(cycleBinStart(bin))).toBe(bin)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 ** 25, noNaN: true }), (cycles) => {
        const bin = cycleBin(cycles)
        const [from, to] = [cycleBinStart(bin), cycleBinStart(bin + 1)]
        expect(from <= cycles && cycles < to).toBe(true)
        if (to < Infinity) expect(to - from).toBeLessThanOrEqual(Math.max(1, from / 16))
      })
    )
  })
})

const isIn = (bucket: WalkBucket, record: WalkRecord | null): boolean => {
  if (record === null || record.outcome === 'fault') return false
  return 'from' in bucket ? record.cycles >= bucket.from && record.cycles < bucket.to : true
}

const hitsOf = (record: WalkRecord | null): string =>
  record?.steps
    .filter((step) => !step.wasted)
    .map((step) => step.hit)
    .join() ?? ''

function checkHistogram(histogram: WalkHistogram, walks: number): void {
  const counted = histogram.cycles.reduce((sum, bin) => sum + bin.walks, 0)
  const listed = histogram.patterns.reduce((sum, row) => sum + row.walks, 0)
  expect([histogram.walks, counted, listed + histogram.walksOfOtherPatterns]).toEqual([walks, walks, walks])
  expect(histogram.cycles.every(({ walks: some }) => some > 0)).toBe(true)
}

describe('the histogram of walks', () => {
  it.each([
    ['virtualized', 'radix'],
    ['virtualized', 'dmt'],
    ['nested', 'pvdmt'],
    ['virtualized', 'ecpt']
  ])('%s %s: counts every walk, and shows a walk of every bar', async (environment, design) => {
    const lane = aLane(smallSpec({ environment, lanes: [design], warmup: 500, references: 2500 }))
    while ((await lane.feed(700)) > 0);
    const { session } = lane
    const histogram = session.histogram()
    checkHistogram(histogram, session.facts().counters.walks)
    for (const bin of histogram.cycles) {
      expect(bin.hasSample).toBe(true)
      expect(isIn(bin, session.walkIn(bin))).toBe(true)
    }
    for (const row of histogram.patterns)
      if (row.hasSample) expect(hitsOf(session.walkIn(row))).toBe(row.steps.join())
    expect(session.walkIn({ from: 1e7, to: 2e7 })).toBeNull()
  })
})

describe('a walk that an address would take', () => {
  const designs = [
    ['native', 'radix'],
    ['virtualized', 'radix'],
    ['nested', 'radix-3d'],
    ['nested', 'radix'],
    ['virtualized', 'dmt'],
    ['nested', 'pvdmt'],
    ['virtualized', 'fpt'],
    ['virtualized', 'ecpt'],
    ['virtualized', 'asap'],
    ['virtualized', 'agile'],
    ['virtualized', 'rmm'],
    ['virtualized', 'shadow'],
    ['virtualized', 'hugegpt'],
    ['virtualized', 'ideal']
  ]
  it.each(designs)(
    '%s %s: is the walk that is then made, and looking twice sees the same',
    (environment, design) => {
      const driven = new DrivenLane(aMachine({ environment, lanes: [design], footprint: '128MiB' }))
      const { machine, lane } = driven
      let made = 0
      for (let i = 0; i < 60; i++) {
        const target = page(MAIN.start + ((i * 7919) % 4000))
        // Mapped before it is looked at, and out of the TLB again.
        driven.touch({ page: target, kind: STORE })
        machine.tlb.flushAll()
        const [seen, again] = [1, 2].map(() => lookWalkOn(machine, pageHigh(target), pageLow(target), 0))
        expect(again).toEqual(seen)
        coldWalkOn(machine, pageHigh(target), pageLow(target), 0)
        const walks = lane.walksEver
        driven.touch({ page: target })
        const [kept] = lane.samples.attemptsAt(lane.accesses).slice(-1)
        if (lane.walksEver === walks || kept === undefined) continue
        made++
        expect(kept.logged.cycles).toBe(seen.cycles)
        expect(kept.logged.references).toBe(seen.references)
      }
      expect(made).toBe(60)
    }
  )

  it('ends in a fault where nothing is mapped, and maps nothing', () => {
    const { machine } = new DrivenLane(aMachine({ environment: 'virtualized' }))
    for (const look of [lookWalkOn, coldWalkOn]) {
      const seen = look(machine, pageHigh(MAIN.start), pageLow(MAIN.start), 8)
      expect([seen.outcome, seen.faultLayer]).toEqual(['fault', expect.stringMatching(/^L[01]$/)])
    }
    expect(machine.ledger.counters.every((count) => count === 0)).toBe(true)
  })
})

const open: Session[] = []
afterEach(async () => {
  for (const session of open.splice(0)) await session.close()
})

async function aSession(input: Record<string, unknown>): Promise<Session> {
  const session = await Session.prepare(
    smallSpec({ lanes: ['radix', 'pvdmt'], references: 3000, ...input }),
    new InProcessHost(),
    { snapshot: () => undefined, failed: (message) => expect.fail(message) },
    () => undefined,
    new AbortController().signal
  )
  open.push(session)
  return session
}

describe('a fault', () => {
  it('is kept with the layer that had to act, its missing entry and the retry', () => {
    const driven = new DrivenLane(aMachine({ environment: 'virtualized', lanes: ['radix'] }))
    driven.touch({ page: MAIN.start + 9 })
    const { lane } = driven
    const attempts = lane.samples.attemptsAt(1)
    expect(attempts.length).toBeGreaterThan(1)
    expect(attempts.slice(0, -1).every(({ logged }) => logged.faultLayer >= 0)).toBe(true)
    expect(attempts.at(-1)?.logged.faultLayer).toBe(-1)
    expect(lane.samples.latestFault()).toBe(1)
    // Long after its steps are overwritten.
    for (let i = 0; i < 3000; i++) {
      driven.touch({ page: MAIN.start + 9 })
      driven.machine.tlb.flushAll()
    }
    expect(lane.log.attemptsAt(1)).toEqual([])
    expect(lane.samples.attemptsAt(1).map(({ logged }) => logged.number)).toEqual(
      attempts.map(({ logged }) => logged.number)
    )
  })
})

describe('the slowest walk', () => {
  it('is the first of those with the most cycles since the warm-up, long after its steps are overwritten', () => {
    const driven = new DrivenLane(aMachine({ environment: 'virtualized', lanes: ['radix'] }))
    const { lane } = driven
    let most = { number: 0, reference: 0, cycles: -1 }
    for (let i = 0; i < 3000; i++) {
      driven.touch({ page: MAIN.start + ((i * 7919) % 9000) })
      const { number, reference, cycles } = lane.log.latest() ?? most
      if (cycles > most.cycles) most = { number, reference, cycles }
    }
    expect(lane.log.attemptsAt(most.reference)).toEqual([])
    expect(lane.samples.slowerThan(-1)?.logged).toMatchObject(most)
    expect(lane.samples.slowerThan(most.cycles)).toBeNull()
    lane.restart()
    expect(lane.samples.slowerThan(-1)).toBeNull()
  })

  it('is found however seldom the lanes are looked at, and is none of the warm-up', async () => {
    for (const warmup of [0, 500]) {
      const found: (number | undefined)[] = []
      for (const steps of [1, 35]) {
        const session = await aSession({ warmup })
        for (let i = 0; i < steps; i++) await session.step(3500 / steps)
        const [slowest] = await session.walks({ which: 'slowest' })
        const { cycles } = await session.histogram(0)
        expect(isIn(cycles[cycles.length - 1], slowest)).toBe(true)
        expect(slowest?.reference).toBeGreaterThan(warmup)
        found.push(slowest?.cycles)
      }
      expect(found[1]).toBe(found[0])
    }
  })
})

describe('a session', () => {
  it('shows a walk of a bar beside what the other lane did there', async () => {
    const session = await aSession({})
    await session.run()
    for (const lane of [0, 1]) {
      const { cycles } = await session.histogram(lane)
      const records = await session.walks({ which: 'bucket', lane, bucket: cycles[0] })
      expect(isIn(cycles[0], records[lane])).toBe(true)
      const other = records[1 - lane]
      if (other) expect(other.reference).toBe(records[lane]?.reference)
    }
  })

  it('has no fault to show where memory was populated', async () => {
    const session = await aSession({})
    await session.run()
    expect(await session.walks({ which: 'fault', attempt: 1 })).toEqual([null, null])
  })

  it('walks an address in every lane, from cold or as caches are, and refuses what is none', async () => {
    const session = await aSession({})
    await session.step(500)
    const [latest] = await session.walks({ which: 'latest' })
    const address = latest?.address ?? ''
    const [cold] = await session.walks({ which: 'address', address, cold: true })
    const [warm, other] = await session.walks({ which: 'address', address })
    expect([cold?.references, warm?.address, other?.address]).toEqual([24, address, address])
    expect(warm?.references).toBeLessThan(24)
    await expect(session.walks({ which: 'address' })).rejects.toThrow('is no virtual address')
    await expect(session.walks({ which: 'address', address: '0x3ffffffffffffff' })).rejects.toThrow('57 bits')
  })
})
