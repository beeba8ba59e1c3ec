import { buildReport } from '@main/report/build-report'
import { besideRows, laneDifferences } from '@shared/formulas/beside'
import { DIFFERENCES_TITLE, besideValues } from '@main/report/formula-section'
import { WHY_FORMULA_DIFFERS } from '@shared/formulas/formula-rows'
import { describe, expect, it } from 'vitest'
import { NBSP } from '@shared/format/number'
import { aRunFormula, aRunResult } from '../../builders/run-result'

const TITLE = 'The paper’s formula on this run’s walks'
const DESIGNS = ['Vanilla', 'FPT', 'ECPT', 'ASAP', 'Agile', 'DMT', 'pvDMT']

const run = aRunResult()
const textOf = (name: string, of = run): string =>
  buildReport(of).find((file) => file.name === name)?.text ?? ''

describe('the formula beside what was emulated', () => {
  const rows = besideRows(run.lanes, aRunFormula(run.lanes[0]))
  const rowOf = (title: string): readonly string[] =>
    rows.filter((row) => row.title === title).flatMap(besideValues)

  it('has a row for each design of the paper, with cycles and speedups', () => {
    expect(rows.map(({ title }) => title)).toEqual(DESIGNS)
    expect(rowOf('Vanilla').slice(0, 3)).toEqual(['256.0', 'baseline', 'baseline'])
    expect(rowOf('pvDMT').slice(0, 2)).toEqual(['254.0', '1.01×'])
  })

  it('sets the lane of the same design beside it, over the lane whose walks were read', () => {
    const [base, pvdmt] = run.lanes
    const pageWalk = base.derived.cyclesPerWalk / pvdmt.derived.cyclesPerWalk
    const application = base.counters.totalCycles / pvdmt.counters.totalCycles
    expect(rowOf('pvDMT').slice(3)).toEqual([
      pvdmt.derived.cyclesPerWalk.toFixed(1),
      `${pageWalk.toFixed(2)}×`,
      `${application.toFixed(2)}×`
    ])
    expect(rowOf('Vanilla').slice(3)).toEqual([base.derived.cyclesPerWalk.toFixed(1), 'baseline', 'baseline'])
    expect(rowOf('FPT').slice(3)).toEqual(['–', '–', '–'])
  })
})

describe('lanes that the paper has no formula for', () => {
  const [radix, pvdmt] = run.lanes
  const lanes = [radix, { ...pvdmt, id: 'shadow', design: 'shadow' }, { ...radix, id: 'radix-2' }]
  const rows = besideRows(lanes, aRunFormula(radix))

  it('stand below the paper’s designs with what they emulated alone', () => {
    const shadow = rows.at(-1)
    expect(shadow).toMatchObject({ title: 'shadow', lane: 'shadow', formula: ['–', '–', '–'] })
    expect(shadow?.emulated[0]).toBe(pvdmt.derived.cyclesPerWalk.toFixed(1))
  })

  it('and a second lane of a design has a row of its own', () => {
    expect(rows.filter(({ title }) => title === 'Vanilla').map(({ lane }) => lane)).toEqual([
      'radix',
      'radix-2'
    ])
  })

  it('are told so in their reasons, one text for each lane', () => {
    const texts = laneDifferences(lanes, aRunFormula(radix), 'virtualized')
    expect(texts.map(({ lane }) => lane)).toEqual(['radix', 'shadow', 'radix-2'])
    expect(texts[1].text).toContain('no formula')
  })
})

describe.each(['report.html', 'report.md'])('%s', (name) => {
  it('has a section of its own for it, labelled, with why the numbers differ', () => {
    const text = textOf(name)
    expect(text).toContain(TITLE)
    expect(text).toContain('formula (paper), not emulated')
    expect(text).toContain(WHY_FORMULA_DIFFERS)
  })

  it('says of each lane in measured numbers why', () => {
    const text = textOf(name)
    expect(text).toContain(DIFFERENCES_TITLE)
    for (const { derived } of run.lanes)
      expect(text).toContain(`Emulated ${derived.cyclesPerWalk.toFixed(1)} cycles per walk, formula`)
  })

  it('says what translation takes beyond the baseline', () => {
    const [radix, pvdmt] = run.lanes
    const more = { ...pvdmt, memory: { ...pvdmt.memory, translationBytes: 12 * 2 ** 20 } }
    const base = { ...radix, memory: { ...radix.memory, translationBytes: 8 * 2 ** 20 } }
    const text = textOf(name, { ...run, lanes: [base, more] }).replaceAll(NBSP, ' ')
    expect(text).toContain('Memory overhead')
    expect(text).toContain('+4 MiB (+50.0 %)')
  })

  it('says nothing of it where the formula has no meaning', () => {
    const { formula: _, ...without } = run
    const text = textOf(name, without)
    expect(text).not.toContain(TITLE)
    expect(text).not.toContain('formula (paper)')
  })

  it('says beside the speedups what the baseline cost', () => {
    const { cyclesPerWalk } = run.lanes[0].derived
    const before = textOf(name).split('Page-walk speedup')
    expect(before.some((part) => part.includes(`${cyclesPerWalk.toFixed(1)} cycles per walk, `))).toBe(true)
  })
})
