import { runToTheEnd, setUp } from '../actions/experiment'
import { exportReport } from '../actions/report'
import { brokenLaws, type RunResult } from '../actions/run-result'
import { expect, test } from '../fixtures/lab'

test.describe('A report', () => {
  test('waits for something to report', async ({ lab }) => {
    await expect(lab.setUp.exportReport).toHaveAttribute('aria-disabled', 'true')
    await expect(lab.setUp.exportReport).toHaveAccessibleDescription(/nothing to report/)
  })

  test('comes as one archive with everything that ran', async ({ lab }) => {
    await setUp(lab, {
      workload: 'GUPS',
      footprint: '128 MiB',
      references: '100k',
      lanes: ['Radix', 'pvDMT']
    })
    await runToTheEnd(lab)

    const { archiveName, files } = await exportReport(lab)

    expect(archiveName).toMatch(/\.zip$/)
    expect([...files.keys()].sort()).toEqual([
      'report.html',
      'report.md',
      'run.json',
      'series.csv',
      'walks.csv'
    ])
    const result = JSON.parse(files.get('run.json') ?? '') as RunResult
    expect(result.schema).toBe('dmt-lab/run@1')
    expect(result.partial).toBe(false)
    expect(result.lanes.map((lane) => lane.id)).toEqual(['radix', 'pvdmt'])
    expect(result.lanes.flatMap(brokenLaws)).toEqual([])
    expect(result.lanes.map((lane) => lane.counters.references)).toEqual([100_000, 100_000])
    expect(result.lanes[1].derived.coveredReferencesPerWalk).toBe(2)
    await expect(lab.messages.list).toContainText(archiveName)
  })

  test('says the numbers of the window', async ({ lab }) => {
    await setUp(lab, { workload: 'GUPS', footprint: '128 MiB', references: '50k', lanes: ['Radix', 'DMT'] })
    await runToTheEnd(lab)
    const { files } = await exportReport(lab)
    const { lanes } = JSON.parse(files.get('run.json') ?? '') as RunResult
    for (const [i, lane] of [lab.laneA, lab.laneB].entries()) {
      const { counters, derived } = lanes[i]
      await expect(lane.value('Walks')).toHaveText(counters.walks.toLocaleString('en-US'))
      await expect(lane.value('Refs / walk')).toHaveText(derived.referencesPerWalk.toFixed(2))
      await expect(lane.value('Cycles / walk')).toHaveText(derived.cyclesPerWalk.toFixed(1))
    }
    expect(files.get('report.html')).toContain(lanes[0].digest.slice(0, 8))
    expect(files.get('series.csv')?.split('\n').length).toBeGreaterThan(2)
    expect(files.get('walks.csv')?.split('\n').length).toBeGreaterThan(100)
  })
})
