import { buildReport } from '@main/report/build-report'
import { readRunResult } from '@shared/model/run-schema'
import { describe, expect, it } from 'vitest'
import { aRunResult } from '../../builders/run-result'

/** A result as it comes from a file, with one thing changed. */
function changed(path: string, value: unknown): unknown {
  const root = JSON.parse(JSON.stringify(aRunResult())) as Record<string, unknown>
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, root)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return root
}

describe('readRunResult()', () => {
  it('takes every result back from its file', () => {
    const run = aRunResult({}, ['radix', 'dmt', 'pvdmt'])
    expect(readRunResult(JSON.parse(JSON.stringify(run)))).toEqual({ run })
  })

  it('lets fields pass that it does not know', () => {
    expect(readRunResult(changed('lanes.0.counters.probesOfTomorrow', 5))).toHaveProperty('run')
  })

  it('takes results older than a counter, which was then not measured', () => {
    const read = readRunResult(changed('lanes.1.counters.dmtWalkReferences', undefined))
    expect(read).not.toHaveProperty('run.lanes.1.counters.dmtWalkReferences')
    expect(read).not.toHaveProperty('run.lanes.1.derived.coveredReferencesPerWalk')
    if (!('run' in read)) throw new Error('refused')
    const page = buildReport(read.run)[0].text
    expect(page).toMatch(
      /DMT walk references<\/th>\s*<td class="number">0<\/td>\s*<td class="number">–<\/td>/
    )
    expect(page).not.toMatch(/NaN|undefined/)
  })

  it('takes results older than the paper’s formula', () => {
    const read = readRunResult(changed('formula', undefined))
    expect(read).toHaveProperty('run')
    expect(read).not.toHaveProperty('run.formula')
  })

  it('forms ratios anew instead of believing the file', () => {
    const read = readRunResult(changed('lanes.0.derived', { cyclesPerWalk: '<b>0</b>' }))
    expect(read).toHaveProperty('run.lanes.0.derived', aRunResult().lanes[0].derived)
  })

  it.each([
    ['schema', 'dmt-lab/walk@1'],
    ['schema', undefined],
    ['lanes', []],
    ['lanes.0.id', '<b>radix</b>'],
    ['lanes.0.counters.walks', '5'],
    ['lanes.0.counters.walks', undefined],
    ['lanes.1.walkHistogram.0.steps.0', 'L9'],
    ['lanes.1.walkHistogram.0.count', 0],
    ['lanes.0.series', { ...aRunResult().lanes[0].series, cyclesPerWalk: [1] }],
    ['lanes.0.events.0.kind', 'party'],
    ['lanes.0.walks.0.address', '=1+1'],
    ['lanes.0.walks.0.access', '@x'],
    ['lanes.0.walks.0.steps.0.address', '=1+1'],
    ['lanes.0.walks.0.steps.0.hit', 'L9'],
    ['lanes.0.walks', Array(101).fill(aRunResult().lanes[0].walks?.[0])],
    ['comparison.pageWalkSpeedup.pvdmt', 'fast'],
    ['spec.levels', 6],
    ['spec.surprise', 1],
    ['formula', null],
    ['formula.lane', '<b>radix</b>'],
    ['formula.pages', '1G'],
    ['formula.walkOverhead', 1.5],
    ['formula.cyclesPerWalk.shadow', 5],
    ['formula.pageWalkSpeedup.dmt', 'fast'],
    ['provenance.emulated', 'all']
  ])('says where a file with a wrong %s is wrong', (path, value) => {
    const read = readRunResult(changed(path, value))
    const where = 'where' in read ? read.where : ''
    expect(where).not.toBe('')
    expect(path.startsWith(where)).toBe(true)
  })

  it.each([[null], [[]], ['text'], [{}], [7]])('refuses %j', (value) => {
    expect(readRunResult(value)).toHaveProperty('where')
  })
})
