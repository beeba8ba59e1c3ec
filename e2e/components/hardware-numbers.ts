import type { Locator, Page } from '@playwright/test'

/** Every number of the hardware with its source. */
export class HardwareNumbers {
  readonly dialog: Locator
  readonly close: Locator
  readonly changed: Locator

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Hardware numbers', exact: true })
    this.close = this.dialog.getByRole('button', { name: 'Close hardware numbers', exact: true })
    this.changed = this.dialog.getByRole('row').filter({ hasText: /changed\s+from/ })
  }

  row(parameter: string): Locator {
    const header = this.dialog.page().getByRole('rowheader', { name: parameter, exact: true })
    return this.dialog.getByRole('row').filter({ has: header })
  }
}
