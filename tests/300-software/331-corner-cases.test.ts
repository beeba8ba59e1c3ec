/** Corner cases of address spaces that live, each by what must be seen in tables, registers and frames. */
import { describe, expect, it } from 'vitest'
import { tagOf } from '@main/software/space/frame-tag'
import { slotFrame, type Tea } from '@main/software/tea/tea'
import { PRESENT, USER, WRITABLE, entryFlags } from '@shared/arch/entry'
import { FETCH, STORE } from '@shared/model/access'
import { ADVICE, PROTECT_WRITE, type Advice } from '@shared/model/operation'
import { indexAt, pageHigh, pageLow } from '@shared/address/address'
import { COUNTER_INDEX } from '@shared/stats/counters'
import { aDrivenLane, anArea } from '../builders/a-machine'
import { LivingMachine } from '../builders/living-machine'

const START = 0x7f0000000
const REGION = 512
const advice = (name: Advice): number => ADVICE.indexOf(name)

/** One area of sixteen regions, with an area of entries. */
const living = (input: Record<string, unknown> = {}, pages = 16 * REGION): LivingMachine =>
  new LivingMachine({ environment: 'native', lanes: ['dmt'], tea: { minVmaMiB: 1, minSlots: 1 }, ...input }, [
    { start: START, pages, name: 'main' }
  ])

const touchAll = (one: LivingMachine, start: number, pages: number): void => {
  for (let p = start; p < start + pages; p++) one.touch(p, STORE)
}

const areaOf = (one: LivingMachine, level: number): Tea => {
  const tea = one.space.teas.teas.find((t) => t.level === level)
  if (!tea) throw new Error(`no area of entries of level ${level}`)
  return tea
}

function settled(one: LivingMachine): void {
  one.check()
  one.checkMemory()
  one.checkWalks(600)
}

describe('munmap', () => {
  it('G1 in the middle of an area: its tables go and their slots are free and zero, the register stays', () => {
    const one = living()
    touchAll(one, START, 4 * REGION)
    const tea = areaOf(one, 1)
    const register = one.space.teas.registers.valueOf(tea.register)
    one.call('munmap', START + REGION, 2 * REGION)
    one.model.unmap(START + REGION, 2 * REGION)
    expect(one.space.teas.registers.valueOf(tea.register)).toEqual(register)
    expect(one.space.vmas.list().map((vma) => vma.end - vma.start)).toEqual([REGION, 13 * REGION])
    expect([0, 1, 2, 3].map((r) => one.space.table.tableOf(START + r * REGION, 1))).toEqual([
      slotFrame(tea, START),
      -1,
      -1,
      slotFrame(tea, START + 3 * REGION)
    ])
    settled(one)
  })

  it('G1 an access to the hole fetches nothing, falls back and faults', () => {
    const driven = aDrivenLane(
      { environment: 'native', lanes: ['dmt'], tea: { minVmaMiB: 1, minSlots: 1 } },
      [{ start: START, pages: 16 * REGION }]
    )
    driven.touch({ page: START })
    driven.touch({ page: START + REGION })
    const { kernel } = driven.machine.stack
    kernel.perform({ id: 'munmap', arguments: [START + REGION, REGION] })
    const { walk, stage } = driven.machine
    walk.begin()
    const page = START + REGION
    expect(stage.translate(pageHigh(page), pageLow(page), 0)).toBeLessThan(0)
    expect([walk.falseMatches, walk.fellBack]).toEqual([1, true])
  })

  it('G2 with a boundary inside a region: the leaf table stays and only entries are cleared', () => {
    const one = living()
    touchAll(one, START, 2 * REGION)
    const tables = one.space.table.tablePages
    one.call('munmap', START + 100, REGION)
    one.model.unmap(START + 100, REGION)
    expect(one.space.table.tablePages).toBe(tables)
    expect(areaOf(one, 1).slotsUsed).toBe(2)
    expect(one.space.table.frameOf(START + 99)).toBeGreaterThan(0)
    expect(one.space.table.frameOf(START + 100)).toBe(-1)
    settled(one)
  })

  it('of everything returns every frame and table, and takes time of entries, not of pages', () => {
    const one = living()
    const free = one.space.layer.frames.freeFrames
    const far = START + 2 ** 28
    one.call('mmap', far, 2 ** 25, PROTECT_WRITE, 0)
    one.model.map(far, 0, { w: true, x: false })
    for (const p of [far, far + 2 ** 24, far + 2 ** 25 - 1]) one.touch(p, STORE)
    one.call('munmap', far, 2 ** 25)
    for (const p of [far, far + 2 ** 24, far + 2 ** 25 - 1]) one.model.touched.delete(p)
    expect(one.space.layer.frames.freeFrames).toBe(free)
    expect(one.space.table.tablePages).toBe(1)
    settled(one)
  })
})

describe('mremap', () => {
  const FAR = START + 1000 * REGION

  it.each([0, 7])('G4 moves entries one by one into the slots of their new place (%i pages off)', (off) => {
    const one = living()
    touchAll(one, START, 3 * REGION)
    const before = one.space.table.frameOf(START + 5)
    one.call('mremap', START, 16 * REGION, FAR + off, 16 * REGION)
    one.model.move(START, 16 * REGION, FAR + off, 16 * REGION)
    expect(one.space.table.frameOf(FAR + off + 5)).toBe(before)
    const tea = areaOf(one, 1)
    expect(one.space.table.tableOf(FAR + off + 5, 1)).toBe(slotFrame(tea, FAR + off + 5))
    settled(one)
  })

  it.each([
    [0, 2],
    [1, 1]
  ])(
    'G4 moves a huge page as one where its new place is aligned, else in pieces (%i off: level %i)',
    (off, level) => {
      const one = living({ pageSize: 'thp' })
      one.touch(START, STORE)
      expect(one.space.table.leafLevelOf(START)).toBe(2)
      one.call('mremap', START, 2 * REGION, FAR + off, 2 * REGION)
      one.model.move(START, 2 * REGION, FAR + off, 2 * REGION)
      expect(one.space.table.leafLevelOf(FAR + off)).toBe(level)
      settled(one)
    }
  )

  it('frames that nobody shares carry the tags of their new pages; shared ones keep theirs', () => {
    const one = living()
    touchAll(one, START, 4)
    one.naive.set(1, one.model.copy())
    one.call('fork', 1)
    one.call('mremap', START, REGION, FAR, REGION)
    one.model.move(START, REGION, FAR, REGION)
    expect(one.space.expects(FAR)).toBe(tagOf(START, 0))
    one.call('mremap', FAR, REGION, FAR + 2 * REGION + 9, REGION)
    one.model.move(FAR, REGION, FAR + 2 * REGION + 9, REGION)
    one.touch(FAR + 2 * REGION + 9, STORE)
    settled(one)
    one.run(1)
    one.call('exit')
    one.naive.delete(1)
    one.run(0)
    one.call('mremap', FAR + 2 * REGION + 9, REGION, START, REGION)
    one.model.move(FAR + 2 * REGION + 9, REGION, START, REGION)
    expect(one.space.vmas.find(START)?.movedBy).toBe(0)
    settled(one)
  })
})

describe('exec and exit', () => {
  it.each(['exec', 'exit'] as const)(
    'G8 %s: no register names an area whose frames are given back',
    (call) => {
      const one = living({ pageSize: 'thp' }, 16 * REGION + 100)
      one.naive.set(1, one.model.copy())
      one.call('fork', 1)
      touchAll(one, START + 16 * REGION, 100)
      touchAll(one, START, 10)
      const { space } = one
      const { frames } = space.layer
      const wasFree = frames.free.bind(frames)
      let given = 0
      frames.free = (base, order) => {
        given++
        for (let n = 0; n < space.teas.registers.count; n++) {
          const value = space.teas.registers.valueOf(n)
          const slots = value ? value.pages / (value.level === 1 ? REGION : REGION * REGION) : 0
          if (value && base < value.base + slots && value.base < base + 2 ** order)
            throw new Error(`register ${n} names frame ${base}, which is given back`)
        }
        wasFree(base, order)
      }
      expect(space.teas.teas.length).toBeGreaterThan(0)
      one.call(call)
      expect(given).toBeGreaterThan(0)
      expect(space.teas.teas).toEqual([])
      frames.free = wasFree
      if (call === 'exec') {
        one.model.areas.clear()
        one.model.touched.clear()
      } else one.naive.delete(0)
      one.run([...one.kernel.processes.keys()][0])
      one.check()
      one.checkMemory()
    }
  )

  it('the last process cannot exit, no number is used twice, and who has ended runs no more', () => {
    const one = living()
    expect(() => one.call('exit')).toThrow(/last one/)
    expect(() => one.call('fork', 0)).toThrow(/exists already/)
    one.call('fork', 5)
    one.call('exit')
    expect(() => one.call('brk', START)).toThrow(/no other runs/)
    expect(() => one.kernel.run(0)).toThrow(/no process 0/)
  })

  it('gives the identifier of an ended process out again, and a new family another salt', () => {
    const one = living()
    one.call('fork', 1)
    const child = one.kernel.run(1)
    expect(child.space.salt).toBe(0)
    one.call('exec')
    const salt = child.space.salt
    expect(salt).not.toBe(0)
    one.call('fork', 2)
    expect(one.kernel.run(2).space.salt).toBe(salt)
    const { pcid } = one.kernel.run(1).space
    one.call('exit')
    one.run(0)
    one.call('fork', 7)
    expect(one.kernel.run(7).space.pcid).toBe(pcid)
  })
})

describe('huge pages', () => {
  it('G16 splits in any order take exactly the slot of their region', () => {
    // A few small pages at the unaligned end bring the area of the 4K class.
    const one = living({ pageSize: 'thp' }, 16 * REGION + 100)
    one.touch(START + 16 * REGION + 3, STORE)
    const regions = [5, 0, 9, 2, 14]
    for (const r of regions) one.touch(START + r * REGION, STORE)
    const tea = areaOf(one, 1)
    for (const r of [2, 14, 5, 9, 0]) {
      const start = START + r * REGION
      expect(one.space.table.leafLevelOf(start)).toBe(2)
      one.call('madvise', start, 1, advice('split'))
      expect(one.space.table.tableOf(start, 1)).toBe(slotFrame(tea, start))
      one.checkMemory()
    }
    settled(one)
  })

  it('G17 small pages are no longer present, and that is flushed, before the entry above changes', () => {
    const one = living({ pageSize: 'thp' }, 16 * REGION + 100)
    one.call('madvise', START, REGION, advice('nohugepage'))
    touchAll(one, START, 40)
    one.call('madvise', START, REGION, advice('hugepage'))
    const { layer, table } = one.space
    const { onInvalidate } = layer
    const seen: boolean[] = []
    layer.onInvalidate = (space, start, pages) => {
      const leafTable = table.tableOf(START, 1)
      const present = Array.from(
        { length: REGION },
        (_, i) => layer.entries.low(leafTable as never, i) & PRESENT
      )
      seen.push(leafTable > 0 && present.every((bit) => bit === 0))
      onInvalidate(space, start, pages)
    }
    one.call('madvise', START, REGION, advice('collapse'))
    layer.onInvalidate = onInvalidate
    expect(seen).toEqual([true])
    expect(table.leafLevelOf(START)).toBe(2)
    settled(one)
  })

  it('khugepaged makes a huge page where no more pages are missing than it may fill', () => {
    for (const [maxNone, level] of [
      [REGION - 40, 2],
      [REGION - 41, 1]
    ]) {
      const one = living({ pageSize: 'thp', thp: { maxNone } })
      one.call('madvise', START, 16 * REGION, advice('nohugepage'))
      touchAll(one, START, 40)
      one.call('madvise', START, 16 * REGION, advice('hugepage'))
      one.call('khugepaged', 4096)
      expect(one.space.table.leafLevelOf(START)).toBe(level)
      settled(one)
    }
  })

  it('G18 mprotect is written into leaves alone, and splits a huge page that it covers in part', () => {
    const one = living({ pageSize: 'thp' })
    one.touch(START, STORE)
    one.touch(START + REGION, STORE)
    one.call('mprotect', START, REGION + 7, 0)
    one.model.protect(START, REGION + 7, { w: false, x: false })
    const { table } = one.space
    expect(table.leafLevelOf(START)).toBe(2)
    expect(table.leafLevelOf(START + REGION)).toBe(1)
    for (const level of [4, 3, 2] as const) {
      const parent = table.tableOf(START + REGION, level)
      const index = indexAt(pageHigh(START + REGION), pageLow(START + REGION), level)
      const low = table.entries.low(parent as never, index)
      expect(entryFlags(low) & (PRESENT | USER | WRITABLE)).toBe(PRESENT | USER | WRITABLE)
    }
    settled(one)
  })

  it('G7 a write to a shared huge page copies 4 KiB, and the rest stays shared', () => {
    const one = living({ pageSize: 'thp' })
    one.touch(START, STORE)
    one.naive.set(1, one.model.copy())
    one.call('fork', 1)
    one.touch(START + 3, STORE)
    const { layer } = one.space
    expect(layer.ledger.counters.some((n) => n > 0)).toBe(true)
    expect(layer.dataFrames).toBe(REGION + 1)
    expect(layer.shares.isShared(one.space.table.frameOf(START + 4))).toBe(true)
    settled(one)
  })
})

describe('text', () => {
  it('G37 below the threshold has no area of entries: every walk of a fetch is radix', () => {
    const text = { start: 0x400, pages: 700, writable: false, executable: true, name: 'text' }
    const driven = aDrivenLane({ environment: 'native', lanes: ['dmt'] }, [text])
    for (let i = 0; i < 600; i++) driven.touch({ page: text.start + i, kind: FETCH })
    const { ledger } = driven.machine
    const of = (id: 'dmtWalks' | 'fallbackWalks' | 'registerMatches'): number =>
      ledger.counters[COUNTER_INDEX[id]]
    expect(of('dmtWalks')).toBe(0)
    expect(of('registerMatches')).toBe(0)
    expect(of('fallbackWalks')).toBeGreaterThan(500)
  })
})

describe('areas', () => {
  const sizes = (one: LivingMachine): [string, number][] =>
    one.space.vmas.list().map((vma) => [vma.name, vma.end - vma.start])

  it('that are alike and touch are one; others are not', () => {
    const one = living()
    one.kernel.labels = ['a', 'b']
    const at = START + 20 * REGION
    one.call('mmap', at, 10, PROTECT_WRITE, 0)
    one.call('mmap', at + 20, 10, PROTECT_WRITE, 0)
    one.call('mmap', at + 10, 10, PROTECT_WRITE, 0)
    one.call('mmap', at + 30, 10, PROTECT_WRITE, 1)
    expect(sizes(one).slice(1)).toEqual([
      ['a', 30],
      ['b', 10]
    ])
    one.call('mprotect', at + 5, 5, 0)
    expect(
      sizes(one)
        .slice(1)
        .map(([, n]) => n)
    ).toEqual([5, 5, 20, 10])
    one.call('mprotect', at + 5, 5, PROTECT_WRITE)
    expect(
      sizes(one)
        .slice(1)
        .map(([, n]) => n)
    ).toEqual([30, 10])
  })

  it('the heap ends where brk says, from where it was first', () => {
    const one = living()
    const heap = START + 50 * REGION
    one.call('brk', heap)
    one.call('brk', heap + 100)
    one.call('brk', heap + 300)
    one.call('brk', heap + 10)
    expect(sizes(one).at(-1)).toEqual(['heap', 10])
    one.call('brk', heap)
    one.call('brk', heap + 5)
    expect(sizes(one).at(-1)).toEqual(['heap', 5])
    expect(() => one.call('brk', heap - 1)).toThrow(/before the heap/)
  })

  it('G6 a stack grows down to an access within 8 MiB, and not into another area', () => {
    const one = living()
    const top = START + 100 * REGION
    one.space.vmas.add({ ...anArea({ start: top - 10, pages: 10, name: 'stack' }), growsDown: true })
    one.touch(top - 2048, STORE)
    expect(sizes(one).at(-1)).toEqual(['stack', 2048])
    const mismatches = (): number => one.machine.ledger.counters[COUNTER_INDEX.mapMismatches]
    expect(mismatches()).toBe(0)
    one.touch(top - 2049, STORE)
    expect(mismatches()).toBe(1)
  })
})
