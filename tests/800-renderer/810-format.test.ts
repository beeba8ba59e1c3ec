import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatSeconds } from '@shared/format/duration'
import {
  formatCount,
  formatFixed,
  formatPoints,
  formatRatio,
  formatRelative,
  formatShare
} from '@shared/format/number'
import { formatBytes, formatCycles, formatRate, formatTick } from '@shared/format/quantity'
import { readCount, readSize } from '@shared/format/typed'

const NBSP = '\u00a0'

describe('numbers', () => {
  it('groups counts by comma', () => {
    expect(formatCount(4_812_334)).toBe('4,812,334')
    expect(formatCount(9_999_999_999)).toBe('9,999,999,999')
    expect(formatCount(0)).toBe('0')
  })

  it('keeps its decimals, and says when a value is too small for them', () => {
    expect(formatFixed(412.64, 1)).toBe('412.6')
    expect(formatFixed(2, 2)).toBe('2.00')
    expect(formatFixed(0.04, 1)).toBe('<\u00a00.1')
    expect(formatFixed(0, 1)).toBe('0.0')
    expect(formatFixed(1234.5, 1)).toBe('1,234.5')
  })

  it('shows a dash for what was not measured', () => {
    expect(formatFixed(NaN, 1)).toBe('–')
    expect(formatShare(NaN)).toBe('–')
    expect(formatRatio(0)).toBe('–')
    expect(formatRelative(2, 0)).toBe('–')
  })

  it('never breaks a value from its unit', () => {
    expect(formatShare(0.4537)).toBe(`45.4${NBSP}%`)
    expect(formatCycles(954)).toBe(`954${NBSP}cycles`)
    expect(formatCycles(1)).toBe(`1${NBSP}cycle`)
    expect(formatRate(1_938_412)).toBe(`1,940,000${NBSP}references/s`)
  })

  it('writes a true minus, and a sign on every difference', () => {
    expect(formatFixed(-0.5, 1)).toBe('\u22120.5')
    expect(formatRelative(2, 5.86)).toBe(`\u221266${NBSP}%`)
    expect(formatRelative(7, 5)).toBe(`+40${NBSP}%`)
    expect(formatPoints(0.345, 0.454)).toBe(`\u221210.9${NBSP}pp`)
    expect(formatPoints(0.3, 0.3)).toBe(`0.0${NBSP}pp`)
  })

  it('keeps the sign of a ratio at its end', () => {
    expect(formatRatio(1.5812)).toBe('1.58×')
  })
})

describe('quantities', () => {
  it('uses binary units for sizes', () => {
    expect(formatBytes(4 * 2 ** 30)).toBe(`4${NBSP}GiB`)
    expect(formatBytes(1.5 * 2 ** 30)).toBe(`1.5${NBSP}GiB`)
    expect(formatBytes(512)).toBe(`512${NBSP}B`)
    expect(formatBytes(0)).toBe(`0${NBSP}B`)
  })

  it('uses decimal units on the axis only', () => {
    expect(formatTick(0)).toBe('0')
    expect(formatTick(5000)).toBe('5,000')
    expect(formatTick(500_000)).toBe(`500${NBSP}k`)
    expect(formatTick(1_500_000)).toBe(`1.5${NBSP}M`)
  })

  it('reads back every whole size and count that it has written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1023 }), fc.integer({ min: 0, max: 3 }), (n, unit) => {
        const bytes = n * 2 ** (10 * unit)
        expect(readSize(formatBytes(bytes))).toBe(bytes)
      })
    )
    fc.assert(fc.property(fc.nat(), (n) => void expect(readCount(formatCount(n))).toBe(n)))
  })

  it('refuses what is no size', () => {
    expect(readSize('4XB')).toBeUndefined()
    expect(readSize('')).toBeUndefined()
    expect(readCount('2 GiB')).toBeUndefined()
  })

  it('rounds time left up, so that it is never over before it is', () => {
    expect(formatSeconds(0.2)).toBe(`1${NBSP}s`)
    expect(formatSeconds(59.1)).toBe(`60${NBSP}s`)
    expect(formatSeconds(3900)).toBe(`1${NBSP}h 5${NBSP}min`)
  })
})
