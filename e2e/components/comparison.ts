import type { Locator, Page } from '@playwright/test'

/** Both lanes in one. */
export class Comparison {
  readonly region: Locator
  readonly pageWalkSpeedup: Locator
  readonly sameTranslations: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Comparison', exact: true })
    this.pageWalkSpeedup = this.region
      .getByRole('paragraph')
      .filter({ hasText: /^[\d.,]+×$|^\?$|^–$/ })
      .first()
    this.sameTranslations = this.region.getByText(/^same translations/i)
  }
}
