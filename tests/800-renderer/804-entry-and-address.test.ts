import { describe, expect, it } from 'vitest'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { viewEntry } from '@renderer/walk/entry-view'
import { hexGroups } from '@renderer/walk/hex-groups'
import { addressParts, inputAddress, levelSpan } from '@renderer/walk/input-address'
import { sourceSpace, layersPassed } from '@renderer/walk/layers'
import { registerSum } from '@renderer/walk/register-sum'
import {
  aWalk,
  coverage,
  dmt,
  mixedSizes,
  nestedDmt,
  nestedRadix3d,
  nestedShadow,
  pvdmt,
  spared
} from '../builders/walk-records'

const entry = (hex: string, level = 1): WalkStep => ({ ...aWalk().steps[0], level, entry: hex })

describe('an entry in bits and words', () => {
  it('a leaf', () => {
    const view = viewEntry(entry('800000014b2d6067'))
    expect(view?.frame).toBe('0x14b2d6')
    expect(
      view?.digits
        .filter((d) => d.isFrame)
        .map((d) => d.digit)
        .join('')
    ).toBe('14b2d6')
    expect(view?.noExecute.isSet).toBe(true)
    expect(view?.flags.map((flag) => flag.name)).toEqual(['G', 'PAT', 'D', 'A', 'PCD', 'PWT', 'U', 'W', 'P'])
    expect(view?.flags.filter((flag) => flag.isSet).map((flag) => flag.name)).toEqual([
      'D',
      'A',
      'U',
      'W',
      'P'
    ])
    expect(view?.words).toBe('Present, writable, user, accessed, dirty, not executable. A 4 KiB page.')
  })

  it('the prefix makes no difference', () => {
    expect(viewEntry(entry('0x800000014b2d6067'))).toEqual(viewEntry(entry('800000014b2d6067')))
  })

  it('a pointer to the next table', () => {
    expect(viewEntry(entry('0000000014a02027', 2))?.words).toBe(
      'Present, writable, user, accessed. Points to a level 1 table.'
    )
  })

  it('bit 7 is the page size in levels 2 and 3, and maps a page', () => {
    const view = viewEntry(entry('00000000140001e5', 2))
    expect(view?.flags.find((flag) => flag.bit === 7)?.name).toBe('PS')
    expect(view?.words).toBe('Present, read-only, user, accessed, dirty, global. A 2 MiB page.')
    expect(viewEntry(entry('00000000400000a1', 3))?.words).toBe(
      'Present, read-only, supervisor, accessed, clean. A 1 GiB page.'
    )
    expect(viewEntry(entry('00000000400000a1', 4))?.words).toMatch(/Reserved bits are set\.$/)
  })

  it('an entry that is not present says nothing else', () => {
    expect(viewEntry(entry('0000000014a02066'))?.words).toBe('Not present. The other bits have no meaning.')
  })

  it('frame 0 keeps its last digit', () => {
    expect(viewEntry(entry('0000000000000001'))?.digits.filter((d) => d.isFrame)).toHaveLength(1)
  })

  it('what a walk cache knew was not read', () => {
    expect(viewEntry(entry(''))).toBeNull()
  })
})

describe('the address a step looks up', () => {
  /** The index a step used must be that of its level in the address it is said to look up. */
  const indexIn = (address: bigint, level: number): number =>
    Number((address >> BigInt(12 + 9 * (level - 1))) & 511n)
  const walks: [string, WalkRecord][] = [
    ['2-D', aWalk()],
    ['3-D', nestedRadix3d()],
    ['shadow tables', nestedShadow()],
    ['five levels', mixedSizes([1, 1], 5)],
    ['2 MiB guest pages', mixedSizes([1, 2])],
    ['2 MiB host pages', mixedSizes([2, 1])],
    ['1 GiB pages below 2 MiB pages', mixedSizes([3, 2, 1])],
    ['DMT', dmt()],
    ['pvDMT', pvdmt()],
    ['nested DMT', nestedDmt()],
    ['radix guest on registers', coverage('DR')],
    ['registers on a radix host', coverage('RRP')]
  ]
  it.each(walks)('%s', (_, record) => {
    for (const step of record.steps) {
      const input = inputAddress(record, step)
      expect(input, `step ${step.n}`).not.toBeNull()
      expect(indexIn(input ?? 0n, step.level), `step ${step.n}`).toBe(step.index)
    }
  })

  it('is unknown behind an entry that a walk cache knew', () => {
    const record = spared(aWalk(), (step) => (step.n === 20 ? 'PWC' : step.hit))
    expect(inputAddress(record, record.steps[23])).toBeNull()
  })

  it('falls into indices and an offset', () => {
    expect(addressParts(0x7f1256789abcn, 4, 1, 1).map((part) => `${part.bits} ${part.value}`)).toEqual([
      '47–39 254',
      '38–30 73',
      '29–21 179',
      '20–12 393',
      '11–0 0xabc'
    ])
    expect(addressParts(0x7f1256789abcn, 4, 2, 3).map((part) => part.bits)).toEqual([
      '47–39',
      '38–30',
      '29–21',
      '20–0'
    ])
    expect(addressParts(0x7f1256789abcn, 4, 1, 2).findIndex((part) => part.isInUse)).toBe(2)
  })

  it('knows where the tables end', () => {
    const record = mixedSizes([1, 2], 5)
    expect(levelSpan(record, record.steps.at(-1) ?? record.steps[0])).toEqual({ root: 5, leaf: 1 })
    const guest = record.steps.find((step) => step.layer === 'L1') ?? record.steps[0]
    expect(levelSpan(record, guest)).toEqual({ root: 5, leaf: 2 })
  })

  it('has a name in every stack', () => {
    expect(sourceSpace('L0', layersPassed(coverage('R')))).toBe('virtual address')
    expect(sourceSpace('L1', layersPassed(aWalk()))).toBe('guest virtual address')
    expect(sourceSpace('L0', layersPassed(aWalk()))).toBe('guest physical address')
    expect(sourceSpace('L0', layersPassed(nestedRadix3d()))).toBe('L1 physical address')
    expect(sourceSpace('L0', layersPassed(nestedShadow()))).toBe('L2 physical address')
    expect(sourceSpace('L2', layersPassed(nestedShadow()))).toBe('L2 virtual address')
  })
})

describe('a register’s arithmetic', () => {
  it('gives the address that was read where the base is a machine address', () => {
    const record = pvdmt()
    for (const match of record.registers) {
      const step = record.steps[match.step - 1]
      expect(registerSum(match, step).address).toBe(step.address)
    }
  })

  it('of the guest alone is not yet a machine address', () => {
    const record = dmt()
    const match = record.registers.find((register) => register.layer === 'L1')
    const step = record.steps.find((s) => s.layer === 'L1')
    expect(match && step && registerSum(match, step).why).toContain(`here ${step?.address}`)
  })
})

describe('an address on screen', () => {
  it('in groups of four from the right, nothing lost', () => {
    expect(hexGroups('0x7f1256789abc')).toEqual(['0x7f12', '5678', '9abc'])
    expect(hexGroups('0x14b2d6abc')).toEqual(['0x1', '4b2d', '6abc'])
    expect(hexGroups('0x0')).toEqual(['0x0'])
    expect(hexGroups('0x12345678').join('')).toBe('0x12345678')
  })
})
