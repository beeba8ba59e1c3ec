/** What the switches do to the walks of a lane: references per walk, coverage, page sizes and permissions. */
import { describe, expect, it } from 'vitest'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import { COUNTER_INDEX, type CounterId } from '@shared/stats/counters'
import { MAIN, aDrivenLane, type DrivenLane } from '../builders/a-machine'
import { clearLeafBits, leafBits } from '../builders/leaf-bits'

const count = ({ machine }: DrivenLane, id: CounterId): number => machine.ledger.counters[COUNTER_INDEX[id]]

/** Walk caches absent: every walk makes all of its references. */
const NO_WALK_CACHES = {
  pwc: Object.fromEntries(
    ['guest', 'host'].map((side) => [
      side,
      Object.fromEntries([2, 3, 4, 5].map((level) => [`level${level}`, { entries: 0, ways: 1 }]))
    ])
  ),
  ntlb: { entries: 0, ways: 1 }
}

/** References of one walk more: a page never asked for before, mapped beforehand. */
let next = MAIN.start + 1000
function referencesOfAWalk(driven: DrivenLane): number {
  const page = (next += 17)
  driven.machine.stack.populate(page, true)
  driven.machine.ledger.restart()
  driven.touch({ page })
  if (count(driven, 'walks') !== 1) throw new Error('the page was not walked')
  return count(driven, 'walkReferences')
}

/** The same after whatever on-demand table it needs has been filled. */
function settled(driven: DrivenLane): number {
  referencesOfAWalk(driven)
  return referencesOfAWalk(driven)
}

describe('references per walk under the switches', () => {
  it.each([
    ['virtualized', 'pure', 24, 3, 2],
    ['nested', 'shadow-ept', 24, 7, 3],
    ['nested', 'pure', 124, 7, 3]
  ])('%s, %s fallback: radix %i, dmt %i, pvdmt %i', (environment, fallback, radix, dmt, pvdmt) => {
    const driven = aDrivenLane({ environment, lanes: ['pvdmt'], nested: { fallback }, ...NO_WALK_CACHES })
    const { machine } = driven
    const seen = [settled(driven)]
    machine.setDmt(false)
    seen.push(settled(driven))
    machine.setCooperation(false)
    seen.push(settled(driven))
    machine.setDmt(true)
    seen.push(settled(driven))
    machine.setCooperation(true)
    seen.push(settled(driven))
    machine.setDmt(false)
    seen.push(settled(driven))
    expect(seen).toEqual([pvdmt, radix, radix, dmt, pvdmt, radix])
    expect(driven.lane.firstError).toBeNull()
  })

  it('a radix lane switched on becomes pvdmt, or dmt where cooperation is off', () => {
    const cooperating = aDrivenLane({ environment: 'virtualized', lanes: ['radix'], ...NO_WALK_CACHES })
    expect(settled(cooperating)).toBe(24)
    cooperating.machine.setDmt(true)
    expect([cooperating.machine.design.info.id, settled(cooperating)]).toEqual(['pvdmt', 2])

    const alone = aDrivenLane({ environment: 'virtualized', lanes: ['radix'], ...NO_WALK_CACHES })
    alone.machine.setCooperation(false)
    alone.machine.setDmt(true)
    expect([alone.machine.design.info.id, settled(alone)]).toEqual(['dmt', 3])
  })

  it('walks made before a radix lane was switched on count as walked by radix', () => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['radix'] })
    for (let i = 0; i < 40; i++) driven.touch({ page: MAIN.start + 37 * i })
    driven.machine.setDmt(true)
    for (let i = 0; i < 40; i++) driven.touch({ page: MAIN.start + 37 * i + 5000 })
    expect(count(driven, 'dmtWalks') + count(driven, 'fallbackWalks')).toBe(count(driven, 'walks'))
    expect(count(driven, 'dmtWalks')).toBeGreaterThan(0)
  })

  it('a layer that coverage keeps to radix makes no DMT walk, and no area when DMT is switched', () => {
    const driven = aDrivenLane({
      environment: 'virtualized',
      lanes: ['pvdmt'],
      coverage: { L0: 'R', L1: 'P' }
    })
    driven.touch({ page: MAIN.start })
    driven.machine.setDmt(true)
    driven.machine.setCooperation(false)
    driven.machine.setCooperation(true)
    driven.touch({ page: MAIN.start + 900 })
    expect([count(driven, 'dmtWalks'), count(driven, 'fallbackWalks')]).toEqual([0, 2])
    expect(driven.machine.stack.layers[0].space.teas.teas).toEqual([])
  })
})

describe('how table pages are mapped', () => {
  it('does not splinter the TLB entries of the pages they map', () => {
    const driven = aDrivenLane({
      environment: 'virtualized',
      lanes: ['pvdmt'],
      pageSize: '2M',
      hostPageSize: '2M',
      tea: { minVmaMiB: 0 }
    })
    driven.touch({ page: MAIN.start + 4096, kind: STORE })
    driven.machine.setDmt(false)
    driven.machine.tlb.flushAll()
    driven.touch({ page: MAIN.start + 4096 })
    expect(driven.machine.tlb.entries().shared.map((e) => e.pageShift)).toEqual([9])
  })

  it('does not take execution from pages whose tables lie in a window', () => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['pvdmt'], tea: { minVmaMiB: 0 } }, [
      { ...MAIN, executable: true }
    ])
    driven.touch({ page: MAIN.start, kind: FETCH })
    driven.machine.setDmt(false)
    driven.machine.tlb.flushAll()
    const twin = aDrivenLane({ environment: 'virtualized', lanes: ['radix'] }, [
      { ...MAIN, executable: true }
    ])
    twin.touch({ page: MAIN.start, kind: FETCH })
    for (const lane of [driven, twin]) lane.touch({ page: MAIN.start, kind: FETCH })
    expect([driven.lane.hashA, driven.lane.hashB]).toEqual([twin.lane.hashA, twin.lane.hashB])
  })
})

describe('permissions widened by an access', () => {
  it('hold for the whole area, whatever the page sizes are', () => {
    const lanes = ['4K', '2M'].map((pageSize) =>
      aDrivenLane({ environment: 'virtualized', lanes: ['radix'], pageSize, hostPageSize: pageSize }, [
        { ...MAIN, writable: false }
      ])
    )
    for (const driven of lanes) {
      for (const page of [MAIN.start + 4096, MAIN.start + 4097]) driven.touch({ page })
      driven.touch({ page: MAIN.start + 4096, kind: STORE })
      driven.touch({ page: MAIN.start + 4097 })
      expect(count(driven, 'mapMismatches')).toBe(1)
      expect(driven.lane.firstError).toBeNull()
    }
    expect(lanes[0].lane.hashB).toBe(lanes[1].lane.hashB)
  })
})

describe('accessed and dirty bits', () => {
  it.each([
    ['native', 'radix', 1],
    ['native', 'dmt', 1],
    ['virtualized', 'radix', 2],
    ['virtualized', 'dmt', 2],
    ['virtualized', 'pvdmt', 2],
    ['virtualized', 'ideal', 2],
    ['nested', 'radix-3d', 3],
    ['nested', 'dmt', 3],
    ['nested', 'pvdmt', 3]
  ])(
    '%s %s: a load sets A and a store D in every leaf; looking sets nothing',
    (environment, design, depth) => {
      const driven = aDrivenLane({ environment, lanes: [design] })
      const { machine } = driven
      const page = MAIN.start + 77
      driven.touch({ page })
      clearLeafBits(machine, page)
      machine.tlb.flushAll()
      const all = (text: string): string[] => new Array<string>(depth).fill(text)
      const walk = machine.assistWalk
      walk.begin()
      machine.coldStage(walk).translate(Math.floor(page / 2 ** 27), page % 2 ** 27, STORE)
      expect(leafBits(machine, page)).toEqual(all('--'))
      driven.touch({ page, kind: LOAD })
      expect(leafBits(machine, page)).toEqual(all('A-'))
      const walks = count(driven, 'walks')
      driven.touch({ page, kind: STORE })
      expect(leafBits(machine, page)).toEqual(all('AD'))
      expect(count(driven, 'walks')).toBe(walks)
      const [entry] = machine.tlb.entries().data
      expect(entry.meta & 4).toBe(4)
    }
  )
})

describe('a violation of the shadow EPT', () => {
  it('is one exit, and one more when L0 must ask L1; what L0 lacks it makes in the same exit', () => {
    const driven = aDrivenLane({ environment: 'nested', lanes: ['radix'] })
    const { machine } = driven
    driven.touch({ page: MAIN.start })
    const exitsOf = (page: number): number[] => {
      machine.ledger.restart()
      machine.stack.shadow?.serve(page, LOAD)
      return [
        count(driven, 'vmExits'),
        count(driven, 'eptViolations'),
        count(driven, 'nestedEptViolations'),
        count(driven, 'shadowFills')
      ]
    }
    expect(exitsOf(400)).toEqual([2, 1, 1, 1])
    machine.stack.shadow?.drop(1, 400, 1)
    expect(exitsOf(400)).toEqual([1, 1, 0, 1])
    machine.stack.layers[1].space.ensure(410, LOAD)
    expect(exitsOf(410)).toEqual([1, 1, 0, 1])
  })
})
