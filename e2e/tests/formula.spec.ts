import { expectNoViolation } from '../actions/accessibility'
import { expectState, setUp } from '../actions/experiment'
import { expect, test } from '../fixtures/lab'

const GUPS = {
  environment: 'Virtualized',
  workload: 'GUPS',
  footprint: '128 MiB',
  references: '200'
} as const

test.describe('The paper’s formula', () => {
  test('folds out under the comparison: labelled, with the emulated cost of the baseline', async ({
    lab,
    page
  }) => {
    await setUp(lab, { ...GUPS, lanes: ['Radix', 'pvDMT'] })
    await lab.transport.stepAccess.click()
    await expectState(lab, 'Paused')
    await expect(lab.formula.panel).toHaveCount(0)

    await lab.formula.button.click()
    await expect(lab.formula.cellsOf('Radix (Vanilla)').nth(1)).toHaveText(
      await lab.laneA.value('Cycles / walk').innerText()
    )
    await expect(lab.formula.cellsOf('pvDMT')).toHaveCount(6)
    await expect(lab.formula.panel).toContainText('cycles of the baseline ÷ cycles of the design')
    const heads = await lab.formula.panel.getByRole('columnheader').allInnerTexts()
    expect(new Set(heads).size).toBe(heads.length)
    await expect(lab.formula.panel).toContainText('Emulated ')
    await expect(lab.formula.panel).toContainText('Memory for translation')
    await expectNoViolation(page)

    await page.keyboard.press('Escape')
    await expect(lab.formula.panel).toHaveCount(0)
  })

  test('says when it has nothing to compute', async ({ lab }) => {
    await setUp(lab, { ...GUPS, lanes: ['DMT', 'pvDMT'] })
    await lab.transport.stepAccess.click()
    await expectState(lab, 'Paused')
    await lab.formula.button.click()
    await expect(lab.formula.panel).toContainText('Nothing to compute')
  })
})
