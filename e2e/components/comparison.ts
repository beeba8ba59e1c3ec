import type { Locator, Page } from '@playwright/test'
import type { LaneLetter } from './lane'

/** All lanes in one. */
export class Comparison {
  readonly region: Locator
  readonly pageWalkSpeedup: Locator
  readonly sameTranslations: Locator
  /** Which references it is over. */
  readonly range: Locator
  /** Of three and four lanes: what each gains over lane A. */
  readonly speedups: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Comparison', exact: true })
    this.pageWalkSpeedup = this.region
      .getByRole('paragraph')
      .filter({ hasText: /^[\d.,]+×$|^\?$|^–$/ })
      .first()
    this.sameTranslations = this.region.getByText(/^same translations/i)
    this.range = this.region.getByRole('combobox', { name: 'Comparison range', exact: true })
    this.speedups = this.region.getByRole('table', { name: 'Speedups over lane A', exact: true })
  }

  /** Shows this lane and lane A in large numbers. */
  choice(letter: LaneLetter): Locator {
    return this.region.getByRole('button', { name: `Compare lane ${letter} with lane A`, exact: true })
  }

  speedup(letter: LaneLetter, of: 'page walk' | 'application'): Locator {
    const row = this.speedups.getByRole('row').nth(1 + 'ABCD'.indexOf(letter))
    return row.getByRole('cell').nth(of === 'page walk' ? 0 : 1)
  }
}
