import type { Histogram } from '@shared/formulas/histogram-reader'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { golden, nativeVector, paperFile, rowText, twoDimensionalVector } from '../builders/paper-histogram'

const NATIVE = ['L1', 'L1', 'L2', 'MEMORY']
const ROW = rowText(NATIVE, 3)
const TWO_DIMENSIONAL = rowText(Array<string>(24).fill('L1'), 5)
const TILDES = '~~~~~~~~~~\n'

function histogram(text: string): Histogram {
  const file = paperFile(text)
  if (file.kind !== 'histogram') throw new Error('no histogram')
  return file
}

describe('a histogram', () => {
  it.each([
    ['uniform/expected.virt.txt', 'virtualized', 37_477, 223],
    ['uniform/expected.native.txt', 'native', 37_477, 18]
  ])('%s is recorded with its walks and vectors', (name, environment, walks, distinct) => {
    const file = golden(name)
    expect(file).toMatchObject({ kind: 'histogram', environment, walks })
    expect(file.kind === 'histogram' && file.rows.length).toBe(distinct)
  })

  it('is read back as it was written', () => {
    const rows = fc.oneof(
      ...[nativeVector, twoDimensionalVector].map((vector) =>
        fc.array(fc.record({ places: vector, count: fc.integer({ min: 1, max: 1e9 }) }), { minLength: 1 })
      )
    )
    fc.assert(
      fc.property(rows, (written) => {
        const text = written.map(({ places, count }) => rowText(places, count)).join('')
        expect(histogram(TILDES + text).rows).toEqual(written)
      })
    )
  })

  it('is the part after the last line of tildes, whatever stands before it', () => {
    const text = `hits 5\n${ROW}${TILDES}not a row\n${TILDES}${TWO_DIMENSIONAL}\n`
    expect(histogram(text)).toMatchObject({ environment: 'virtualized', walks: 5 })
  })

  it('may lack tildes, the trailing comma, and a newline at its end; lines may end as on Windows', () => {
    expect(histogram('L1,L1,L1,L1,RANGE_MISS\t7').walks).toBe(7)
    expect(histogram(ROW.replace('\n', '\r\n')).walks).toBe(3)
  })

  it.each([
    ['L1,L1,L1,L1,RANGE_HIT\n', /not a vector, a tab and a count \(some.txt, line 3\)/],
    [rowText(NATIVE, '3\t4'), /not a vector, a tab and a count .*line 3/],
    [rowText(NATIVE, '-1'), /no whole number: "-1" .*line 3/],
    [rowText(NATIVE, '1e9'), /no whole number/],
    [rowText(NATIVE, '99999999999999999999'), /no whole number/],
    [rowText(NATIVE, '9007199254740991'), /more than a number holds/],
    [rowText(['L1', 'L1', 'L1'], 1), /4 tokens instead of 5 or 25/],
    [rowText(['L1', 'L9', 'L1', 'L1'], 1), /"L9" is no place/],
    [rowText(['L1', 'toString', 'L1', 'L1'], 1), /"toString" is no place/],
    [rowText(['L1', 'WRONG', 'L1', 'L1'], 1), /"WRONG" is no place/],
    ['L1,L1,L1,L1,L1,\t4\n', /"L1" instead of RANGE_HIT/],
    [TWO_DIMENSIONAL, /native and two-dimensional walks are mixed .*line 3/]
  ])('with the line %j is refused by name', (line, message) => {
    expect(() => paperFile(TILDES + ROW + line)).toThrow(message)
  })

  it('without a walk is refused', () => {
    expect(() => paperFile(TILDES)).toThrow(/holds no walk/)
    expect(() => paperFile(TILDES + rowText(NATIVE, 0))).toThrow(/holds no walk/)
  })
})

const PERF = [
  'duration\t 57.28',
  'dtlb_load_misses.walk_completed\t10',
  'dtlb_load_misses.walk_pending\t1500',
  'dtlb_load_misses.walk_active\t900',
  'dtlb_store_misses.walk_completed\t4',
  'dtlb_store_misses.walk_pending\t250',
  'itlb_misses.walk_completed\t1',
  'itlb_misses.walk_pending\t50',
  'cycles:ukhHG\t2000'
].join('\n')

describe('perf counts', () => {
  it('give the overhead of two walkers and the mean latency of a walk', () => {
    expect(paperFile(PERF)).toEqual({ kind: 'perf', walkOverhead: 1800 / 4000, cyclesPerWalk: 120 })
  })

  it.each([
    ['cycles:ukhHG\t2000', 'cycles:ukhHG\t0', /cycles is zero/],
    ['cycles:ukhHG\t2000', '', /no event cycles/],
    ['cycles:ukhHG\t2000', 'cycles:ukhHG\t800', /more than all cycles/],
    ['walk_completed', 'walk_begun', /no event walk_completed/],
    ['\t250', '\t2,50', /line 6/]
  ])('with %j as %j are refused', (before, after, message) => {
    expect(() => paperFile(PERF.replaceAll(before, after))).toThrow(message)
  })
})

describe('any other text', () => {
  it('is refused in one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => paperFile(text)).toThrow(/^[^\n]*\(some.txt[^\n]*\)[^\n]*$/)
      })
    )
  })
})
