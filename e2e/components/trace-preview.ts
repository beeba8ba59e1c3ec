import type { Locator, Page } from '@playwright/test'

/** The last look at a trace before it is used. */
export class TracePreview {
  readonly dialog: Locator
  readonly use: Locator
  readonly cancel: Locator
  readonly format: Locator
  /** Why the file cannot be read as it was asked for. */
  readonly problem: Locator

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Import trace', exact: true })
    this.use = this.dialog.getByRole('button', { name: 'Import', exact: true })
    this.cancel = this.dialog.getByRole('button', { name: 'Cancel', exact: true })
    this.format = this.dialog.getByRole('combobox', { name: 'Trace format', exact: true })
    this.problem = this.dialog.getByRole('alert')
  }

  fact(text: string | RegExp): Locator {
    return this.dialog.getByRole('definition').filter({ hasText: text })
  }
}
