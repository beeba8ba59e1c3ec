import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hardwareRows, rowPage } from '@renderer/memory/hardware-rows'
import { readAddress } from '@renderer/memory/read-address'
import { linkedSlot, slotAddress, stripOf } from '@renderer/memory/slot-cells'
import { shownAreas } from '@renderer/memory/shown-areas'
import { addressAt, besideEntry, isLeaf, leavesOf, tablesOf } from '@renderer/memory/table-page'
import { factsOf } from '@renderer/memory/part-facts'
import { aHardwareTable, aLayer, anArea, aRegister, aTablePage, aTea } from '../builders/a-memory-look'

describe('entries of caches as rows', () => {
  it('stand in the order of sets and ways', () => {
    const rows = hardwareRows([aHardwareTable()], '')
    expect(rows.map(({ entry }) => [entry.set, entry.way])).toEqual([
      [0, 1],
      [1, 0]
    ])
  })

  it('are those in which every word of the filter is found', () => {
    const found = (filter: string): number => hardwareRows([aHardwareTable()], filter).length
    expect([found('DATA tlb'), found('process 3'), found('0x7f'), found('0x7f process 3')]).toEqual([
      2, 1, 1, 0
    ])
  })

  it('are all on some page, once', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.integer({ min: 1, max: 120 }), (count, size) => {
        const rows = Array.from({ length: count }, (_, i) => i)
        const pages = Array.from({ length: Math.ceil(count / size) }, (_, i) => rowPage(rows, i, size))
        expect(pages.flatMap((page) => page.rows)).toEqual(rows)
        expect(rowPage(rows, 1e9, size).hasNext).toBe(false)
      })
    )
  })

  it('have a page that says so where there is none', () => {
    expect(rowPage([], 3, 100)).toMatchObject({ from: 0, to: 0, hasNext: false, hasPrevious: false })
  })
})

describe('a table page', () => {
  const page = aTablePage([3, 7, 500], {
    level: 2,
    start: '0x7f0000000000',
    bytesPerEntry: 2 ** 21,
    entries: [
      { index: 3, entry: '0000000000007067' },
      { index: 7, entry: '00000000002000e7' },
      { index: 500, entry: '0000000000008067' }
    ]
  })

  it('tells entries that lead on from those that map a page', () => {
    expect([tablesOf(page), leavesOf(page)]).toEqual([[3, 500], [7]])
    expect(isLeaf(page.entries[0], 1)).toBe(true)
  })

  it('knows the address that an entry begins', () => {
    expect(addressAt(page, 7)).toBe('0x7f0000e00000')
    expect(addressAt(page, 0)).toBe('0x7f0000000000')
  })

  it('is gone through by present entries and stays at its ends', () => {
    expect([besideEntry(page, 3, 1), besideEntry(page, 500, 1), besideEntry(page, 3, -1)]).toEqual([
      7, 500, 3
    ])
  })
})

describe('an address as typed', () => {
  it.each([
    ['0x7F12 3440 0000', '0x7f1234400000'],
    ['0000a', '0xa'],
    ['0', '0x0'],
    ['12345678901234567', null],
    ['table', null],
    ['', null]
  ])('%s', (text, address) => expect(readAddress(text)).toBe(address))
})

describe('slots of a TEA', () => {
  const shares = fc.uint8Array({ minLength: 1, maxLength: 128 })

  it('keep their mean when they are drawn as fewer', () => {
    fc.assert(
      fc.property(shares, (slotCells) => {
        const strip = stripOf({ slotCells }, slotCells.length)
        const mean = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0) / all.length
        expect(mean(strip)).toBeCloseTo(mean([...slotCells]) / 255)
        expect(stripOf({ slotCells }).every((share) => share >= 0 && share <= 1)).toBe(true)
      })
    )
  })

  it('begin where 512 pages each are counted off from the aligned start', () => {
    const tea = aTea({ slotCells: Uint8Array.from([0, 0, 255, 0, 0, 0, 0, 0]), start: '0x40201000' })
    expect(linkedSlot(tea)).toBe(2)
    expect(slotAddress(tea)).toBe('0x40600000')
  })

  it('never begin before the TEA', () => {
    expect(slotAddress(aTea({ start: '0x40201000' }))).toBe('0x40201000')
  })
})

describe('areas in the picture', () => {
  it('are the largest first, and the rest is counted', () => {
    const areas = Array.from({ length: 100 }, (_, index) => anArea({ index, bytes: 4096 * (index + 1) }))
    const { shown, more } = shownAreas(areas)
    expect(shown[0].area.index).toBe(99)
    expect(shown.length + more).toBe(100)
    expect(shown[0].grow).toBe(1)
  })
})

describe('fields of a part', () => {
  it('have a value and a meaning each, for every kind of part', () => {
    const layer = aLayer('L1', { registers: [aRegister({ gtea: { id: 2, offset: 16 } })] })
    for (const kind of ['area', 'register', 'tea', 'frames'] as const) {
      const { title, facts } = factsOf(layer, { layer: 'L1', kind, index: 0 })
      expect(title).not.toBe('')
      expect(facts.length).toBeGreaterThan(1)
      expect(facts.every(({ value, meaning }) => value !== '' && meaning !== '')).toBe(true)
    }
  })

  it('are the ratio of covered to mapped bytes where they say so', () => {
    const layer = aLayer('L0', { areas: [anArea({ mappedBytes: 4096 * 8, coveredBytes: 4096 * 2 })] })
    const { facts } = factsOf(layer, { layer: 'L0', kind: 'area', index: 0 })
    expect(facts.find(({ name }) => name === 'Covered')?.value.replaceAll('\u00a0', ' ')).toBe(
      '25.0 % (8 KiB)'
    )
  })
})
