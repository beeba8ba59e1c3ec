/** Worked addresses of translation-designs A.3, and what the gTEA table refuses (A.11, part G 21 to 24). */
import { describe, expect, it } from 'vitest'
import { DmtRegisters } from '@main/hardware/registers/dmt-registers'
import { gteaIndex, type GteaTable } from '@main/hardware/registers/gtea-table'
import { spanOf } from '@main/software/tea/eligibility'
import { ENTRIES_PER_TABLE, formatAddress, page, pagesPerTable } from '@shared/address/address'
import { aGteaTable } from '../builders/a-gtea-table'
import { anArea } from '../builders/a-machine'

const AREA = anArea({ start: 0x7f1234500, pages: 2 ** 18 })
const TARGET = 0x7f1256789

function registerOver(level: 1 | 2, base: number): { registers: DmtRegisters; slots: number } {
  const span = spanOf(AREA, level)
  const registers = new DmtRegisters(0, 4, aGteaTable())
  registers.load(0, {
    level,
    start: page(span.start),
    pages: span.slots * pagesPerTable(level),
    base,
    gtea: null
  })
  return { registers, slots: span.slots }
}

describe('the worked vector of an area', () => {
  it('4K class: 513 slots from 0x7f1234400000; slot 273, index 393, entry at 0x240111c48', () => {
    const { registers, slots } = registerOver(1, 0x240000)
    expect([slots, formatAddress(spanOf(AREA, 1).start)]).toEqual([513, '0x7f1234400000'])
    expect(registers.matchFrom(0, TARGET)).toBe(0)
    const linear = registers.linearIndex(0, TARGET)
    expect([linear, Math.floor(linear / ENTRIES_PER_TABLE), linear % ENTRIES_PER_TABLE]).toEqual([
      140_169, 273, 393
    ])
    expect(formatAddress(0x240000 + 273, 393 * 8)).toBe('0x240111c48')
    expect(0x240000 * 4096 + linear * 8).toBe(0x240111c48)
  })

  it('2M class: from 0x7f1200000000, linear index 691', () => {
    const { registers } = registerOver(2, 0x240000)
    expect(formatAddress(spanOf(AREA, 2).start)).toBe('0x7f1200000000')
    expect(registers.linearIndex(0, TARGET)).toBe(691)
  })

  it('covers its table pages to the last page and not one more', () => {
    const { registers } = registerOver(1, 0x240000)
    const start = 0x7f1234400
    expect(
      [start - 1, start, start + 513 * 512 - 1, start + 513 * 512].map((p) => registers.matchFrom(0, p))
    ).toEqual([-1, 0, 0, -1])
  })

  it('an area that ends on a boundary needs no slot more', () => {
    expect(spanOf(anArea({ start: 512, pages: 16_384 }), 1).slots).toBe(32)
  })
})

describe('a register of a gTEA', () => {
  const OWNER = 1
  const scene = (): { gteas: GteaTable; registers: DmtRegisters; id: number } => {
    const gteas = aGteaTable()
    return { gteas, registers: new DmtRegisters(OWNER, 2, gteas), id: gteas.grant(5000, 8, OWNER) }
  }
  const value = (id: number, slots = 8, offset = 0): Parameters<DmtRegisters['load']>[1] => ({
    level: 1,
    start: page(0),
    pages: slots * 512,
    base: 2 ** 28,
    gtea: { id, offset }
  })

  it('holds the machine frames that the table names, not what the guest says', () => {
    const { registers, id } = scene()
    expect(registers.load(0, value(id))).toBe(true)
    expect([registers.base[0], registers.cooperative[0], registers.matchFrom(0, 4095)]).toEqual([5000, 1, 0])
    expect(registers.load(1, value(id, 3, 5))).toBe(true)
    expect(registers.base[1]).toBe(5005)
  })

  it.each([
    ['a forged ID', 7, 8, 0],
    ['a negative ID', -1, 8, 0],
    ['more pages than were granted', 0, 9, 0],
    ['an offset that ends beyond the grant', 0, 8, 1],
    ['a negative offset', 0, 2, -1]
  ])('is refused for %s, and what it held before is invalid', (_, id, slots, offset) => {
    const { registers } = scene()
    registers.load(0, value(0))
    expect(registers.load(0, value(id, slots, offset))).toBe(false)
    expect([registers.matchFrom(0, 0), registers.valueOf(0)]).toEqual([-1, null])
  })

  it('is refused to another owner, and after the grant was revoked', () => {
    const { gteas, registers, id } = scene()
    expect(new DmtRegisters(OWNER + 1, 1, gteas).load(0, value(id))).toBe(false)
    gteas.revoke(id)
    expect(registers.load(0, value(id))).toBe(false)
    expect(() => gteas.revoke(id)).toThrow(/no grant has the ID/)
    const next = gteas.grant(9000, 8, OWNER)
    expect([gteaIndex(next), next]).toEqual([gteaIndex(id), id + 1024])
    expect(registers.load(0, value(id))).toBe(false)
    expect(registers.load(0, value(next))).toBe(true)
    expect(gteas.list()[gteaIndex(id)].generation).toBe(1)
  })
})
