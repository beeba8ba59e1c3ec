import { expectNoViolation } from '../actions/accessibility'
import { expectState, setUp } from '../actions/experiment'
import { chooseFiles, dropFiles } from '../actions/trace-files'
import { expect, test } from '../fixtures/lab'

const UNIFORM = 'tests/fixtures/golden/uniform'
const LOOKED_AT = { timeout: 30_000 }
const REPLAYED = { timeout: 60_000 }

test.describe('Results of the paper’s tools', () => {
  test('a histogram is laid over the run’s own formula, and removed', async ({ lab, page }) => {
    await setUp(lab, {
      environment: 'Virtualized',
      workload: 'GUPS',
      footprint: '128 MiB',
      references: '2000',
      lanes: ['Radix', 'pvDMT']
    })
    await lab.transport.stepAccess.click()
    await expectState(lab, 'Paused')

    await chooseFiles(lab, [`${UNIFORM}/expected.virt.txt`])
    const results = lab.paperResults
    await expect(results.file('Histogram, virtualized, 37,477 walks in 223 patterns')).toBeVisible(LOOKED_AT)
    await expect(results.cellsOf('Radix (Vanilla)').nth(0)).toHaveText('66.93')
    await expect(results.cellsOf('pvDMT').nth(1)).toHaveText('2.08×')
    await expect(results.cellsOf('Radix (Vanilla)').nth(2)).not.toHaveText('–')

    await page.context().grantPermissions(['clipboard-read'])
    await results.copy.click()
    await expect(results.dialog).toContainText('Copied')
    const copied = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(copied).toMatch(/^Vanilla\t66\.9272\t/m)

    await results.layOver.click()
    await expect(results.dialog).toBeHidden()
    await expect(lab.formula.cellsOf('Radix (Vanilla)').nth(6)).toHaveText('66.93')
    await expectNoViolation(page)
    await lab.formula.panel.getByRole('button', { name: 'Remove imported', exact: true }).click()
    await expect(lab.formula.cellsOf('Radix (Vanilla)')).toHaveCount(6)
  })

  test('a trace is replayed over the dumps that were dropped with it', async ({ lab, page }) => {
    const names = ['pt_dump.host.gz', 'trace.bin.gz', 'pt_dump.gz']
    await dropFiles(
      lab,
      names.map((name) => `${UNIFORM}/${name}`)
    )
    const results = lab.paperResults
    await expect(results.file('Trace, 50,000 records')).toBeVisible(LOOKED_AT)
    await expect(results.file('Page-table dump of a host')).toBeVisible()
    await expect(results.columns('byte addresses')).toBeChecked()

    await results.replay.focus()
    await page.keyboard.press('Enter')
    await expect(results.dialog).toContainText('37,477 walks in 223 patterns', REPLAYED)
    await expect(results.file('12,004 hits, 37,477 misses')).toBeVisible()
    await expect(results.cellsOf('Radix (Vanilla)').nth(0)).toHaveText('66.93')
    await expectNoViolation(page)

    await page.keyboard.press('Escape')
    await expect(results.dialog).toBeHidden()
    await expect(lab.setUp.workload).toHaveValue('gups')
  })
})
