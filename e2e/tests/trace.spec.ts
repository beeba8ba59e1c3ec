import { enterReferences, expectState, runToTheEnd } from '../actions/experiment'
import { labRun } from '../actions/lab-command'
import { exportReport } from '../actions/report'
import type { RunResult } from '../actions/run-result'
import { chooseFiles, dropFiles, perfSamples, usePreviewedTrace } from '../actions/trace-files'
import { expect, test } from '../fixtures/lab'

const TRACE = 'tests/fixtures/traces/list-chase.lackey.gz'
const MAPS = 'tests/fixtures/traces/list-chase.maps'
const PREVIEW = { timeout: 30_000 }

test.describe('A trace of a real program', () => {
  test('is chosen, looked at, run, and gives the digest of the command line', async ({ lab }) => {
    await chooseFiles(lab, [TRACE, MAPS])
    await expect(lab.tracePreview.fact('2,741,172')).toBeVisible(PREVIEW)
    await expect(lab.tracePreview.fact(/^list-chase\.maps, \d+ areas$/)).toBeVisible()
    await usePreviewedTrace(lab)
    await expect(lab.setUp.footprint).toBeDisabled()
    await lab.setUp.footprint.focus()
    await expect(lab.setUp.footprint).toBeFocused()
    await expect(lab.setUp.footprint).toHaveAccessibleDescription('The trace decides what is touched')

    await enterReferences(lab, '200k')
    await runToTheEnd(lab)
    await expect(lab.start.answer).toContainText(/Of 1,000 references [\d.]+ miss the TLB/)
    await expect(lab.start.answer).toContainText(/Registers served [\d.]+\s% of its walks/)
    const { files } = await exportReport(lab)
    const inWindow = JSON.parse(files.get('run.json') ?? '') as RunResult
    expect(inWindow.source).toMatchObject({ kind: 'trace', name: 'list-chase.lackey.gz' })
    expect(inWindow.comparison.sameTranslations).toBe(true)

    const flags = ['--environment', 'virtualized', '--lanes', 'radix,pvdmt', '--references', '200k']
    const onCommandLine = await labRun(...flags, '--trace', TRACE, '--maps', MAPS)
    expect(inWindow.lanes.map((lane) => lane.digest)).toEqual(onCommandLine.lanes.map((lane) => lane.digest))
  })

  test('gets entry areas for its small areas where the threshold says so', async ({ lab, page }) => {
    await chooseFiles(lab, [
      'tests/fixtures/traces/perl-hash.lackey.gz',
      'tests/fixtures/traces/perl-hash.maps'
    ])
    await expect(lab.tracePreview.fact(/^perl-hash\.maps, \d+ areas$/)).toBeVisible(PREVIEW)
    await usePreviewedTrace(lab)
    await page.getByRole('textbox', { name: 'TEA threshold' }).fill('1 MiB')
    await page.getByRole('textbox', { name: 'TEA threshold' }).press('Enter')
    await runToTheEnd(lab)
    const { files } = await exportReport(lab)
    const inWindow = JSON.parse(files.get('run.json') ?? '') as RunResult

    const source = ['--trace', 'tests/fixtures/traces/perl-hash.lackey.gz', '--maps']
    const flags = ['--lanes', 'radix,pvdmt', '--references', '10M', '--option', 'tea.minVmaMiB=1']
    const onCommandLine = await labRun(...source, 'tests/fixtures/traces/perl-hash.maps', ...flags)
    expect(inWindow.lanes.map((lane) => lane.digest)).toEqual(onCommandLine.lanes.map((lane) => lane.digest))
    expect(inWindow.lanes[1].derived.dmtCoverage).toBeGreaterThan(0.5)
  })

  test('is what Run runs while it is still being looked at', async ({ lab }) => {
    await chooseFiles(lab, ['tests/fixtures/traces/cat.lackey.gz'])
    await expect(lab.tracePreview.fact('418,506')).toBeVisible(PREVIEW)
    await lab.transport.run.click()
    await expect(lab.tracePreview.dialog).toBeHidden()
    await expectState(lab, 'Finished')
    const { files } = await exportReport(lab)
    const inWindow = JSON.parse(files.get('run.json') ?? '') as RunResult
    expect(inWindow.source).toMatchObject({ kind: 'trace', name: 'cat.lackey.gz', records: 418_506 })
  })

  test('is dropped together with its memory map', async ({ lab }) => {
    await dropFiles(lab, [MAPS, TRACE])
    await expect(lab.tracePreview.fact('2,741,172')).toBeVisible(PREVIEW)
    await expect(lab.tracePreview.fact(/^list-chase\.maps, \d+ areas$/)).toBeVisible()
    await lab.tracePreview.cancel.click()
    await expect(lab.tracePreview.dialog).toBeHidden()
    await expect(lab.setUp.workload).toHaveValue('gups')
  })

  test('goes without a map, with inferred areas', async ({ lab }) => {
    await chooseFiles(lab, ['tests/fixtures/traces/cat.lackey.gz'])
    await expect(lab.tracePreview.fact('none, areas are inferred from the accesses')).toBeVisible(PREVIEW)
    await usePreviewedTrace(lab)
    await enterReferences(lab, '50k')
    await runToTheEnd(lab)
    await expect(lab.comparison.sameTranslations).toBeVisible()
  })

  test('of samples shows counts and no rates, and gives way to a workload with its parameters', async ({
    lab,
    page
  }, testInfo) => {
    await chooseFiles(lab, [await perfSamples(testInfo.outputPath('samples.perf.txt'))])
    await expect(lab.tracePreview.dialog).toContainText('Sampled: rates of hits and misses say nothing.')
    await usePreviewedTrace(lab)
    await runToTheEnd(lab)
    await expect(lab.laneA.value('Walks')).toHaveText('40')
    for (const tile of ['Refs / walk', 'Cycles / walk', 'Walk overhead'] as const)
      await expect(lab.laneA.value(tile)).toHaveText('–')
    await expect(lab.comparison.region).toContainText('Sampled: rates of hits and misses say nothing.')
    await expect(page.getByRole('heading', { name: 'Samples have no rates' })).toBeVisible()
    await expect(lab.tabs.tables).toBeHidden()
    await lab.live.show('Results').click()
    await expect(
      lab.live.results.getByRole('row', { name: /^Walks, definition of the result walks 40 / })
    ).toBeVisible()
    await expect(lab.live.results.getByRole('row', { name: /^Cycles per walk/ })).toHaveCount(0)

    await lab.setUp.workload.selectOption('graph500')
    await expect(page.getByRole('combobox', { name: 'Phase', exact: true })).toHaveValue('bfs')
  })
})
