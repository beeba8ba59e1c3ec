/** Lanes that come and go: how many, with which designs, and from when on. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ENVIRONMENTS } from '@shared/model/environment'
import { MOST_LANES } from '@renderer/lanes/letters'
import { nextDesign } from '@renderer/lanes/next-design'
import { useLanesStore } from '@renderer/stores/lanes'
import { useWalkStore } from '@renderer/stores/walk'
import type { Draft } from '@renderer/stores/setup'
import { CATALOGUE } from '../builders/fake-catalogue'
import { aWindow } from './window-stores'

const aWindowOfLanes = async () => {
  const stores = await aWindow()
  return { ...stores, lanes: useLanesStore() }
}

describe('the design of a new lane', () => {
  it('is offered in the environment, has the page sizes, and is in no other lane', async () => {
    const { setup } = await aWindow()
    const drafts = fc.record({
      environment: fc.constantFrom(...ENVIRONMENTS),
      pageSize: fc.constantFrom('4K' as const, '1G' as const),
      lanes: fc.subarray(['radix', 'dmt', 'ideal'], { minLength: 1 })
    })
    fc.assert(
      fc.property(drafts, (changes) => {
        const id = nextDesign(CATALOGUE.designs, { ...(setup.draft as Draft), ...changes })
        const info = CATALOGUE.designs.find((design) => design.id === id)
        if (id === 'radix' && changes.lanes.includes('radix')) return
        expect(info?.environments).toContain(changes.environment)
        expect(info?.lacks?.pageSizes ?? []).not.toContain(changes.pageSize)
        expect(changes.lanes).not.toContain(id)
      })
    )
  })

  it('shows the headroom third', async () => {
    const { lanes, setup } = await aWindowOfLanes()
    await lanes.add()
    expect(setup.draft?.lanes).toEqual(['radix', 'pvdmt', 'ideal'])
  })
})

describe('lanes store', () => {
  it('adds up to four and then says why no more', async () => {
    const { lanes } = await aWindowOfLanes()
    for (let i = 0; i < 4; i++) await lanes.add()
    expect(lanes.drafted).toHaveLength(MOST_LANES)
    expect(new Set(lanes.drafted).size).toBe(MOST_LANES)
    expect(lanes.addBlocked).toContain('four')
  })

  it('keeps the baseline, whatever else is removed', async () => {
    const { lanes } = await aWindowOfLanes()
    await lanes.add()
    await lanes.remove(0)
    expect(lanes.drafted).toHaveLength(3)
    await lanes.remove(1)
    expect(lanes.drafted).toEqual(['radix', 'ideal'])
    await lanes.remove(1)
    expect(lanes.drafted).toEqual(['radix'])
  })

  it('counts the lanes of the set-up before a run, those of the run until the Reset', async () => {
    const { lanes, session, pending } = await aWindowOfLanes()
    await lanes.add()
    expect([lanes.shown, lanes.placed]).toEqual([3, 3])
    await session.prepare()
    await lanes.add()
    expect([lanes.shown, lanes.placed]).toEqual([3, 4])
    expect(pending.titles).toEqual(['lanes'])
    await session.reset()
    expect([lanes.shown, lanes.placed]).toEqual([4, 4])
    await lanes.remove(3)
    await lanes.remove(2)
    expect([lanes.shown, lanes.placed]).toEqual([4, 4])
    await session.reset()
    expect([lanes.shown, lanes.placed]).toEqual([2, 2])
    expect(pending.titles).toEqual([])
  })

  it('compares with a lane that is there', async () => {
    const { lanes, session } = await aWindowOfLanes()
    await lanes.add()
    lanes.compare(2)
    expect(lanes.against).toBe(2)
    await lanes.remove(2)
    await session.prepare()
    expect(lanes.against).toBe(1)
    await lanes.add()
    await session.reset()
    expect(lanes.against).toBe(2)
    lanes.compareNext()
    expect(lanes.against).toBe(1)
    lanes.compare(0)
    expect(lanes.against).toBe(1)
  })

  it('shows walks of the lane that it compares with', async () => {
    const { lanes, session } = await aWindowOfLanes()
    const walk = useWalkStore()
    await lanes.add()
    await session.prepare()
    expect(walk.shown).toEqual([0, 1])
    lanes.compareNext()
    expect(walk.shown).toEqual([0, 2])
    expect(walk.letters).toEqual(['A', 'C'])
  })
})
