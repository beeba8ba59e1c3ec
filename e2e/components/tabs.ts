import type { Locator, Page } from '@playwright/test'

/** The views and what leads to them. */
export class Tabs {
  readonly live: Locator
  readonly walk: Locator
  readonly memory: Locator
  readonly events: Locator
  readonly help: Locator
  readonly tables: Locator
  readonly questions: Locator

  constructor(page: Page) {
    this.live = page.getByRole('tab', { name: 'Live', exact: true })
    this.walk = page.getByRole('tab', { name: 'Walk', exact: true })
    this.memory = page.getByRole('tab', { name: 'Memory', exact: true })
    this.events = page.getByRole('tab', { name: 'Events', exact: true })
    this.help = page.getByRole('tab', { name: 'Help', exact: true })
    this.tables = page.getByRole('button', { name: 'Tables', exact: true })
    this.questions = page.getByRole('button', { name: 'Questions', exact: true })
  }
}
