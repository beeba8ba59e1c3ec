import { expectNoViolation } from '../actions/accessibility'
import { runToTheEnd, setUp } from '../actions/experiment'
import { EXAMPLE, chooseOwnHardware, hardwareFile } from '../actions/hardware-file'
import { labRun } from '../actions/lab-command'
import { exportReport } from '../actions/report'
import type { RunResult } from '../actions/run-result'
import { dropFiles } from '../actions/trace-files'
import { expect, test } from '../fixtures/lab'

const TITLE = 'Skylake with a larger cache'

test.describe('Hardware of one’s own', () => {
  test('is chosen, run, and gives the digest of the command line', async ({ lab }) => {
    await chooseOwnHardware(lab, EXAMPLE)
    await expect(lab.setUp.profile.getByRole('option', { selected: true })).toHaveText(TITLE)

    await setUp(lab, { footprint: '64 MiB', references: '50k' })
    await runToTheEnd(lab)
    const { files } = await exportReport(lab)
    const inWindow = JSON.parse(files.get('run.json') ?? '') as RunResult
    expect(inWindow.spec).toMatchObject({ profile: TITLE, cache: { llc: { bytes: 2 ** 25 } } })

    const flags = ['--footprint', '64MiB', '--references', '50k', '--lanes', 'radix,pvdmt']
    const onCommandLine = await labRun(...flags, '--profile', EXAMPLE)
    expect(inWindow.lanes.map((lane) => lane.digest)).toEqual(onCommandLine.lanes.map((lane) => lane.digest))
  })

  test('is looked at, number by number beside what it differs from', async ({ lab }) => {
    await dropFiles(lab, [EXAMPLE])
    await expect(lab.setUp.profile.getByRole('option', { selected: true })).toHaveText(TITLE)
    await lab.setUp.hardwareNumbers.click()
    await expect(lab.hardwareNumbers.dialog).toContainText(TITLE)
    await expect(lab.hardwareNumbers.row('cache.llc.bytes')).toContainText('32 MiB')
    await expect(lab.hardwareNumbers.row('cache.llc.bytes')).toContainText('changed from 22 MiB')
    await expect(lab.hardwareNumbers.row('cache.l2.bytes')).not.toContainText('changed')
    await expect(lab.hardwareNumbers.changed).toHaveCount(6)
    await expectNoViolation(lab.page)
    await lab.page.keyboard.press('Escape')
    await expect(lab.hardwareNumbers.dialog).toBeHidden()
    await expect(lab.setUp.hardwareNumbers).toBeFocused()
  })

  test('is dropped on the window', async ({ lab }) => {
    await dropFiles(lab, [EXAMPLE])
    await expect(lab.setUp.profile.getByRole('option', { selected: true })).toHaveText(TITLE)
    await lab.setUp.profile.selectOption({ label: 'Tiny teaching machine' })
    await expect(lab.setUp.profile).toHaveValue('tiny')
  })

  test('leaves the hardware as it was when the file is wrong', async ({ lab }, testInfo) => {
    const text = '{ "tlb": { "shared": { "4K2M": { "entries": 1536, "ways": 10 } } } }'
    await chooseOwnHardware(lab, await hardwareFile(testInfo.outputPath('odd.json'), text))
    await expect(lab.messages.errors).toHaveCount(1)
    const line = lab.messages.errors.getByRole('paragraph')
    await expect(line).toHaveText(/whole number of sets.*tlb\.shared\.4K2M in odd\.json/)
    expect(await line.innerText()).not.toContain('\n')
    await expect(lab.setUp.profile).toHaveValue('skylake')
  })
})
