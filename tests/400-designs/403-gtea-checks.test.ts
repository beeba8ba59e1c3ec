/** What the gTEA check adds to a walk: nothing, one reference for each gTEA, or one only for entries not cached (A.11). */
import { describe, expect, it } from 'vitest'
import { GteaCache } from '@main/hardware/registers/gtea-cache'
import { walkRecord } from '@main/lab/walk-records'
import { PAGES, aCooperatingLane, count } from '../builders/coop-state'
import { NO_WALK_CACHES } from '../builders/no-walk-caches'
import type { DrivenLane } from '../builders/a-machine'
import { checkTranslations } from '../builders/stack-laws'

function referencesOf(driven: DrivenLane, page: number): number[] {
  const { machine } = driven
  machine.tlb.flushAll()
  machine.ledger.restart()
  driven.touch({ page })
  return [count(machine, 'walkReferences'), count(machine, 'walkCriticalReferences')]
}

describe('references of a walk', () => {
  it.each([
    ['virtualized', 'on-load', 2, 2],
    ['virtualized', 'on-walk-memory', 3, 3],
    ['virtualized', 'on-walk-cached', 2, 3],
    ['nested', 'on-load', 3, 3],
    ['nested', 'on-walk-memory', 5, 5],
    ['nested', 'on-walk-cached', 3, 5]
  ] as const)('%s, checked %s: %i, from cold %i', (environment, check, warm, cold) => {
    const driven = aCooperatingLane(environment, { gtea: { check }, ...NO_WALK_CACHES })
    const { machine } = driven
    driven.touch({ page: PAGES[9] })
    expect(referencesOf(driven, PAGES[10])).toEqual([warm, warm])
    expect(driven.lane.firstError).toBeNull()
    const walk = machine.walk
    machine.coldStage(walk).translate(0, 0, 0)
    checkTranslations(machine, PAGES)
    machine.walkCaches.gtea?.forgetGtea(0)
    machine.walkCaches.gtea?.forgetGtea(1)
    machine.walkCaches.gtea?.forgetGtea(2)
    expect(referencesOf(driven, PAGES[10])).toEqual([cold, cold])
  })

  it('reads the entries where L0 keeps them, which no layer maps', () => {
    const driven = aCooperatingLane('nested', { gtea: { check: 'on-walk-memory' }, ...NO_WALK_CACHES })
    const { machine } = driven
    const { stack } = machine
    referencesOf(driven, PAGES[10])
    const latest = driven.lane.log.latest()
    if (latest === null) throw new Error('no walk')
    const { steps } = walkRecord(latest, machine.walk, stack)
    const reads = steps.filter((step) => step.level === 0)
    const address = (id: number): string =>
      '0x' + (stack.gteas.frameOf(id) * 4096 + stack.gteas.wordOf(id) * 8).toString(16)
    const ids = [2, 1].map((k) => stack.layers[k].space.teas.teas[0].grant?.id ?? -1)
    expect(reads.map((step) => step.address)).toEqual(ids.map(address))
    expect(stack.gteas.firstFrame).toBeGreaterThanOrEqual(stack.layers[0].frames.frames)
  })

  it('takes a change of an entry at once, whatever is cached', () => {
    const driven = aCooperatingLane('virtualized', { gtea: { check: 'on-walk-cached' }, ...NO_WALK_CACHES })
    const { stack } = driven.machine
    const [holding] = stack.host.holdings
    stack.host.move(holding)
    expect(referencesOf(driven, PAGES[10])).toEqual([3, 3])
    expect(referencesOf(driven, PAGES[10])).toEqual([2, 2])
    checkTranslations(driven.machine, PAGES)
  })
})

describe('the cache of entries', () => {
  it('holds the most recent ones', () => {
    const cache = new GteaCache(2)
    for (const id of [1, 2]) cache.fill(id)
    expect([cache.lookup(1), cache.lookup(3)]).toEqual([true, false])
    cache.fill(3)
    expect([1, 2, 3].map((id) => cache.lookup(id))).toEqual([true, false, true])
    cache.forgetGtea(1)
    expect(cache.lookup(1)).toBe(false)
  })
})
