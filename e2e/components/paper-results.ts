import type { Locator, Page } from '@playwright/test'

/** Files of the paper's tools: what they are and what they say. */
export class PaperResults {
  readonly dialog: Locator
  readonly replay: Locator
  readonly copy: Locator
  readonly layOver: Locator

  constructor(private readonly page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Results of the paper’s tools', exact: true })
    this.replay = this.dialog.getByRole('button', { name: 'Replay', exact: true })
    this.copy = this.dialog.getByRole('button', { name: 'Copy as table', exact: true })
    this.layOver = this.dialog.getByRole('button', { name: 'Lay over', exact: true })
  }

  file(text: string | RegExp): Locator {
    return this.dialog.getByRole('definition').filter({ hasText: text })
  }

  columns(word: 'byte addresses' | 'frame numbers'): Locator {
    return this.dialog.getByRole('radio', { name: word, exact: true })
  }

  cellsOf(design: string): Locator {
    const name = this.page.getByRole('rowheader', { name: design, exact: true })
    return this.dialog.getByRole('row').filter({ has: name }).getByRole('cell')
  }
}
