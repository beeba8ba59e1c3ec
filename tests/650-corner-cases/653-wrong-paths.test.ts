/** Loads of a wrong path: they walk, and nobody is told what they find. */
import { describe, expect, it } from 'vitest'
import { mustHold } from '@main/lab/invariants'
import { WrongPath } from '@main/lab/wrong-path'
import { page as pageNumber } from '@shared/address/address'
import { COUNTERS } from '@shared/stats/counters'
import { aLane, checkResultLaws, runLane, smallSpec } from '../builders/a-lane'
import { MAIN, aDrivenLane, type DrivenLane } from '../builders/a-machine'
import { count } from '../builders/coop-state'

const DESIGNS = [
  ['native', 'radix'],
  ['native', 'dmt'],
  ['virtualized', 'radix'],
  ['virtualized', 'shadow'],
  ['virtualized', 'ecpt'],
  ['virtualized', 'pvdmt'],
  ['nested', 'radix'],
  ['nested', 'pvdmt']
] as const

const WRONG_PATH = ['wrongPathWalks', 'wrongPathReferences', 'wrongPathFaults'] as const

const otherCounters = ({ machine }: DrivenLane): number[] =>
  COUNTERS.filter(({ id }) => !WRONG_PATH.some((one) => one === id)).map(({ id }) => count(machine, id))

describe.each(DESIGNS)('G36 a load of a wrong path, %s %s', (environment, design) => {
  const load = (driven: DrivenLane, page: number): void =>
    new WrongPath(driven.machine).load(pageNumber(page))

  it.each([
    ['in its area, of another leaf table', MAIN.start + 20_000],
    ['of no area', MAIN.start + 2 ** 24]
  ])('that finds no translation (%s) raises nothing and maps nothing', (_, target) => {
    const driven = aDrivenLane({ environment, lanes: [design] })
    const { machine, lane } = driven
    driven.touch({ page: MAIN.start })
    const before = otherCounters(driven)
    const free = machine.stack.layers.map(({ frames }) => frames.freeFrames)
    load(driven, target)
    expect([count(machine, 'wrongPathWalks'), count(machine, 'wrongPathFaults')]).toEqual([1, 1])
    expect(count(machine, 'wrongPathReferences')).toBeGreaterThan(0)
    expect(otherCounters(driven)).toEqual(before)
    expect(machine.stack.layers.map(({ frames }) => frames.freeFrames)).toEqual(free)
    expect(machine.stack.inner.space.vmas.list()).toHaveLength(1)
    expect(lane.firstError).toBeNull()
    mustHold(machine)
  })

  it('that finds one brings it into the TLB, so that the stream misses once less', () => {
    const driven = aDrivenLane({ environment, lanes: [design] })
    const { machine, lane } = driven
    driven.touch({ page: MAIN.start + 7 })
    machine.tlb.flushAll()
    const before = otherCounters(driven)
    load(driven, MAIN.start + 7)
    load(driven, MAIN.start + 7)
    expect([count(machine, 'wrongPathWalks'), count(machine, 'wrongPathFaults')]).toEqual([1, 0])
    expect(otherCounters(driven)).toEqual(before)
    const walks = count(machine, 'walks')
    driven.touch({ page: MAIN.start + 7 })
    expect([count(machine, 'walks'), lane.firstError]).toEqual([walks, null])
    mustHold(machine)
  })
})

describe('G36 a run with loads of wrong paths', () => {
  it('is the same however it is cut into slices', async () => {
    const spec = smallSpec({ lanes: ['pvdmt'], cpu: { wrongPathEvery: 5 } })
    const [one, other] = [await runLane(aLane(spec)), await runLane(aLane(spec), [77, 1, 500])]
    expect(other.digest).toBe(one.digest)
  })

  it.each(['radix', 'pvdmt'])('%s: keeps its laws and its hash, and counts them apart', async (design) => {
    const results = []
    const hashes: number[][] = []
    for (const wrongPathEvery of [0, 7]) {
      const engine = { checkEvery: 500 }
      const lane = aLane(smallSpec({ lanes: [design], cpu: { wrongPathEvery }, engine }), design)
      results.push(await runLane(lane, [1000, 13]))
      const { hashA, hashB } = lane.session.run(0, 0, 0)
      hashes.push([hashA, hashB])
    }
    const [without, withThem] = results
    checkResultLaws(withThem)
    expect(WRONG_PATH.map((id) => without.counters[id])).toEqual([0, 0, 0])
    expect(withThem.counters.wrongPathWalks).toBeGreaterThan(100)
    expect(withThem.counters.wrongPathFaults).toBeGreaterThan(50)
    expect(withThem.counters.pageFaults).toBe(without.counters.pageFaults)
    expect(hashes[1]).toEqual(hashes[0])
  })
})
