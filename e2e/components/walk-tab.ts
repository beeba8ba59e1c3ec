import type { Locator, Page } from '@playwright/test'
import type { LaneLetter } from './lane'

/** The steps of one walk in both lanes. */
export class WalkTab {
  readonly steps: Locator
  readonly asItRan: Locator
  readonly fromCold: Locator
  readonly table: Locator
  readonly nextStep: Locator
  readonly position: Locator
  /** Which walk is on show. */
  readonly shown: Locator
  readonly address: Locator
  readonly walkIt: Locator
  readonly asNow: Locator
  readonly goTo: Locator
  readonly play: Locator

  constructor(private readonly page: Page) {
    this.steps = page.getByRole('table', { name: 'Walk steps', exact: true })
    this.asItRan = page.getByRole('button', { name: 'As it ran', exact: true })
    this.fromCold = page.getByRole('button', { name: 'From cold', exact: true })
    this.table = page.getByRole('button', { name: 'Table', exact: true })
    this.nextStep = page.getByRole('button', { name: 'Next step', exact: true })
    this.shown = page.getByRole('combobox', { name: 'Walk shown', exact: true })
    this.address = page.getByRole('textbox', { name: 'Address to walk', exact: true })
    this.walkIt = page.getByRole('button', { name: 'Walk it', exact: true })
    this.asNow = page.getByRole('button', { name: 'Caches as now', exact: true })
    this.goTo = page.getByRole('spinbutton', { name: 'Go to step', exact: true })
    this.play = page.getByRole('button', { name: 'Slow play', exact: true })
    this.position = page.getByText(/^Step \d+ of \d+$/)
  }

  /** The cell of a step in the grid. */
  cell(lane: LaneLetter, n: number): Locator {
    return this.page
      .getByRole('group', { name: 'Walk grid', exact: true })
      .getByRole('button', { name: new RegExp(`^Step ${n}\\b.*lane ${lane}`) })
  }

  stepsOf(lane: LaneLetter): Locator {
    return this.steps
      .getByRole('row')
      .filter({ has: this.page.getByRole('cell', { name: lane, exact: true }) })
  }
}
