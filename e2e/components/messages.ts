import type { Locator, Page } from '@playwright/test'

/** What happened outside the view. */
export class Messages {
  readonly errors: Locator
  readonly dismiss: Locator
  readonly list: Locator

  constructor(page: Page) {
    this.list = page.getByLabel('Messages', { exact: true })
    this.errors = this.list.getByRole('alert')
    this.dismiss = this.list.getByRole('button', { name: 'Dismiss', exact: true })
  }
}
