import type { Locator, Page } from '@playwright/test'
import type { LaneLetter } from './lane'

/** Everything that decides a run, and the way in and out for files. */
export class SetUpPanel {
  readonly environment: Locator
  readonly workload: Locator
  readonly footprint: Locator
  readonly references: Locator
  readonly pageSize: Locator
  readonly hostPageSize: Locator
  readonly profile: Locator
  readonly hardwareNumbers: Locator
  readonly fragmentation: Locator
  readonly cooperation: Locator
  readonly importTrace: Locator
  readonly exportReport: Locator
  readonly unfold: Locator
  readonly undo: Locator
  readonly redo: Locator
  readonly addLane: Locator
  readonly problem: Locator
  /** What will change at the next Reset. */
  readonly waiting: Locator

  private readonly panel: Locator

  constructor(page: Page) {
    const panel = page.getByRole('complementary', { name: 'Set-up', exact: true })
    const choice = (name: string): Locator => panel.getByRole('combobox', { name, exact: true })
    this.environment = choice('Environment')
    this.workload = choice('Workload')
    this.footprint = choice('Footprint')
    this.pageSize = choice('Page size')
    this.hostPageSize = choice('Host page size')
    this.profile = choice('Hardware profile')
    this.hardwareNumbers = panel.getByRole('button', { name: 'Hardware numbers', exact: true })
    this.references = panel.getByRole('textbox', { name: 'References', exact: true })
    this.fragmentation = panel.getByRole('slider', { name: 'Fragmentation', exact: true })
    this.cooperation = panel.getByRole('switch', { name: 'Cooperative allocation', exact: true })
    this.importTrace = panel.getByRole('button', { name: 'Import trace', exact: true })
    this.exportReport = panel.getByRole('button', { name: 'Export report', exact: true })
    this.unfold = panel.getByRole('button', { name: 'Unfold set-up', exact: true })
    this.undo = panel.getByRole('button', { name: 'Undo', exact: true })
    this.redo = panel.getByRole('button', { name: 'Redo', exact: true })
    this.panel = panel
    this.addLane = panel.getByRole('button', { name: 'Add lane', exact: true })
    this.problem = panel.getByRole('alert')
    this.waiting = panel.getByRole('paragraph').filter({ hasText: /at the next Reset\.$/ })
  }

  removeLane(letter: LaneLetter): Locator {
    return this.panel.getByRole('button', { name: `Remove lane ${letter}`, exact: true })
  }
}
