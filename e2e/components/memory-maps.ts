import type { Locator, Page } from '@playwright/test'

/** The dialog that memory maps open when they come without a trace. */
export class MemoryMaps {
  readonly dialog: Locator
  readonly close: Locator
  readonly processes: Locator
  readonly teas: Locator
  readonly curve: Locator
  readonly strip: Locator

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Memory maps', exact: true })
    this.close = this.dialog.getByRole('button', { name: 'Close memory maps', exact: true })
    this.processes = this.dialog.getByRole('table', { name: 'Memory maps', exact: true })
    this.teas = this.dialog.getByRole('table', { name: 'TEAs of the memory map', exact: true })
    this.curve = this.dialog.getByRole('img', { name: /^Mapped bytes covered by number of registers/ })
    this.strip = this.dialog.getByRole('img', { name: /^Address space/ })
  }

  row(name: string): Locator {
    return this.processes.getByRole('row').filter({ hasText: name })
  }

  sortedBy(column: string): Locator {
    return this.processes.getByRole('columnheader', { name: column, exact: false }).getByRole('button')
  }
}
