import { expectState, pause, run, runToTheEnd, setUp } from '../actions/experiment'
import { labRun } from '../actions/lab-command'
import { exportReport } from '../actions/report'
import type { RunResult } from '../actions/run-result'
import type { LabWindow } from '../components/lab-window'
import { expect, test } from '../fixtures/lab'

const EXPERIMENT = {
  environment: 'Virtualized',
  workload: 'Zipf',
  footprint: '128 MiB',
  references: '20k',
  lanes: ['Radix', 'pvDMT']
} as const
const FLAGS = ['--environment', 'virtualized', '--workload', 'zipf', '--footprint', '128MiB']
const REFERENCES = ['--references', '20k', '--lanes', 'radix,pvdmt']

const digests = (result: RunResult): string[] => result.lanes.map((lane) => lane.digest)

async function digestsInWindow(lab: LabWindow): Promise<string[]> {
  const { files } = await exportReport(lab)
  return digests(JSON.parse(files.get('run.json') ?? '') as RunResult)
}

test.describe('An experiment', () => {
  test('gives the same digest run, run again, and cut into steps', async ({ lab }) => {
    const expected = digests(await labRun(...FLAGS, ...REFERENCES))
    await setUp(lab, EXPERIMENT)
    await runToTheEnd(lab)
    expect(await digestsInWindow(lab)).toEqual(expected)

    await lab.transport.reset.click()
    await expectState(lab, 'Ready')
    await lab.transport.stepAccess.click()
    await expect(lab.transport.progress).toHaveAttribute('aria-valuetext', '1 of 20,000')
    await lab.transport.stepInsideWalk.click()
    await expect(lab.walk.position).toHaveText(/^Step 1 of/)
    await lab.walk.fromCold.click()
    await expect(lab.walk.stepsOf('A')).toHaveCount(24)
    await lab.tabs.live.click()
    await runToTheEnd(lab)
    expect(await digestsInWindow(lab)).toEqual(expected)
  })

  test('is partial in the report when it was paused', async ({ lab }) => {
    await setUp(lab, { ...EXPERIMENT, references: '1M', speed: '10 k/s' })
    await run(lab)
    await expect(lab.setUp.exportReport).toHaveAttribute('aria-disabled', 'true')
    await pause(lab)
    const { files } = await exportReport(lab)
    const result = JSON.parse(files.get('run.json') ?? '') as RunResult
    expect(result.partial).toBe(true)
    expect(files.get('report.html')).toMatch(/partial/i)
  })

  test('takes a new set-up at the next Reset', async ({ lab }) => {
    await setUp(lab, EXPERIMENT)
    await runToTheEnd(lab)
    await setUp(lab, { environment: 'Nested', lanes: ['Radix, three dimensions', 'DMT'] })
    await expect(lab.setUp.waiting).toHaveText('Environment and designs take effect at the next Reset.')

    await lab.transport.reset.click()
    await expectState(lab, 'Ready')
    await expect(lab.setUp.waiting).toHaveCount(0)
    await runToTheEnd(lab)
    await expect(lab.laneA.design).toHaveValue('radix-3d')
    await expect(lab.laneB.design).toHaveValue('dmt')
    await expect(lab.comparison.sameTranslations).toBeVisible()
  })
})
