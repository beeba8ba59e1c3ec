import type { Locator, Page } from '@playwright/test'

/** What the system software did. */
export class EventsTab {
  readonly table: Locator
  readonly kinds: Locator

  constructor(private readonly page: Page) {
    this.table = page.getByRole('table', { name: 'Events', exact: true })
    this.kinds = page.getByRole('combobox', { name: 'Kind of event', exact: true })
  }

  rowsOf(kind: string): Locator {
    return this.table
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name: kind, exact: true }) })
  }
}
