import { violations } from '../actions/accessibility'
import { expectState, run, setUp } from '../actions/experiment'
import { inEveryLook } from '../actions/looks'
import { expect, test } from '../fixtures/lab'

const SMALL = { workload: 'Pointer chase', footprint: '64 MiB', references: '1M', speed: '1 k/s' } as const

test('Every command is in a menu and in the palette, and says why it cannot be done', async ({
  lab,
  page
}) => {
  const { commands } = lab
  await setUp(lab, SMALL)
  await inEveryLook(page, async (look) => {
    await commands.menu('File').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await expect(commands.item('Run', 'Run')).toBeFocused()
    await expect(commands.item('Run', 'Reset')).toHaveAttribute('aria-disabled', 'true')
    await expect(commands.item('Run', 'Reset')).toHaveAccessibleDescription('Nothing has run yet')
    await expect(commands.item('Run', '1 access a second')).not.toBeChecked()
    expect.soft(await violations(page), `menu, ${look}`).toEqual([])
    await page.keyboard.press('ArrowRight')
    await expect(commands.item('View', 'Live')).toBeFocused()
    await page.keyboard.press('End')
    await expect(commands.item('View', 'Reset layout')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(commands.menu('View')).toBeFocused()

    await page.keyboard.press('Control+Shift+P')
    await expect(commands.field).toBeFocused()
    await page.keyboard.type('export')
    await expect(commands.options).toHaveCount(1)
    await expect(commands.options).toHaveAttribute('aria-disabled', 'true')
    await page.keyboard.press('Enter')
    await expect(commands.palette.getByRole('status')).toHaveText(/nothing to report/)
    expect.soft(await violations(page), `palette, ${look}`).toEqual([])
    await page.keyboard.press('Escape')
    await expect(commands.palette).toBeHidden()
    await expect(commands.menu('View')).toBeFocused()
  })

  await page.keyboard.press('F1')
  await expect(lab.help.searchAll).toBeFocused()
  await commands.button.click()
  await page.keyboard.type('next step')
  await expect(commands.options.first()).toHaveAccessibleDescription('No walk is shown yet')
  await commands.field.fill('live charts')
  await page.keyboard.press('Enter')
  await expect(lab.tabs.live).toHaveAttribute('aria-selected', 'true')

  for (const isOn of [false, true]) {
    await commands.button.click()
    await page.keyboard.type('lane b dmt')
    await expect(commands.options).toHaveAccessibleName('Lane B DMT')
    await page.keyboard.press('Enter')
    await expect(lab.laneB.dmt).toBeChecked({ checked: isOn })
  }
  await commands.menu('Tools').click()
  await expect(commands.item('Tools', 'Lane C DMT')).toHaveCount(0)
  await commands.item('Tools', 'Cooperative allocation').click()
  await expect(lab.setUp.cooperation).not.toBeChecked()
  await page.keyboard.press('Control+Z')
  await expect(lab.setUp.cooperation).toBeChecked()

  await lab.setUp.environment.focus()
  await commands.menu('Help').click()
  await commands.item('Help', 'What is this?').click()
  await expect(lab.help.article('Environment')).toBeFocused()
  await lab.tabs.live.click()

  await page.keyboard.press('?')
  await expect(commands.sheet.getByRole('row', { name: /Step back inside walk.*Step back/ })).toContainText(
    'F11'
  )
  expect.soft(await violations(page), 'sheet of keys').toEqual([])
  await page.keyboard.press('Escape')

  await commands.button.click()
  await page.keyboard.type('run')
  await expect(commands.options.first()).toHaveAccessibleName('Run')
  await page.keyboard.press('Enter')
  await expectState(lab, 'Running')
  await expect(lab.laneB.value('Walks')).toHaveText(/\d/)
  await page.keyboard.press('Control+1')
  await expect(lab.transport.speed).toHaveValue('1')
  await commands.menu('Run').click()
  await commands.item('Run', 'Pause').click()
  await expectState(lab, 'Paused')
})

test('A set-up is undone, named and kept, and so is how the window looks', async ({ lab, page }) => {
  const { commands, setUp: panel } = lab
  await panel.pageSize.selectOption('2M')
  await panel.environment.selectOption('native')
  await expect(panel.undo).toHaveAccessibleDescription('environment and designs')
  await page.keyboard.press('Control+Z')
  await expect(panel.environment).toHaveValue('virtualized')
  await expect(lab.laneB.design).toHaveValue('pvdmt')
  await panel.undo.click()
  await expect(panel.pageSize).toHaveValue('4K')
  await panel.redo.click()
  await expect(panel.pageSize).toHaveValue('2M')

  await commands.presets.click()
  await commands.item('Presets', 'Save as preset…').click()
  await expect(commands.presetName).toBeFocused()
  await page.keyboard.type('Huge pages')
  expect.soft(await violations(page), 'saving a preset').toEqual([])
  await page.keyboard.press('Enter')
  await expect(commands.presets).toBeFocused()
  await page.keyboard.press('Enter')
  await commands.item('Presets', 'Own presets…').click()
  await commands.ofPreset('Delete', 'Huge pages').press('Enter')
  await expect(commands.keepPreset).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(commands.ofPreset('Delete', 'Huge pages')).toBeFocused()
  await page.keyboard.press('Escape')
  await commands.presets.click()
  await commands.item('Presets', 'A list chased on the tiny machine').click()
  await expect(panel.profile).toHaveValue('tiny')
  await commands.menu('View').click()
  await commands.item('View', 'Dark theme').click()
  for (let step = 0; step < 2; step++) await page.keyboard.press('Control+=')

  await page.reload()
  await expect(lab.start.heading).toBeVisible()
  await expect(lab.transport.theme).toHaveAccessibleName('Theme: dark')
  await page.keyboard.press('Control+0')
  await expect(panel.pageSize).toHaveValue('4K')
  await commands.presets.press('ArrowDown')
  await commands.item('Presets', 'Huge pages').click()
  await expect(panel.pageSize).toHaveValue('2M')
  await expect(panel.profile).toHaveValue('skylake')
})

test('At 200 % and for a room everything is there, and Escape goes back', async ({ lab, page }) => {
  const { commands, transport } = lab
  await setUp(lab, SMALL)
  await run(lab)
  await page.keyboard.press('F9')
  await expect(commands.menu('File')).toBeHidden()
  await expect(lab.setUp.environment).toBeHidden()
  await expect(transport.progress).toBeVisible()
  await expect(page.getByRole('contentinfo').getByRole('button', { name: 'Emulated' })).toBeVisible()
  await inEveryLook(page, async (look) => {
    expect.soft(await violations(page), `presenter mode, ${look}`).toEqual([])
  })
  await page.keyboard.press('F5')
  await expectState(lab, 'Paused')
  await page.keyboard.press('F10')
  await page.keyboard.press('Escape')
  await expect(lab.setUp.environment).toBeVisible()

  for (let step = 0; step < 6; step++) await page.keyboard.press('Control+=')
  await inEveryLook(page, async (look) => {
    const isWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
    expect.soft(isWide, look).toBe(false)
    await transport.run.click({ trial: true })
    await commands.openMenus()
    await expect(commands.item('File', 'Import trace')).toBeFocused()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await lab.tabs.help.click({ trial: true })
    await commands.button.click()
    await expect(commands.field).toBeVisible()
    await page.keyboard.type('actual')
    await expect(commands.options).toHaveCount(1)
    expect.soft(await violations(page), `200 %, ${look}`).toEqual([])
    await page.keyboard.press('Escape')
  })
})
