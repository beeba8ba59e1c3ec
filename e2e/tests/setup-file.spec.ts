import { writeFile } from 'node:fs/promises'
import { expectNoViolation } from '../actions/accessibility'
import { expectState, runToTheEnd, setUp } from '../actions/experiment'
import { EXAMPLE } from '../actions/hardware-file'
import { labRun } from '../actions/lab-command'
import { exportReport } from '../actions/report'
import type { RunResult } from '../actions/run-result'
import { dropFiles } from '../actions/trace-files'
import { expect, test } from '../fixtures/lab'

const FLAGS = [
  '--environment',
  'nested',
  '--lanes',
  'radix,pvdmt,dmt',
  '--footprint',
  '48MiB',
  '--references',
  '20k'
]

test.describe('A set-up in a file', () => {
  test('a colleague’s result is dropped, shows what it ran, and gives the same digests', async ({
    lab,
    page
  }, testInfo) => {
    const theirs = await labRun(...FLAGS, '--profile', EXAMPLE)
    const path = testInfo.outputPath('run.json')
    await writeFile(path, JSON.stringify(theirs))
    await setUp(lab, { footprint: '32 MiB', references: '20k' })
    await runToTheEnd(lab)
    await dropFiles(lab, [path])
    await expect(lab.messages.list).toContainText('Set-up read')
    await expect(lab.setUp.environment).toHaveValue('nested')
    await expect(lab.setUp.footprint).toHaveValue(/^48\sMiB$/)
    await expect(lab.setUp.profile.getByRole('option', { selected: true })).toHaveText(
      String(theirs.spec.profile)
    )
    await expect(page.getByRole('combobox', { name: /^Lane [A-D] design$/ })).toHaveCount(3)

    await lab.transport.reset.click()
    await runToTheEnd(lab)
    const { files } = await exportReport(lab)
    const ours = JSON.parse(files.get('run.json') ?? '') as RunResult
    expect(ours.lanes.map((lane) => lane.digest)).toEqual(theirs.lanes.map((lane) => lane.digest))

    await lab.live.show('Results').click()
    await lab.live.besideBefore.click()
    await expect(lab.live.before).toContainText(
      /^ ?The run before: 20,000 references, +set up with environment virtualized \(now nested\)/
    )
    await expect(lab.live.results.getByRole('columnheader', { name: 'B against before' })).toBeVisible()
    await expectNoViolation(page)
  })

  test('a spec says what it has that the window does not, and is undone like any change', async ({
    lab
  }, testInfo) => {
    const path = testInfo.outputPath('spec.json')
    await writeFile(path, JSON.stringify({ workload: 'btree', trace: { file: 'gzip.lackey' }, walk: {} }))
    await dropFiles(lab, [path])
    await expect(lab.messages.errors).toHaveCount(1)
    await writeFile(path, JSON.stringify({ workload: 'btree', trace: { file: 'gzip.lackey' }, verify: true }))
    await dropFiles(lab, [path])
    await expect(lab.messages.list).toContainText('Drop gzip.lackey as well')
    await expect(lab.messages.list).toContainText('Only the command line takes verify')
    await expect(lab.setUp.workload).toHaveValue('btree')
    await lab.setUp.undo.click()
    await expect(lab.setUp.workload).not.toHaveValue('btree')
    await expectState(lab, 'Ready')
  })
})
