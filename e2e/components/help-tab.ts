import type { Locator, Page } from '@playwright/test'

/** The Help tab: designs to choose from, and the one on show. */
export class HelpTab {
  readonly designs: Locator
  /** The topic that tells how traces are recorded. */
  readonly recording: Locator
  readonly search: Locator
  /** Over everything Help has a page of. */
  readonly searchAll: Locator
  readonly picture: Locator
  readonly fetches: Locator
  readonly environment: Locator
  readonly pageSize: Locator

  constructor(private readonly page: Page) {
    this.designs = page.getByRole('navigation', { name: 'Designs' }).getByRole('button')
    this.recording = page
      .getByRole('navigation', { name: 'Traces' })
      .getByRole('button', { name: 'Recording traces' })
    this.search = page.getByRole('searchbox', { name: 'Search designs' })
    this.searchAll = page.getByRole('searchbox', { name: 'Search Help' })
    this.picture = page.getByRole('group', { name: 'Picture of the walk' }).getByRole('img')
    this.fetches = page.getByRole('table', { name: 'Reads' })
    this.environment = page.getByRole('combobox', { name: 'Environment of the picture' })
    this.pageSize = page.getByRole('combobox', { name: 'Page size of the picture' })
  }

  design(name: string): Locator {
    return this.designs.getByText(name, { exact: true })
  }

  article(name: string): Locator {
    return this.page.getByRole('article', { name, exact: true })
  }

  /** What a topic says of one way to record. */
  way(name: string): Locator {
    return this.article('Recording traces').getByRole('region', { name, exact: true })
  }

  /** One row for each fetch, without the head. */
  get rows(): Locator {
    return this.fetches.locator('tbody tr')
  }
}
