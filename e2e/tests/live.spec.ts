import { violations } from '../actions/accessibility'
import { expectState, pause, run, runToTheEnd, setUp } from '../actions/experiment'
import { inEveryLook } from '../actions/looks'
import { savedPicture } from '../actions/saved-picture'
import { expect, test } from '../fixtures/lab'

const GUPS = {
  environment: 'Virtualized',
  workload: 'GUPS',
  footprint: '64 MiB',
  references: '200k',
  lanes: ['Radix', 'pvDMT']
} as const

/** What is held to accessibility in every look: the tables are long and the same in each. */
const PARTS = ['.tabs', '.head', '.plots figcaption', '.foot']

test.describe('Live view', () => {
  test('shows any part of the run, any measure, and every number', async ({ lab, page }) => {
    await setUp(lab, GUPS)
    await runToTheEnd(lab)
    const { live } = lab
    const rows = lab.chart('Cycles per walk').rows
    await expect(live.fit).toHaveAttribute('aria-disabled', 'true')

    await live.charts.press('End')
    await live.charts.press('+')
    await live.charts.press('+')
    await expect(live.shownFrom).toHaveAttribute('aria-valuenow', '150000')
    await expect(rows.last().getByRole('cell').first()).toHaveText('200,000')
    await live.charts.press('Shift+ArrowLeft')
    await expect(live.shownTo).toHaveAttribute('aria-valuenow', '187500')
    await live.fit.click()
    await expect(live.shownFrom).toHaveAttribute('aria-valuenow', '0')

    const { picture, save } = lab.chart('Cycles per walk')
    const onScreen = await picture.boundingBox()
    const saved = await savedPicture(lab, () => save.click())
    expect(saved.name).toBe('cycles-per-walk-gups-64mib-virtualized-radix-pvdmt-skylake-seed-1.png')
    expect(saved.width).toBe(2 * (Math.floor(onScreen?.width ?? 0) + 32))
    expect(saved.height).toBeGreaterThan(2 * ((onScreen?.height ?? 0) + 100))
    expect(saved.colours).toBeGreaterThan(50)
    expect(saved.ground).toBe(saved.panel)
    expect(saved.inMargin).toBe(0)
    await lab.chart('Speedup').picture.hover()
    const other = await savedPicture(lab, async () => {
      await lab.commands.button.click()
      await page.keyboard.type('save picture')
      await page.keyboard.press('Enter')
    })
    expect(other.name).toMatch(/^speedup-gups-/)

    await live.smoothing.selectOption({ label: 'Whole run so far' })
    const perWalk = await lab.laneB.value('Cycles / walk').innerText()
    await expect(rows.last().getByRole('cell').nth(2)).toHaveText(perWalk)

    await lab.chart('Walk overhead').showAsTable.click()
    await live.measureOf(4).selectOption({ label: 'DMT coverage' })
    await expect(page.getByRole('img', { name: 'DMT coverage', exact: true })).toBeVisible()
    await expect(live.openTable('DMT coverage')).toBeVisible()
    await live.closeTable.click()
    await lab.comparison.range.selectOption('last')
    await expect(lab.comparison.range).toHaveAccessibleDescription(/^References 100,001 to 200,000/)
    await inEveryLook(page, async (look) => {
      await expect(live.shownTo).toBeInViewport({ ratio: 1 })
      expect.soft(await violations(page, ...PARTS), look).toEqual([])
    })

    await live.show('Results').click()
    await live.searchResults.fill('dmt walks')
    await expect(live.results.getByRole('row', { name: /^DMT walks, / })).toBeVisible()
    expect.soft(await violations(page, '.results')).toEqual([])
    await lab.commands.menu('View').click()
    await lab.commands.item('View', 'Tables of charts').click()
    await expect(live.openTable('TLB misses per 1k references')).toBeVisible()
    await lab.tabs.tables.click()
    await expect(live.openTable('TLB misses per 1k references')).toBeHidden()

    await live.show('Walks').click()
    await expect(live.places.getByRole('row', { name: /level 1 by register/ })).not.toHaveCount(0)
    expect.soft(await violations(page, '.walks')).toEqual([])
    await live.latencyTable
      .getByRole('button', { name: /of lane B .*show one$/ })
      .first()
      .click()
    await expect(lab.tabs.walk).toHaveAttribute('aria-selected', 'true')

    await page.reload()
    await lab.transport.stepAccess.click()
    await expectState(lab, 'Paused')
    await expect(live.show('Walks')).toHaveAttribute('aria-pressed', 'true')
    await expect(lab.comparison.range).toHaveValue('last')
    await lab.commands.menu('View').click()
    await lab.commands.item('View', 'Reset layout').click()
    await expect(live.smoothing).toHaveValue('none')
    await expect(lab.chart('Walk overhead').picture).toBeVisible()
    await expect(lab.comparison.range).toHaveValue('warm-up')
  })

  test('marks a switch, leads to its event, and runs on without drawing', async ({ lab }) => {
    await setUp(lab, { ...GUPS, references: '10M', speed: '100 k/s' })
    await run(lab)
    await lab.laneB.dmt.click()
    await lab.live.withoutDrawing.click()
    const held = await lab.laneB.value('Walks').innerText()
    const progress = await lab.transport.progress.getAttribute('aria-valuetext')
    await expect(lab.transport.progress).not.toHaveAttribute('aria-valuetext', progress ?? '', {
      timeout: 5000
    })
    await expect(lab.laneB.value('Walks')).toHaveText(held)
    await lab.live.withoutDrawing.click()
    await expect(lab.laneB.value('Walks')).not.toHaveText(held)
    await pause(lab)

    const told = lab.chart('Cycles per walk').table
    await expect(told.getByRole('columnheader', { name: 'What happened' })).toBeAttached()
    await expect(told.getByRole('cell', { name: /B: DMT off/ }).first()).toBeAttached()
    await lab.live.happening(/^Lane B: DMT off at /).click()
    await lab.live.showInEvents(/^Show in Events: lane B, DMT off/).click()
    await expect(lab.events.rowsOf('DMT off')).toHaveCount(1)
    await expectState(lab, 'Paused')
  })
})
