import type { Locator, Page } from '@playwright/test'

export const CHARTS = [
  'TLB misses per 1k references',
  'References per walk',
  'Cycles per walk',
  'Walk overhead',
  'Speedup'
] as const
export type ChartName = (typeof CHARTS)[number]

/** One chart as a picture and as the table beside it. */
export class Chart {
  readonly picture: Locator
  readonly table: Locator
  readonly showAsTable: Locator
  readonly save: Locator
  /** Without the head. */
  readonly rows: Locator

  constructor(page: Page, name: ChartName) {
    this.picture = page.getByRole('img', { name, exact: true })
    this.table = page.getByRole('table', { name, exact: true })
    this.showAsTable = page.getByRole('button', { name: `${name}: show as table`, exact: true })
    this.save = page.getByRole('button', { name: `${name}: save picture`, exact: true })
    this.rows = this.table.getByRole('row').filter({ has: page.getByRole('cell') })
  }
}
