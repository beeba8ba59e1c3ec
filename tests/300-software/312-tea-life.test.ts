/** The life of TEAs, as corner cases: unmapping, growth, sharing of table pages, lack of contiguity, big areas (part G). */
import { describe, expect, it } from 'vitest'
import { slotFrame, slotOf, type Tea } from '@main/software/tea/tea'
import { LOAD } from '@shared/model/access'
import { Walk } from '@main/hardware/walker/walk'
import { pageHigh, pageLow, type Frame } from '@shared/address/address'
import type { AreaInput } from '../builders/a-machine'
import { REGION, TeaScene } from '../builders/tea-scene'

const START = 0x7f1234400

const areaAt = (region: number, slots: number, name = 'main'): AreaInput => ({
  start: START + region * REGION,
  pages: slots * REGION,
  name
})

/** A walk of the design, without faults served: the machine frame, or what stopped it. */
function walkOf(scene: TeaScene, p: number): { frame: number; walk: Walk } {
  const walk = new Walk()
  walk.begin()
  const frame = scene.machine.coldStage(walk).translate(pageHigh(p), pageLow(p), LOAD)
  return { frame, walk }
}

const spanOf = (tea: Tea | null): number[] => (tea ? [(tea.start - START) / REGION, tea.slots] : [])

describe('unmapping', () => {
  it('G1 a hole leaves one TEA for both parts; its slots are zero, and an access there faults', () => {
    const scene = new TeaScene({}, [areaAt(0, 64)])
    scene.touchAll(scene.area('main'))
    const [tea] = scene.teas.teas
    const { register } = tea
    scene.punch(START + 20 * REGION, START + 30 * REGION)
    expect([scene.teas.teas.length, tea.slots, tea.slotsUsed, tea.register]).toEqual([1, 64, 54, register])
    scene.check()
    const { frame, walk } = walkOf(scene, START + 25 * REGION)
    expect([frame < 0, walk.falseMatches, walk.fellBack]).toEqual([true, 1, true])
    expect(scene.touch(START + 30 * REGION)).toBe(tea)
    scene.remove(scene.area('main'))
    expect([scene.teas.teas.length, scene.count('teasFreed')]).toEqual([1, 0])
    scene.check()
  })

  it('G2 a boundary inside a table page clears its entries and keeps the slot in use', () => {
    const scene = new TeaScene({}, [areaAt(0, 64)])
    const main = scene.area('main')
    scene.touchAll(main)
    const boundary = START + 40 * REGION + 100
    scene.touch(boundary - 1)
    scene.touch(boundary)
    scene.resize(scene.area('main'), main.start, boundary)
    const [tea] = scene.teas.teas
    expect([tea.slotsUsed, walkOf(scene, boundary - 1).frame > 0, walkOf(scene, boundary).frame > 0]).toEqual(
      [41, true, false]
    )
    scene.check()
  })

  it('G3 when nothing is left the register is invalid before the first frame is free', () => {
    const scene = new TeaScene({}, [areaAt(0, 64)])
    scene.touchAll(scene.area('main'))
    const [{ base, register }] = scene.teas.teas
    const { frames } = scene.layer
    const invalidate = scene.teas.registers.invalidate.bind(scene.teas.registers)
    const seen: boolean[] = []
    scene.teas.registers.invalidate = (n) => {
      seen.push(n === register && frames.isFree(base))
      invalidate(n)
    }
    scene.remove(scene.area('main'))
    expect(seen).toEqual([false])
    expect([scene.teas.teas.length, frames.isFree(base), scene.count('teasFreed')]).toEqual([0, true, 1])
    expect(scene.teas.registers.valueOf(register)).toBeNull()
    scene.check()
  })

  it('a table page that comes back is served by its slot again', () => {
    const scene = new TeaScene({}, [areaAt(0, 32)])
    const tea = scene.touch(START + 3 * REGION)
    scene.unlink(START + 3 * REGION)
    expect([tea?.slotsUsed, tea?.register]).toEqual([0, -1])
    scene.check()
    scene.touch(START + 3 * REGION)
    expect([tea?.slotsUsed, tea?.register]).toEqual([1, 0])
    scene.check()
  })

  it('I2: a slot is zeroed when it comes back, whatever was left in it', () => {
    const scene = new TeaScene({}, [areaAt(0, 32)])
    const slot = scene.teas.slotFor(1, START)
    scene.layer.entries.write(slot as Frame, 5, 0x67, 0)
    expect(scene.teas.returnSlot(1, START, slot)).toBe(true)
    expect(scene.layer.entries.low(slot as Frame, 5)).toBe(0)
    expect(scene.teas.returnSlot(1, START, slot), 'twice').toBe(false)
  })

  it('gives the ends back when less than half is in use, and nothing when half is', () => {
    const scene = new TeaScene({}, [areaAt(0, 128)])
    const main = scene.area('main')
    scene.touchAll(main)
    const [tea] = scene.teas.teas
    scene.resize(scene.area('main'), START + 20 * REGION, START + 84 * REGION)
    expect([spanOf(tea), scene.count('teaTrims')]).toEqual([[0, 128], 0])
    scene.resize(scene.area('main'), START + 20 * REGION, START + 83 * REGION)
    expect([spanOf(tea), scene.count('teaTrims')]).toEqual([[20, 63], 1])
    scene.check()
    scene.checkTranslations([START + 20 * REGION, START + 82 * REGION])
  })

  it('keeps the ends where that is switched off, and where L0 granted the frames', () => {
    for (const input of [
      { tea: { trim: false } },
      { environment: 'virtualized', lanes: ['pvdmt'] }
    ] as const) {
      const scene = new TeaScene(input, [areaAt(0, 128)])
      const main = scene.area('main')
      scene.touchAll(main)
      scene.resize(scene.area('main'), START, START + 10 * REGION)
      expect([spanOf(scene.teas.teas[0]), scene.count('teaTrims')]).toEqual([[0, 128], 0])
      scene.check()
    }
  })
})

describe('growth', () => {
  it('G5 doubles in place where the next frames are free, and serves the page that asked from the new slot', () => {
    const scene = new TeaScene({}, [areaAt(0, 32)])
    const { frames } = scene.layer
    const main = scene.area('main')
    scene.teas.coverAll()
    const [tea] = scene.teas.teas
    const { base } = tea
    expect(frames.allocateAt(base + 32, 32)).toBe(true)
    scene.touchAll(main)
    frames.freeRange(base + 32, 32)
    scene.spare(8)
    scene.resize(scene.area('main'), START, START + 40 * REGION)
    expect(scene.touch(START + 35 * REGION)).toBe(tea)
    expect([spanOf(tea), tea.slotsUsed, tea.base]).toEqual([[0, 64], 33, base])
    expect([scene.count('teaExpansions'), scene.count('teaMigrations')]).toEqual([1, 0])
    expect(scene.space.table.tableOf(START + 35 * REGION, 1)).toBe(slotFrame(tea, START + 35 * REGION))
    scene.check()
    scene.checkTranslations([START, START + 35 * REGION])
  })

  it('G5 moves where they are not', () => {
    const scene = new TeaScene({}, [areaAt(0, 32)])
    const main = scene.area('main')
    scene.touchAll(main)
    const [tea] = scene.teas.teas
    const { base } = tea
    scene.hold(base + 32, 1)
    scene.resize(scene.area('main'), START, START + 40 * REGION)
    scene.touch(START + 39 * REGION)
    expect([spanOf(tea), tea.base === base, tea.register]).toEqual([[0, 64], false, 0])
    expect([scene.count('teaMigrations'), scene.count('entriesRepointed')]).toEqual([1, 32])
    scene.check()
    scene.checkTranslations([START, START + 31 * REGION, START + 39 * REGION])
  })

  it('G6 at its front, in place: the base moves down, slots keep their pages, and no table moves', () => {
    const scene = new TeaScene({}, [areaAt(0, 32)])
    const { frames } = scene.layer
    const below = frames.allocateRange(32, 1)
    scene.teas.coverAll()
    const [tea] = scene.teas.teas
    expect(tea.base).toBe(below + 32)
    scene.touchAll(scene.area('main'))
    frames.freeRange(below, 32)
    scene.spare(8)
    const linked = scene.space.table.tableOf(START + 5 * REGION, 1)
    scene.resize(scene.area('main'), START - 1, START + 32 * REGION)
    scene.touch(START - 1)
    expect([tea.base as number, spanOf(tea), scene.count('teaExpansions')]).toEqual([below, [-32, 64], 1])
    expect(scene.space.table.tableOf(START + 5 * REGION, 1)).toBe(linked)
    scene.check()
    scene.checkTranslations([START - 1, START + 5 * REGION])
  })

  it('G6 at its front, by a move: slots keep their pages', () => {
    const scene = new TeaScene({}, [areaAt(0, 64)])
    scene.touchAll(scene.area('main'))
    const [tea] = scene.teas.teas
    scene.resize(scene.area('main'), START - 7 * REGION, START + 64 * REGION)
    scene.touch(START - 3 * REGION)
    expect([spanOf(tea), slotOf(tea, START), scene.count('teaMigrations')]).toEqual([[-64, 128], 64, 1])
    scene.check()
    scene.checkTranslations([START - 3 * REGION, START + 5 * REGION])
  })

  it('never grows into the next area of the class', () => {
    const scene = new TeaScene({}, [areaAt(0, 32, 'low'), areaAt(40, 32, 'high')])
    scene.touchAll(scene.area('low'))
    scene.touchAll(scene.area('high'))
    scene.resize(scene.area('low'), START, START + 36 * REGION)
    expect(spanOf(scene.touch(START + 35 * REGION))).toEqual([0, 40])
    scene.check()
  })

  it('G5 asks L0 for a larger grant and gives the old one back', () => {
    for (const environment of ['virtualized', 'nested']) {
      const scene = new TeaScene({ environment, lanes: ['pvdmt'] }, [areaAt(0, 32)])
      scene.touchAll(scene.area('main'))
      const [tea] = scene.teas.teas
      const valid = (): number => scene.machine.stack.gteas.list().filter((e) => e.valid).length
      const [before, grants] = [tea.grant, valid()]
      scene.resize(scene.area('main'), START, START + 50 * REGION)
      scene.touch(START + 45 * REGION)
      expect([tea.slots, tea.grant === before, tea.grant?.frames, valid()]).toEqual([64, false, 64, grants])
      scene.check()
      scene.checkTranslations([START, START + 45 * REGION])
    }
  })

  it('does not happen where it is switched off: the page gets an ordinary table', () => {
    const scene = new TeaScene({ tea: { expand: false } }, [areaAt(0, 32)])
    scene.touchAll(scene.area('main'))
    scene.resize(scene.area('main'), START, START + 40 * REGION)
    expect(scene.touch(START + 35 * REGION)).toBeNull()
    expect([scene.count('tablesOutside'), scene.count('teaFallbacks')]).toEqual([1, 1])
    scene.check()
  })
})

describe('areas side by side', () => {
  it('G9 two that share a table page share its TEA, and later growth is of both', () => {
    const scene = new TeaScene({}, [
      { start: START, pages: 40 * REGION + 100, name: 'low' },
      { start: START + 40 * REGION + 100, pages: 40 * REGION, name: 'high' }
    ])
    scene.touchAll(scene.area('low'))
    scene.touchAll(scene.area('high'))
    expect(scene.teas.teas.map(spanOf)).toEqual([[0, 81]])
    expect(scene.count('teaMerges')).toBe(1)
    scene.check()
  })

  it('G9 where the shared TEA cannot grow, the second one begins behind the shared slot', () => {
    const scene = new TeaScene({ tea: { mergeOccupancy: 98 } }, [
      { start: START, pages: 40 * REGION + 100, name: 'low' },
      { start: START + 40 * REGION + 100, pages: 40 * REGION, name: 'high' }
    ])
    scene.touchAll(scene.area('low'))
    const held = scene.scatter(45)
    scene.touchAll(scene.area('high'))
    expect(scene.teas.teas.map(spanOf)).toEqual([
      [0, 41],
      [41, 40]
    ])
    scene.check()
    scene.gather(held)
  })

  it('G40 the area with the lowest index takes a third one in, whatever that blocks', () => {
    const areas = [areaAt(0, 100, 'one'), areaAt(204, 100, 'two'), areaAt(102, 100, 'three')]
    const inOrder = (...names: string[]): number[][] => {
      const scene = new TeaScene({}, areas)
      for (const name of names) scene.touchAll(scene.area(name))
      scene.check()
      return scene.teas.teas.map(spanOf)
    }
    expect(inOrder('one', 'two', 'three')).toEqual([
      [0, 202],
      [204, 100]
    ])
    expect(inOrder('two', 'one', 'three')).toEqual([
      [102, 202],
      [0, 100]
    ])
    expect(inOrder('one', 'three', 'two')).toEqual([[0, 304]])
  })

  it('an index that is free ends the search for one to merge with', () => {
    const scene = new TeaScene({}, [areaAt(1000, 32, 'first'), areaAt(0, 100, 'one'), areaAt(100, 50, 'two')])
    scene.touchAll(scene.area('first'))
    scene.touchAll(scene.area('one'))
    scene.remove(scene.area('first'))
    scene.touchAll(scene.area('two'))
    expect(scene.teas.teas.map((t) => [t.index, ...spanOf(t)])).toEqual([
      [0, 100, 50],
      [1, 0, 100]
    ])
    scene.check()
  })

  it('a neighbour that is not eligible gets ordinary tables, without a word', () => {
    const scene = new TeaScene({}, [areaAt(0, 32), areaAt(33, 31, 'short')])
    scene.touchAll(scene.area('main'))
    expect(scene.touch(START + 40 * REGION)).toBeNull()
    expect([scene.count('tablesOutside'), scene.count('teaFallbacks')]).toEqual([0, 0])
  })
})

describe('lack of contiguity', () => {
  it('G14 pieces, then ordinary tables, each with its reason and size', () => {
    const scene = new TeaScene({ tea: { minSlots: 8 } }, [areaAt(0, 64)])
    scene.scatter(20)
    scene.touchAll(scene.area('main'))
    expect(scene.teas.teas.map((t) => t.slots)).toEqual([16, 16, 16, 16])
    expect([scene.count('teaSplits'), scene.count('tablesOutside')]).toEqual([3, 0])
    scene.check()
    const none = new TeaScene({ tea: { minSlots: 8 } }, [areaAt(0, 64)])
    none.scatter(5)
    none.touchAll(none.area('main'))
    expect([none.teas.teas.length, none.count('tablesOutside')]).toEqual([0, 64])
    const reasons = none.machine.ledger.events().filter((e) => e.kind === 'tea-fallback')
    expect(reasons.some((e) => e.text.includes('no contiguous') && e.frames === 8 * e.times)).toBe(true)
    none.check()
  })

  it('G14 a TEA that can neither grow in place nor move stays valid beside ordinary tables, and heals', () => {
    const scene = new TeaScene({}, [areaAt(0, 64)])
    const main = scene.area('main')
    scene.touchAll(main)
    const [tea] = scene.teas.teas
    scene.resize(scene.area('main'), START, START + 80 * REGION)
    const held = scene.scatter(20)
    for (let region = 64; region < 72; region++) scene.touch(START + region * REGION)
    expect([spanOf(tea), tea.register, scene.count('tablesOutside')]).toEqual([[0, 64], 0, 8])
    expect(scene.count('teaFallbacks')).toBe(1)
    scene.check()
    scene.checkTranslations([START, START + 70 * REGION])
    scene.gather(held)
    scene.touch(START + 72 * REGION)
    expect([spanOf(tea), tea.slotsUsed, scene.count('tablesOutside')]).toEqual([[0, 128], 73, 8])
    scene.check()
    scene.checkTranslations([START, START + 70 * REGION, START + 72 * REGION])
  })

  it('G15 growth that one unmovable frame stops leaves every free frame free', () => {
    const scene = new TeaScene({}, [areaAt(0, 64)])
    const main = scene.area('main')
    scene.touchAll(main)
    const [tea] = scene.teas.teas
    scene.hold(tea.base + 64 + 63, 1)
    scene.scatter(40)
    const { freeFrames } = scene.layer.frames
    scene.resize(scene.area('main'), START - 1, START + 65 * REGION)
    scene.teas.coverAll()
    expect([scene.layer.frames.freeFrames, spanOf(tea)]).toEqual([freeFrames, [0, 64]])
    scene.check()
  })
})

describe('big areas', () => {
  /** The third one is never touched: it makes the machine larger. */
  const areas = [
    areaAt(0, 64, 'one'),
    areaAt(4096, 64, 'two'),
    { start: 2 ** 30, pages: 2 ** 20, name: 'room' }
  ]

  it('G38 with inclusion a second area in the window uses the first TEA', () => {
    const scene = new TeaScene({ tea: { big: true } }, areas)
    const tea = scene.touch(START)
    expect([tea?.slots, (START - (tea?.start ?? 0)) / REGION]).toEqual([262_145, 131_072])
    expect(scene.touch(START + 4096 * REGION)).toBe(tea)
    expect([scene.teas.teas.length, tea?.slotsUsed, scene.count('tablesOutside')]).toEqual([1, 2, 0])
  })

  it('G38 without it the second would overlap the first, so its tables are ordinary', () => {
    const scene = new TeaScene({ tea: { big: true, inclusion: false } }, areas)
    scene.touch(START)
    scene.touch(START + 4096 * REGION)
    expect([scene.teas.teas.length, scene.teas.teas[0].slotsUsed]).toEqual([1, 1])
    expect(scene.count('tablesOutside')).toBe(1)
  })
})

describe('the published kernel’s defect', () => {
  it('G1 as published: a table page that is freed leaves its slot taken, and a register reads the frame’s next use', () => {
    const scene = new TeaScene({ tea: { artifactFreeBug: true } }, [areaAt(0, 32)])
    const p = START + 3 * REGION
    scene.touchAll(scene.area('main'))
    const [tea] = scene.teas.teas
    const slot = slotFrame(tea, p)
    scene.unlink(p)
    expect(scene.layer.frames.isFree(slot)).toBe(true)
    // The frame's next use: entries of another table, or any data that look like one.
    expect(scene.hold(slot, 1)).toBe(true)
    scene.layer.entries.write(slot, 0, 0x1234 * 4096 + 0x67, 0)
    expect(walkOf(scene, p).frame).toBe(0x1234)
    // The slot is never handed out again: the next table here is an ordinary one.
    scene.touch(p)
    expect([scene.space.table.tableOf(p, 1) === (slot as number), scene.count('tablesOutside')]).toEqual([
      false,
      1
    ])
    scene.layer.entries.clear(slot)
    scene.layer.frames.free(slot, 0)
  })

  it('what was lost is not given back twice when the area ends', () => {
    const scene = new TeaScene({ tea: { artifactFreeBug: true, trim: false } }, [areaAt(0, 32)])
    scene.touchAll(scene.area('main'))
    const { frames } = scene.layer
    scene.remove(scene.area('main'))
    expect(scene.teas.teas).toEqual([])
    expect(scene.teas.registers.valueOf(0), 'a register that named lost slots').toBeNull()
    // What stays is the frame that is never used, and the root table.
    expect(frames.frames - frames.freeFrames).toBe(2)
  })
})

describe('the end of an address space', () => {
  it('G8 invalidates every register before the first frame of an area is free', () => {
    const scene = new TeaScene({}, [areaAt(0, 32, 'one'), areaAt(500, 32, 'two')])
    scene.touchAll(scene.area('one'))
    scene.touchAll(scene.area('two'))
    const bases = scene.teas.teas.map((tea) => tea.base)
    const { frames } = scene.layer
    const freeRange = frames.freeRange.bind(frames)
    let namedWhileFreed = 0
    frames.freeRange = (base, count) => {
      for (let n = 0; n < 16; n++) if (scene.teas.registers.valueOf(n)) namedWhileFreed++
      freeRange(base, count)
    }
    scene.exit()
    expect([namedWhileFreed, bases.every((b) => frames.isFree(b))]).toEqual([0, true])
  })

  it('gives grants back to L0', () => {
    const scene = new TeaScene({ environment: 'nested', lanes: ['pvdmt'] }, [areaAt(0, 32)])
    const valid = (): number =>
      scene.machine.stack.gteas.list().filter((e) => e.valid && e.owner === 2).length
    scene.touchAll(scene.area('main'))
    expect(valid()).toBe(1)
    scene.exit()
    expect(valid()).toBe(0)
  })
})
