import { overlappingMap } from '../actions/bad-files'
import { expectState, pause, run, setUp, SMALL } from '../actions/experiment'
import { chooseFiles, dropFiles } from '../actions/trace-files'
import { expect, test } from '../fixtures/lab'

test.describe('What is closed by keyboard', () => {
  test('gives the keyboard back to what opened it', async ({ lab, page }, testInfo) => {
    const close = (name: string) => page.getByRole('button', { name, exact: true })
    await setUp(lab, SMALL)
    await run(lab)
    await lab.laneB.dmt.click()
    await expect(lab.live.happening(/^Lane B: DMT off at /)).toBeVisible()
    await pause(lab)

    await lab.formula.button.press('Enter')
    await close('Close formula').press('Enter')
    await expect(lab.formula.button).toBeFocused()
    await page.keyboard.press('Enter')
    await close('Close formula').press('Escape')
    await expect(lab.formula.panel).toBeHidden()
    await expect(lab.formula.button).toBeFocused()

    const { showAsTable } = lab.chart('Walk overhead')
    await showAsTable.press('Enter')
    await lab.live.closeTable.press('Enter')
    await expect(showAsTable).toBeFocused()

    const chip = lab.live.happening(/^Lane B: DMT off at /)
    await chip.press('Enter')
    await close('Close events at the crosshair').press('Enter')
    await expect(chip).toBeFocused()

    await lab.laneA.design.focus()
    const torn = await overlappingMap(testInfo.outputPath('torn.maps'))
    await dropFiles(lab, ['tests/fixtures/traces/cat.lackey.gz', torn])
    await expect(lab.messages.errors).toHaveCount(1)
    await lab.messages.dismiss.press('Enter')
    await expect(lab.messages.errors).toHaveCount(0)
    await expect(lab.laneA.design).toBeFocused()

    await lab.tabs.walk.click()
    await expect(lab.setUp.environment).toBeHidden()
    await lab.setUp.unfold.press('Enter')
    await lab.setUp.environment.press('Escape')
    await expect(lab.setUp.environment).toBeHidden()
    await expect(lab.setUp.unfold).toBeFocused()
  })

  test('gives it back to the part that Memory told of', async ({ lab, page }) => {
    await setUp(lab, SMALL)
    await lab.transport.stepInsideWalk.click()
    await expectState(lab, 'Paused')
    await lab.tabs.memory.click()
    const register = lab.memory.band('L1').getByRole('button', { name: /^Register 0 of L1, covers/ })
    await register.press('Enter')
    await page.getByRole('button', { name: 'Close details', exact: true }).press('Enter')
    await expect(register).toBeFocused()
  })

  test('gives it to the view when what opened it has gone', async ({ lab, page }) => {
    await lab.start.question('Why can one miss cost 24 references?').press('Enter')
    await expectState(lab, 'Paused')
    await lab.start.skip.press('Enter')
    await expect(lab.start.answer).toBeFocused()
    await lab.start.answer.getByRole('button', { name: 'Close answer' }).press('Enter')
    await expect(lab.start.answer).toBeHidden()
    await expect(page.locator('#view')).toBeFocused()
  })

  test('gives it back from files that were read', async ({ lab, page }) => {
    await setUp(lab, SMALL)
    await lab.transport.stepAccess.click()
    await expectState(lab, 'Paused')
    await chooseFiles(lab, ['tests/fixtures/golden/uniform/expected.virt.txt'])
    await expect(lab.paperResults.layOver).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(lab.paperResults.dialog).toBeHidden()
    await expect(lab.setUp.importTrace).toBeFocused()

    await chooseFiles(lab, ['tests/fixtures/traces/cat.lackey.gz'])
    await expect(lab.tracePreview.use).toBeFocused()
    await expect(lab.tracePreview.use).not.toHaveAttribute('aria-disabled', 'true')
    await page.keyboard.press('Enter')
    await expect(lab.tracePreview.dialog).toBeHidden()
    await expect(lab.setUp.importTrace).toBeFocused()

    await chooseFiles(lab, ['tests/fixtures/maps/java.smaps.gz'])
    const join = page.getByRole('button', { name: 'Use with the trace', exact: true })
    await expect(join).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(join).toBeHidden()
    await expect(page.locator('body:focus')).toHaveCount(0)
  })

  test('gives it back from a name that was changed', async ({ lab, page }) => {
    const { commands } = lab
    await commands.presets.press('Enter')
    await commands.item('Presets', 'Save as preset…').click()
    await page.keyboard.type('Small')
    await page.keyboard.press('Enter')
    await commands.presets.press('Enter')
    await commands.item('Presets', 'Own presets…').click()
    await commands.ofPreset('Rename', 'Small').press('Enter')
    await expect(page.getByRole('textbox', { name: 'New name of Small' })).toBeFocused()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Tiny')
    await page.keyboard.press('Enter')
    await expect(commands.ofPreset('Rename', 'Tiny')).toBeFocused()
  })
})

test('Arrows open the offers of a field at its value, and go from there', async ({ lab, page }) => {
  const field = lab.setUp.footprint
  const offers = page.getByRole('listbox', { name: 'Footprint offers' }).getByRole('option')
  await field.focus()
  await field.press('ArrowUp')
  await expect(field).toHaveAttribute('aria-expanded', 'true')
  const selected = page.getByRole('option', { selected: true }).and(offers)
  await expect(field).toHaveAttribute('aria-activedescendant', (await selected.getAttribute('id')) ?? '')
  const at = (await offers.allInnerTexts()).indexOf(await selected.innerText())
  await field.press('ArrowUp')
  await field.press('Enter')
  await expect(field).toHaveAttribute('aria-expanded', 'false')
  await expect(field).toBeFocused()
  await field.press('ArrowUp')
  const chosen = await offers.nth(at - 1).getAttribute('id')
  await expect(field).toHaveAttribute('aria-activedescendant', chosen ?? '')
})

test('A window without its lab says so, and what to do', async ({ context, host }) => {
  const page = await context.newPage()
  await page.routeWebSocket(/./, (socket) => socket.close())
  await page.goto(host.url)
  await expect(page.getByRole('alert')).toHaveText(
    'The lab could not be reached, open the address it printed when it started.'
  )
})
