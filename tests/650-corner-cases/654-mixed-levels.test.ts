/** Guests and hosts whose tables have unlike numbers of levels: a walk of l levels over c is l (c + 1) + c. */
import { describe, expect, it } from 'vitest'
import { mustHold } from '@main/lab/invariants'
import { STORE } from '@shared/model/access'
import { aDrivenLane, type AreaInput, type DrivenLane } from '../builders/a-machine'
import { count } from '../builders/coop-state'
import { NO_WALK_CACHES } from '../builders/no-walk-caches'
import { checkTranslations } from '../builders/stack-laws'

/** Above 47 bits where five levels map it. */
const areaOf = (levels: number): AreaInput => ({
  start: levels === 5 ? 2 ** 43 + 0x4500 : 0x7f1234500,
  pages: 32_768,
  name: 'main'
})

const PAGES = (levels: number): number[] => [3, 5000, 5001, 30_000].map((n) => areaOf(levels).start + n)

function lane(levels: number, hostLevels: number, input: Record<string, unknown>): DrivenLane {
  const driven = aDrivenLane({ levels, hostLevels, ...NO_WALK_CACHES, ...input }, [areaOf(levels)])
  for (const page of PAGES(levels)) driven.touch({ page, kind: STORE })
  return driven
}

function referencesOf(driven: DrivenLane, page: number): number {
  const { machine } = driven
  machine.tlb.flushAll()
  driven.touch({ page })
  machine.tlb.flushAll()
  machine.ledger.restart()
  driven.touch({ page })
  return count(machine, 'walkReferences')
}

describe.each([
  [5, 4],
  [4, 5]
])('G33 a guest of %i levels on a host of %i', (levels, hostLevels) => {
  it.each([
    ['virtualized', 'radix', 'pure', levels * (hostLevels + 1) + hostLevels],
    ['virtualized', 'shadow', 'pure', levels],
    ['virtualized', 'dmt', 'pure', 3],
    ['virtualized', 'pvdmt', 'pure', 2],
    ['nested', 'radix', 'shadow-ept', levels * (hostLevels + 1) + hostLevels],
    ['nested', 'radix-3d', 'pure', levels * (hostLevels + 1) ** 2 + (hostLevels + 1) ** 2 - 1],
    ['nested', 'shadow', 'pure', levels],
    ['nested', 'dmt', 'pure', 7],
    ['nested', 'pvdmt', 'shadow-ept', 3]
  ])('%s %s, %s: %i references', (environment, design, fallback, references) => {
    const driven = lane(levels, hostLevels, { environment, lanes: [design], nested: { fallback } })
    expect(referencesOf(driven, PAGES(levels)[1])).toBe(references)
    expect(driven.lane.firstError).toBeNull()
    checkTranslations(driven.machine, PAGES(levels))
    mustHold(driven.machine)
  })

  it('is 29 references either way in two dimensions', () => {
    const driven = lane(levels, hostLevels, { environment: 'virtualized', lanes: ['radix'] })
    expect(referencesOf(driven, PAGES(levels)[2])).toBe(29)
  })

  it('keeps walk caches of as many levels as each table has', () => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['radix'], levels, hostLevels }, [
      areaOf(levels)
    ])
    for (const page of PAGES(levels)) driven.touch({ page, kind: STORE })
    const { walkCaches } = driven.machine
    const highest = walkCaches.pwc.map((cache) => Math.max(...cache.entries().map(({ level }) => level)))
    expect(highest).toEqual([hostLevels, levels])
    expect(driven.lane.firstError).toBeNull()
  })
})
