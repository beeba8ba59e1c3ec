import { violations } from '../actions/accessibility'
import { headerlessRecords, overlappingMap, proseFile, truncatedGzip } from '../actions/bad-files'
import { enterFootprint, expectState, runToTheEnd, setUp } from '../actions/experiment'
import { chooseFiles, dropFiles, usePreviewedTrace } from '../actions/trace-files'
import type { LabWindow } from '../components/lab-window'
import { expect, test } from '../fixtures/lab'

/** One message, one line, and the lab goes on as if nothing had been tried. */
async function expectRefusal(lab: LabWindow, words: readonly RegExp[]): Promise<void> {
  await expect(lab.messages.errors).toHaveCount(1)
  const detail = lab.messages.errors.getByRole('paragraph')
  for (const word of words) await expect(detail).toHaveText(word)
  expect(await detail.innerText()).not.toContain('\n')
  await expect(lab.tracePreview.dialog).toBeHidden()
  await expectState(lab, 'Ready')
  await lab.messages.dismiss.click()
  await expect(lab.messages.errors).toHaveCount(0)
}

test.describe('A mistake is told in one clear line', () => {
  test('a gzip archive that is cut short', async ({ lab }, testInfo) => {
    await chooseFiles(lab, [await truncatedGzip(testInfo.outputPath('cut.lackey.gz'))])
    await expectRefusal(lab, [/cut short/, /cut\.lackey\.gz/])
  })

  test('a text that is no trace, and records that do not say what they are', async ({
    lab,
    page
  }, testInfo) => {
    const { tracePreview: preview } = lab
    await dropFiles(lab, [await proseFile(testInfo.outputPath('novel.txt'))])
    await expect(preview.problem).toContainText('Format not known: choose one')
    const reason = preview.problem.getByRole('paragraph')
    for (const word of [/no trace the lab knows/, /novel\.txt/, /lackey/])
      await expect(reason).toHaveText(word)
    expect(await reason.innerText()).not.toContain('\n')
    await expect(preview.use).toHaveAttribute('aria-disabled', 'true')
    expect.soft(await violations(page, '[aria-label="Import trace"]')).toEqual([])
    await preview.format.selectOption('dinero')
    await expect(preview.problem).toContainText('there is no record of the format dinero in it')
    await preview.cancel.click()
    await expect(preview.dialog).toBeHidden()
    await expectState(lab, 'Ready')
    await expect(lab.messages.errors).toHaveCount(0)

    await chooseFiles(lab, [await headerlessRecords(testInfo.outputPath('records.bin'), 3000)])
    await expect(preview.problem).toContainText('Format not known: choose one')
    await preview.format.selectOption('lab')
    await expect(preview.fact(/^3,000$/)).toBeVisible()
    await usePreviewedTrace(lab)
    await runToTheEnd(lab)
    await expect(lab.laneA.value('Walks')).toHaveText('3,000')
  })

  test('a memory map with overlapping areas', async ({ lab }, testInfo) => {
    const map = await overlappingMap(testInfo.outputPath('torn.maps'))
    await chooseFiles(lab, ['tests/fixtures/traces/cat.lackey.gz', map])
    await expectRefusal(lab, [/line 2 overlaps the one in line 1/, /torn\.maps/])
  })

  test('two traces at a time', async ({ lab }) => {
    const trace = 'tests/fixtures/traces/cat.lackey.gz'
    await chooseFiles(lab, [trace, 'tests/fixtures/valgrind/mixed.lackey.gz'])
    await expectRefusal(lab, [/One trace and one memory map at a time/])
  })

  test('a footprint that is no size', async ({ lab }) => {
    await enterFootprint(lab, '4XB')
    await expect(lab.setUp.problem.first()).toContainText('4XB')
    await expect(lab.setUp.footprint).toHaveAttribute('aria-invalid', 'true')
    await expect(lab.transport.run).toHaveAttribute('aria-disabled', 'true')

    await setUp(lab, { footprint: '64 MiB', references: '10k' })
    await expect(lab.setUp.problem).toHaveCount(0)
    await runToTheEnd(lab)
  })
})
