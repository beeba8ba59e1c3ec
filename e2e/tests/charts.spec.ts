import { pause, run, runToTheEnd, setUp, expectState } from '../actions/experiment'
import { numberOf, numbersOf } from '../actions/numbers'
import { CHARTS } from '../components/chart'
import { expect, test } from '../fixtures/lab'

const GUPS = {
  environment: 'Virtualized',
  workload: 'GUPS',
  footprint: '128 MiB',
  lanes: ['Radix', 'pvDMT']
} as const

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

test.describe('Five charts', () => {
  test('run, pause, go on and finish', async ({ lab }) => {
    await setUp(lab, { ...GUPS, references: '300k', speed: '100 k/s' })
    await run(lab)
    await pause(lab)
    await expect(lab.transport.progress).toHaveAttribute('aria-valuetext', /^[\d,]+ of 300,000$/)
    for (const name of CHARTS) await expect(lab.chart(name).picture).toBeVisible()

    await lab.transport.speed.selectOption({ label: 'Unlimited' })
    await runToTheEnd(lab)

    await expect(lab.transport.progress).toHaveAttribute('aria-valuenow', '100')
    await expect(lab.transport.progress).toHaveAttribute('aria-valuetext', '300,000 of 300,000')
    await expect(lab.comparison.sameTranslations).toBeVisible()
  })

  test('have tables with the numbers of the tiles after one access', async ({ lab }) => {
    await setUp(lab, { ...GUPS, references: '200' })
    await lab.transport.stepAccess.click()
    await expectState(lab, 'Paused')
    await expect(lab.laneB.value('Walks')).toHaveText('1')

    for (const [i, lane] of [lab.laneA, lab.laneB].entries()) {
      const cell = (name: (typeof CHARTS)[number]) =>
        lab
          .chart(name)
          .rows.getByRole('cell')
          .nth(1 + i)
      await expect(cell('TLB misses per 1k references')).toHaveText('1,000.0')
      await expect(cell('References per walk')).toHaveText(await lane.value('Refs / walk').innerText())
      await expect(cell('Cycles per walk')).toHaveText(await lane.value('Cycles / walk').innerText())
      await expect(cell('Walk overhead')).toHaveText(await lane.value('Walk overhead').innerText())
    }
    const speedup = lab.chart('Speedup').rows.getByRole('cell').nth(1)
    await expect(speedup).toHaveText(await lab.comparison.pageWalkSpeedup.innerText())
  })

  test('have tables that add up to the tiles after a whole run', async ({ lab }) => {
    await setUp(lab, { ...GUPS, references: '200k' })
    await runToTheEnd(lab)
    const last = lab.chart('References per walk').rows.last()
    await expect(last.getByRole('cell').first()).toHaveText('200,000')

    const misses = await numbersOf(lab.chart('TLB misses per 1k references'))
    const references = await numbersOf(lab.chart('References per walk'))
    const cycles = await numbersOf(lab.chart('Cycles per walk'))
    for (const [lane, of] of [lab.laneA, lab.laneB].entries()) {
      const column = 1 + lane
      const walks = misses.map((row, i) => (row[column] * (row[0] - (misses[i - 1]?.[0] ?? 0))) / 1000)
      const mean = (rows: readonly number[][]): number =>
        sum(walks.map((count, i) => count * (rows[i][column] || 0))) / sum(walks)
      const tile = await numberOf(of.value('Walks'))
      expect(Math.abs(sum(walks) - tile) / tile).toBeLessThan(0.01)
      expect(mean(references)).toBeCloseTo(await numberOf(of.value('Refs / walk')), 1)
      const perWalk = await numberOf(of.value('Cycles / walk'))
      expect(Math.abs(mean(cycles) - perWalk) / perWalk).toBeLessThan(0.01)
    }
  })
})
