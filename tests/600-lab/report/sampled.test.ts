import { runTable } from '@main/hosts/cli/run-text'
import { buildReport, type ReportFile } from '@main/report/build-report'
import { readRunResult } from '@shared/model/run-schema'
import { SAMPLED_RATES, shownRun } from '@shared/model/sampled'
import { DERIVED } from '@shared/stats/derived'
import { describe, expect, it } from 'vitest'
import { aRunFormula, aRunResult } from '../../builders/run-result'

const source = { kind: 'trace', id: 'perf-script', name: 'pf.txt', records: 5, sampled: true } as const
const formula = aRunFormula(aRunResult().lanes[0])
const sampled = aRunResult({ source, formula })
const whole = aRunResult({ source: { ...source, sampled: undefined }, formula })

const textOf = (name: ReportFile['name'], run = sampled): string =>
  buildReport(run).find((file) => file.name === name)?.text ?? ''
/** Cells of the row with this title, in any of the tables. */
const cellsOf = (text: string, title: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`| ${title} |`) || line.startsWith(`${title}  `))
    .flatMap((line) => line.split(/ \| | {2,}/).slice(1))

describe('a run over samples', () => {
  it('says in the terminal that rates say nothing, and shows none', () => {
    const text = runTable(sampled)
    expect(text).toContain('Sampled: rates of hits and misses say nothing.')
    for (const title of [
      'TLB misses per 1k references',
      'References per walk',
      'Total cycles',
      'Cycles per walk',
      'Walk overhead'
    ])
      expect(cellsOf(text, title)).toEqual(['–', '–'])
    for (const title of ['Page-walk speedup', 'Application speedup'])
      expect(cellsOf(text, title)).toEqual(['baseline', '–'])
    expect(text).not.toContain('formula (paper)')
  })

  it('says so in its report, and draws none', () => {
    const page = textOf('report.html')
    expect(page).toContain('rates of hits and misses say nothing')
    const markdown = textOf('report.md')
    expect(markdown).toContain('rates of hits and misses say nothing')
    for (const { title, id } of DERIVED.filter(({ id }) => SAMPLED_RATES.has(id))) {
      const values = cellsOf(markdown, title).slice(0, 2)
      expect([id, values]).toEqual([id, ['–', '–']])
    }
  })

  it('keeps its counters and what was set up, in tables and in run.json', () => {
    expect(shownRun(sampled).lanes.map(({ counters }) => counters)).toEqual(
      sampled.lanes.map(({ counters }) => counters)
    )
    const read = readRunResult(JSON.parse(textOf('run.json')))
    expect('run' in read && read.run.source).toEqual(source)
  })
})

describe('any other run', () => {
  it('is shown as it is', () => {
    expect(shownRun(whole)).toBe(whole)
    expect(runTable(whole)).not.toContain('Sampled')
    expect(textOf('report.html', whole)).not.toContain('Sampled')
  })
})
