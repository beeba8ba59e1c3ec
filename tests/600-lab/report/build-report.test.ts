import { buildReport, type ReportFile } from '@main/report/build-report'
import { COUNTERS } from '@shared/stats/counters'
import { DERIVED } from '@shared/stats/derived'
import { describe, expect, it } from 'vitest'
import { aRunResult } from '../../builders/run-result'

const HOSTILE = `<img src=x onerror=alert(1)>"'&\u0007\u202e|*_[x](javascript:1)`

const textOf = (name: ReportFile['name'], run = aRunResult()): string =>
  buildReport(run).find((file) => file.name === name)?.text ?? ''

const hostileRun = () =>
  aRunResult({
    partial: true,
    partialReason: HOSTILE,
    app: { version: HOSTILE },
    source: { kind: 'trace', id: 'lackey', name: HOSTILE, sha256: HOSTILE, records: 5 },
    provenance: { emulated: [HOSTILE], modelled: [HOSTILE], imported: [HOSTILE] }
  })

describe('report.html', () => {
  const page = textOf('report.html')

  it('needs nothing but itself: no script, no handler, no reference to anything outside', () => {
    for (const text of [page, textOf('report.html', hostileRun())]) {
      expect(text).not.toMatch(/<(script|link|img|iframe|object|embed|base|form)\b/i)
      expect(text).not.toMatch(/<[^>]+\s(on\w+|src|href|srcset|action)\s*=/i)
      expect(text).not.toMatch(/url\(|@import|https?:/i)
    }
  })

  it('escapes what a hostile result holds', () => {
    const hostile = textOf('report.html', hostileRun())
    expect(hostile).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\ufffd\ufffd')
    expect(hostile).not.toContain('<img')
  })

  it('closes every element it opens', () => {
    const open: string[] = []
    const isVoid = new Set(['meta', 'br'])
    for (const [, close, name, selfClosed] of page.matchAll(/<(\/?)([a-z1-6]+)\b[^>]*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name)
      else if (!selfClosed && !isVoid.has(name)) open.push(name)
    }
    expect(open).toEqual([])
  })

  it('shows every counter and derived value of every lane, with its definition', () => {
    for (const { title } of COUNTERS) expect(page).toContain(title)
    for (const { formula } of DERIVED) expect(page).toContain(formula)
    expect(page).toContain(aRunResult().lanes[1].counters.walkCycles.toLocaleString('en-US'))
  })

  it('shows seed, digests, every parameter and where numbers come from', () => {
    for (const text of [
      'seed',
      'ab'.repeat(32),
      'tlb.shared.4K2M.ways',
      'costs.vmExit',
      'Emulated',
      'Modelled'
    ]) {
      expect(page).toContain(text)
    }
  })

  it('has an image with a sentence for each of five measures', () => {
    const titles = [
      'TLB misses per 1k references',
      'References per walk',
      'Cycles per walk',
      'Walk overhead',
      'Page-walk speedup'
    ]
    for (const title of titles) expect(page).toMatch(new RegExp(`aria-label="${title} along the run`))
  })

  it('says it loudly when the run is partial or translations differ', () => {
    expect(page).not.toContain('Partial result')
    expect(textOf('report.html', aRunResult({ partial: true, partialReason: 'cancelled' }))).toMatch(
      /class="loud"[\s\S]*Partial result[\s\S]*cancelled/
    )
    const { comparison } = aRunResult()
    const differing = aRunResult({
      comparison: { ...comparison, sameTranslations: false, firstDifference: 1234 }
    })
    expect(textOf('report.html', differing)).toMatch(/Translations differ[\s\S]*reference 1,234/)
    expect(textOf('report.html', differing)).not.toContain('Same translations')
  })

  it('stays whole with one lane, no points, no walks and no events', () => {
    const [lane] = aRunResult().lanes
    const series = {
      references: [],
      cyclesPerWalk: [],
      walkOverhead: [],
      referencesPerWalk: [],
      walksPerKiloReference: []
    }
    const counters = Object.fromEntries(COUNTERS.map(({ id }) => [id, 0])) as typeof lane.counters
    const bare = { ...lane, counters, series, walkHistogram: [], events: [] }
    const comparison = {
      baseline: 'radix',
      pageWalkSpeedup: {},
      applicationSpeedup: {},
      sameTranslations: true
    }
    const text = textOf('report.html', aRunResult({ lanes: [bare], comparison }))
    expect(text).toContain('No point was recorded')
    expect(text).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('never writes a number that is none', () => {
    expect(textOf('report.html', aRunResult({}, ['radix', 'dmt', 'pvdmt']))).not.toMatch(
      /NaN|Infinity|undefined/
    )
  })
})

describe('report.md', () => {
  it('keeps hostile text out of its tables and out of HTML', () => {
    const text = textOf('report.md', hostileRun())
    expect(text).not.toMatch(/[^\\]<img|[^\\]\[x\]/)
    const widths = text.split('\n').filter((line) => line.startsWith('| '))
    for (const line of widths) expect(line.endsWith(' |')).toBe(true)
  })

  it('marks a partial result before all numbers', () => {
    const text = textOf('report.md', hostileRun())
    expect(text.indexOf('**Partial result.**')).toBeGreaterThan(0)
    expect(text.indexOf('**Partial result.**')).toBeLessThan(text.indexOf('## Results'))
  })
})

describe('series.csv', () => {
  it('has one row for each lane and point, that reads back as the numbers of the result', () => {
    const run = aRunResult()
    const [head, ...rows] = textOf('series.csv')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))
    expect(rows).toHaveLength(run.lanes.reduce((sum, lane) => sum + lane.series.references.length, 0))
    const column = (name: string, lane: string): number[] =>
      rows.filter((row) => row[0] === lane).map((row) => Number(row[head.indexOf(name)]))
    for (const { id, series } of run.lanes) {
      expect(column('reference', id)).toEqual(series.references)
      expect(column('cyclesPerWalk', id)).toEqual(series.cyclesPerWalk)
      expect(column('walkOverhead', id)).toEqual(series.walkOverhead)
    }
    const [radix, pvdmt] = run.lanes
    expect(column('pageWalkSpeedup', 'pvdmt')[7]).toBeCloseTo(
      radix.series.cyclesPerWalk[7] / pvdmt.series.cyclesPerWalk[7]
    )
  })

  it('has no grouping and no unit in numbers', () => {
    const numbers = textOf('series.csv').trimEnd().split('\r\n').slice(1)
    for (const line of numbers)
      expect(line).toMatch(/^[\w-]+,[\w-]+,[a-z]+,\d+(,(-?\d+(\.\d+)?(e-?\d+)?)?){5}$/)
  })
})

describe('walks.csv', () => {
  const table = (run = aRunResult()) => {
    const [head, ...rows] = textOf('walks.csv', run)
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))
    return rows.map((row) => Object.fromEntries(head.map((name, i): [string, string] => [name, row[i]])))
  }

  it('has a row for each step of each walk, whose cycles and references are the walk’s', () => {
    const run = aRunResult()
    const rows = table(run)
    for (const { id, walks = [] } of run.lanes)
      for (const walk of walks) {
        const own = rows.filter((row) => row.lane === id && row.walk === String(walk.walk))
        expect(own.map(({ step }) => Number(step))).toEqual(walk.steps.map((_, i) => i + 1))
        expect(own.reduce((sum, { stepCycles }) => sum + Number(stepCycles), 0)).toBe(walk.cycles)
        const reads = own.filter(({ answeredBy }) => !/^(Walk cache|Nested TLB)$/.test(answeredBy))
        expect(reads).toHaveLength(walk.references)
        expect(own[0]).toMatchObject({
          address: walk.address,
          cycles: String(walk.cycles),
          outcome: 'translated'
        })
      }
    expect(rows).toHaveLength(
      run.lanes.flatMap(({ walks = [] }) => walks).reduce((sum, { steps }) => sum + steps.length, 0)
    )
  })

  it('calls no cache by a layer’s name', () => {
    expect(new Set(table().map(({ answeredBy }) => answeredBy))).toEqual(
      new Set(['Walk cache', 'Nested TLB', 'L1 cache', 'L2 cache', 'LLC', 'Memory'])
    )
  })

  it('has a row for a walk without a step, and its head alone for a result older than walks', () => {
    const run = aRunResult()
    const [lane] = run.lanes
    const still = { ...lane, walks: [{ ...(lane.walks ?? [])[0], steps: [] }] }
    expect(table({ ...run, lanes: [still] })).toMatchObject([{ walk: '1', step: '', answeredBy: '' }])
    const { walks: _, ...older } = lane
    expect(table({ ...run, lanes: [older] })).toEqual([])
  })

  it('holds nothing that a spreadsheet would take for a formula', () => {
    const run = aRunResult()
    const [lane] = run.lanes
    const [walk] = lane.walks ?? []
    const hostile = ['=1+1', '+1', '-1', '@x', '\t=1'].map((text) => ({ ...walk.steps[0], for: text }))
    const rows = table({ ...run, lanes: [{ ...lane, id: '-2', walks: [{ ...walk, steps: hostile }] }] })
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^"?[=+\-@\t]/)
  })

  it('says in the page and in the text how many there are at most', () => {
    for (const name of ['report.html', 'report.md'] as const)
      expect(textOf(name)).toMatch(/walks\.csv,? the latest walks of each lane step by step, at most 100/)
  })
})

describe('run.json', () => {
  it('is the result', () => {
    const run = aRunResult({}, ['radix', 'dmt', 'pvdmt'])
    expect(JSON.parse(textOf('run.json', run))).toEqual(run)
  })
})
