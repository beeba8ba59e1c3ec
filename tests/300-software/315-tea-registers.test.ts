/** Which TEAs the registers name: the first ones, or those that walks ask for; deposits of huge pages (G10, G16). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageHigh, pageLow } from '@shared/address/address'
import { LOAD } from '@shared/model/access'
import { Walk } from '@main/hardware/walker/walk'
import { SLOT_DEPOSITED, slotFrame, slotOf } from '@main/software/tea/tea'
import { MOST_TEAS } from '@main/software/tea/tea-set'
import type { AreaInput } from '../builders/a-machine'
import { REGION, TeaScene } from '../builders/tea-scene'

const START = 0x7f1200000
/** Areas of one table page each, too far apart to merge. */
const scattered = (count: number): AreaInput[] =>
  Array.from({ length: count }, (_, i) => ({
    start: START + i * 4 * REGION,
    pages: REGION,
    name: `area ${i}`
  }))
const pageOf = (area: number): number => START + area * 4 * REGION

function walkOf(scene: TeaScene, p: number): { frame: number; references: number } {
  const walk = new Walk()
  walk.begin()
  const frame = scene.machine.coldStage(walk).translate(pageHigh(p), pageLow(p), LOAD)
  return { frame, references: walk.references }
}

const sceneOf = (count: number, policy: 'first' | 'ranked', registers = 16): TeaScene =>
  new TeaScene({ tea: { minVmaMiB: 1 }, dmt: { registers, policy } }, scattered(count))

const named = (scene: TeaScene): number[] =>
  scene.teas.teas.filter((tea) => tea.register >= 0).map((tea) => (tea.start - START) / (4 * REGION))

describe('more eligible areas than registers', () => {
  it('G10 the 17th keeps ordinary tables, and is told why', () => {
    const scene = sceneOf(20, 'first')
    for (let i = 0; i < 20; i++) scene.touch(pageOf(i))
    expect([scene.teas.teas.length, named(scene).length]).toEqual([16, 16])
    expect([scene.count('tablesOutside'), scene.count('teaFallbacks')]).toEqual([4, 4])
    const why = scene.machine.ledger.events().filter((e) => e.kind === 'tea-fallback')
    expect(why.every((e) => e.text.includes('no register is free'))).toBe(true)
    expect([walkOf(scene, pageOf(15)).references, walkOf(scene, pageOf(16)).references]).toEqual([1, 4])
    scene.check()
  })

  it('G10 a register that an area gives up goes to the next area that asks', () => {
    const scene = sceneOf(3, 'first', 2)
    for (let i = 0; i < 3; i++) scene.touch(pageOf(i))
    expect(named(scene)).toEqual([0, 1])
    scene.remove(scene.area('area 0'))
    scene.unlink(pageOf(2))
    scene.touch(pageOf(2))
    expect([named(scene).sort(), scene.count('teasFreed')]).toEqual([[1, 2], 1])
    scene.check()
  })

  it('G10 ranked, all have TEAs, and registers follow the walks: results stay, references change', () => {
    const scene = sceneOf(20, 'ranked')
    for (let i = 0; i < 20; i++) scene.touch(pageOf(i))
    expect([scene.teas.teas.length, scene.count('tablesOutside')]).toEqual([20, 0])
    const walks = (): { frame: number; references: number }[] =>
      Array.from({ length: 20 }, (_, i) => walkOf(scene, pageOf(i)))
    const before = walks()
    for (let i = 10; i < 20; i++) for (let n = 0; n < i; n++) scene.teas.noteWalk(pageOf(i))
    expect(scene.teas.rank()).toBe(4)
    const after = walks()
    expect(after.map((w) => w.frame)).toEqual(before.map((w) => w.frame))
    expect(before.map((w) => w.references)).toEqual(Array.from({ length: 20 }, (_, i) => (i < 16 ? 1 : 4)))
    for (let i = 10; i < 20; i++) expect(after[i].references).toBe(1)
    expect(after.filter((w) => w.references === 1)).toHaveLength(16)
    scene.check()
  })

  it('forgets what walks asked for long ago', () => {
    const scene = sceneOf(2, 'ranked', 1)
    scene.touch(pageOf(0))
    scene.touch(pageOf(1))
    for (let n = 0; n < 100; n++) scene.teas.noteWalk(pageOf(0))
    scene.teas.rank()
    expect(named(scene)).toEqual([0])
    for (let n = 0; n < 40; n++) scene.teas.noteWalk(pageOf(1))
    // 50 against 40, then 25 + 0 against 20 + 40.
    expect([scene.teas.rank(), named(scene)]).toEqual([0, [0]])
    for (let n = 0; n < 40; n++) scene.teas.noteWalk(pageOf(1))
    expect([scene.teas.rank(), named(scene)]).toEqual([1, [1]])
    scene.check()
  })

  it('changes nothing where nothing was asked, nor without ranking', () => {
    const ranked = sceneOf(20, 'ranked')
    const first = sceneOf(20, 'first')
    for (const scene of [ranked, first]) for (let i = 0; i < 20; i++) scene.touch(pageOf(i))
    const before = [named(ranked), named(first)]
    for (let n = 0; n < 9; n++) first.teas.noteWalk(pageOf(19))
    expect([ranked.teas.rank(), first.teas.rank()]).toEqual([0, 0])
    expect([named(ranked), named(first)]).toEqual(before)
  })

  it('gives the registers to those with most walks, whatever the walks are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(30), { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        (walks, n) => {
          const scene = sceneOf(6, 'ranked', n)
          for (let i = 0; i < 6; i++) scene.touch(pageOf(i))
          walks.forEach((count, i) => {
            for (let k = 0; k < count; k++) scene.teas.noteWalk(pageOf(i) + k)
          })
          scene.teas.rank()
          const winners = named(scene)
          const least = Math.min(...winners.map((i) => walks[i]))
          const losers = walks.filter((_, i) => !winners.includes(i))
          expect(winners).toHaveLength(n)
          expect(Math.max(...losers)).toBeLessThanOrEqual(least)
          scene.check()
        }
      ),
      { numRuns: 12 }
    )
  })

  it(`stops at ${MOST_TEAS} TEAs`, () => {
    const scene = sceneOf(MOST_TEAS + 2, 'ranked')
    for (let i = 0; i < MOST_TEAS + 2; i++) scene.touch(pageOf(i))
    expect([scene.teas.teas.length, scene.count('tablesOutside')]).toEqual([MOST_TEAS, 2])
    const refused = scene.machine.ledger.events().filter((e) => e.kind === 'tea-fallback')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.every((e) => e.text.includes('no slot is free'))).toBe(true)
  })
})

describe('deposits of huge pages', () => {
  const SLOTS = 40
  const area = { start: START, pages: SLOTS * REGION, name: 'main' }

  it('make the TEA but take no register, so that a walk makes one fetch', () => {
    const scene = new TeaScene({ pageSize: 'thp' }, [area])
    scene.touch(START)
    expect(scene.space.table.leafLevelOf(START)).toBe(2)
    const tea = scene.teas.covering(1, START)
    expect([tea?.slots, tea?.register, tea?.slotsUsed, tea?.deposits]).toEqual([SLOTS, -1, 0, 1])
    expect(scene.teas.covering(2, START)?.register).toBe(0)
    expect(walkOf(scene, START).references).toBe(1)
    scene.check()
  })

  it('G16 a split takes exactly the slot of its region, in whatever order deposits were made', () => {
    const order = fc.shuffledSubarray(
      Array.from({ length: SLOTS }, (_, i) => i),
      { minLength: 1 }
    )
    fc.assert(
      fc.property(order, fc.array(fc.nat(SLOTS - 1), { maxLength: 20 }), (deposits, splits) => {
        const scene = new TeaScene({ pageSize: 'thp' }, [area])
        const kept = new Map(deposits.map((i) => [i, scene.teas.deposit(START + i * REGION)]))
        expect(new Set(kept.values()).size).toBe(deposits.length)
        for (const i of new Set(splits)) {
          if (!kept.has(i)) continue
          expect(scene.teas.withdraw(START + i * REGION)).toBe(kept.get(i))
          expect(scene.teas.returnSlot(1, START + i * REGION, kept.get(i) ?? -1)).toBe(true)
          kept.delete(i)
        }
        expect(scene.teas.covering(1, START)?.deposits).toBe(kept.size)
        scene.check()
      }),
      { numRuns: 15 }
    )
  })

  it('are handed out for no other table, and are free again when their huge page is gone', () => {
    const scene = new TeaScene({ pageSize: 'thp' }, [area])
    scene.teas.deposit(START + REGION)
    const tea = scene.teas.covering(1, START)
    if (!tea) throw new Error('no TEA was made')
    expect(tea.states[slotOf(tea, START + REGION)]).toBe(SLOT_DEPOSITED)
    expect([scene.teas.deposit(START + REGION), scene.teas.slotFor(1, START + REGION)]).toEqual([-1, -1])
    expect(scene.count('tablesOutside')).toBe(1)
    scene.teas.dropDeposit(START + REGION)
    expect(scene.teas.slotFor(1, START + REGION)).toBe(slotFrame(tea, START + REGION))
    scene.teas.returnSlot(1, START + REGION, slotFrame(tea, START + REGION))
    scene.check()
  })

  it('are no reason to keep a TEA whose memory area is gone', () => {
    const scene = new TeaScene({ pageSize: 'thp' }, [area])
    scene.teas.deposit(START)
    scene.remove(scene.area('main'))
    expect(scene.teas.teas).toEqual([])
    scene.check()
  })

  it('take no register from areas with tables: as many of those as before', () => {
    const scene = new TeaScene({ pageSize: 'thp', tea: { minVmaMiB: 1 }, dmt: { registers: 3 } }, [area])
    scene.touch(START)
    scene.teas.deposit(START)
    const other = scene.add({ start: START + 10 ** 6, pages: REGION - 1, name: 'small pages' })
    scene.touch(other.start)
    expect([scene.teas.covering(1, other.start)?.register, scene.count('tablesOutside')]).toEqual([2, 0])
    scene.check()
  })
})
