import { expectState, runToTheEnd, setUp } from '../actions/experiment'
import { violations } from '../actions/accessibility'
import { inEveryLook } from '../actions/looks'
import { numberOf } from '../actions/numbers'
import { CHARTS } from '../components/chart'
import type { LabWindow } from '../components/lab-window'
import { expect, test } from '../fixtures/lab'

const SMALL = {
  environment: 'Virtualized',
  workload: 'GUPS',
  footprint: '64 MiB',
  references: '60k'
} as const
/** Set-up, lanes and comparison; the long tables of the charts are looked at in the story of the whole window. */
const PARTS = ['aside', 'section']
const RATIO = /^[\d.,]+×$/

const lanesOf = (lab: LabWindow) => [lab.laneA, lab.laneB, lab.laneC, lab.laneD]

/** What the last row of a chart's table says, without the reference. */
const latest = (lab: LabWindow, name: (typeof CHARTS)[number]): Promise<string[]> =>
  lab
    .chart(name)
    .rows.last()
    .getByRole('cell')
    .allTextContents()
    .then((cells) => cells.slice(1))

test.describe('Lanes', () => {
  test('are four at most, each drawn and each set against lane A', async ({ lab, page }) => {
    await setUp(lab, SMALL)
    await lab.setUp.addLane.click()
    await expect(lab.laneC.design).toHaveValue('ideal')
    await lab.setUp.addLane.click()
    await lab.laneD.design.selectOption({ label: 'DMT' })
    await expect(lab.setUp.addLane).toHaveAttribute('aria-disabled', 'true')
    await runToTheEnd(lab)

    const walks = await numberOf(lab.laneA.value('Walks'))
    for (const lane of lanesOf(lab)) expect(await numberOf(lane.value('Walks'))).toBe(walks)
    const [, ...others] = await latest(lab, 'References per walk')
    expect(others.slice(0, 3)).toEqual(['2.00', '0.00', '3.00'])
    expect(others.slice(3)).toHaveLength(3)
    await expect(lab.comparison.sameTranslations).toBeVisible()

    // Ideal walks cost nothing: a ratio over them would have no meaning, the application's has.
    await expect(lab.comparison.speedup('C', 'page walk')).toHaveText('–')
    for (const letter of ['B', 'C', 'D'] as const)
      await expect(lab.comparison.speedup(letter, 'application')).toHaveText(RATIO)
    await lab.comparison.choice('D').click()
    await expect(lab.comparison.choice('D')).toHaveAttribute('aria-pressed', 'true')
    const ofD = await lab.comparison.speedup('D', 'page walk').innerText()
    await expect(lab.comparison.pageWalkSpeedup).toHaveText(ofD)

    await inEveryLook(page, async (look) => {
      for (const { region, dmt } of lanesOf(lab)) {
        await expect(region).toBeInViewport({ ratio: 1 })
        await expect(dmt).toBeInViewport({ ratio: 1 })
      }
      for (const name of CHARTS) await expect(lab.chart(name).picture).toBeInViewport({ ratio: 1 })
      expect.soft(await violations(page, ...PARTS), look).toEqual([])
    })
  })

  test('go and come at the next Reset, and one runs alone', async ({ lab }) => {
    await setUp(lab, SMALL)
    await lab.setUp.addLane.click()
    await runToTheEnd(lab)

    await lab.setUp.removeLane('B').click()
    await expect(lab.setUp.waiting).toHaveText('Lanes take effect at the next Reset.')
    await expect(lab.laneC.region).toBeVisible()
    await lab.transport.reset.click()
    await expect(lab.laneC.region).toBeHidden()
    await expect(lab.laneB.design).toHaveValue('ideal')

    await lab.setUp.removeLane('B').click()
    await lab.transport.reset.click()
    await expect(lab.laneB.region).toBeHidden()
    await runToTheEnd(lab)
    await expect(lab.comparison.region).toContainText('Add a lane')
    await expect(lab.laneA.value('Walks')).toHaveText(/\d/)
    expect(await latest(lab, 'References per walk')).toHaveLength(1)
    await expect(lab.setUp.addLane).toBeEnabled()
    await expectState(lab, 'Finished')
  })
})
