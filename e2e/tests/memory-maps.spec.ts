import { readdirSync } from 'node:fs'
import { expectNoViolation } from '../actions/accessibility'
import { chooseFiles, dropFiles } from '../actions/trace-files'
import { MemoryMaps } from '../components/memory-maps'
import { expect, test } from '../fixtures/lab'

const FOLDER = 'tests/fixtures/maps'
const MAPS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.maps'))
  .map((file) => `${FOLDER}/${file}`)

test.describe('Memory maps without a trace', () => {
  test('one says whether its process would profit, as the command line does', async ({ lab, page }) => {
    await chooseFiles(lab, [`${FOLDER}/java.smaps.gz`])
    const maps = new MemoryMaps(page)
    await expect(maps.dialog).toContainText('2 registers would cover 87')
    await expect(maps.curve).toHaveAccessibleName(/50 % with 1, 90 % with 3, 99 % with 8/)
    await expect(maps.strip).toBeVisible()
    await expect(maps.teas.getByRole('row')).toHaveCount(3)
    await expect(maps.teas).toContainText('511')
    await expectNoViolation(page)
    await page.keyboard.press('Escape')
    await expect(maps.dialog).toBeHidden()
  })

  test('many stand in a table that sorts, and each opens', async ({ lab, page }) => {
    await dropFiles(lab, MAPS)
    const maps = new MemoryMaps(page)
    await expect(maps.processes.getByRole('row')).toHaveCount(MAPS.length + 1)
    await maps.sortedBy('Memory map').click()
    await expect(maps.processes.getByRole('row').nth(1)).toContainText('java.maps')
    await maps.sortedBy('TEA frames').click()
    await expect(maps.processes.getByRole('row').nth(1)).toContainText('java.maps')
    await maps.row('nginx-worker').getByRole('button').click()
    await expect(maps.dialog).toContainText('One register would cover 59')
    await expectNoViolation(page)
    await maps.close.click()
    await expect(maps.dialog).toBeHidden()
  })
})
