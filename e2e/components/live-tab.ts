import type { Locator, Page } from '@playwright/test'

/** What the Live view offers beside its charts. */
export class LiveTab {
  readonly charts: Locator
  readonly shownFrom: Locator
  readonly shownTo: Locator
  readonly fit: Locator
  readonly smoothing: Locator
  readonly closeTable: Locator
  readonly withoutDrawing: Locator
  readonly latency: Locator
  readonly latencyTable: Locator
  readonly places: Locator
  readonly results: Locator
  readonly searchResults: Locator
  readonly besideBefore: Locator
  /** Says how the run before was set up. */
  readonly before: Locator
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
    this.charts = page.getByRole('group', { name: 'Charts', exact: true })
    this.shownFrom = page.getByRole('slider', { name: 'Shown from', exact: true })
    this.shownTo = page.getByRole('slider', { name: 'Shown to', exact: true })
    this.fit = page.getByRole('button', { name: 'Fit', exact: true })
    this.smoothing = page.getByRole('combobox', { name: 'Smoothing', exact: true })
    this.closeTable = page.getByRole('button', { name: 'Close table', exact: true })
    this.withoutDrawing = page.getByRole('switch', { name: 'Run without drawing', exact: true })
    this.latency = page.getByRole('img', { name: 'Walk latency', exact: true })
    this.latencyTable = page.getByRole('table', { name: 'Walk latency: table', exact: true })
    this.places = page.getByRole('table', { name: 'Where each step is answered', exact: true })
    this.results = page.getByRole('table', { name: 'Results', exact: true })
    this.besideBefore = page.getByRole('switch', { name: 'Beside the run before', exact: true })
    this.before = page.getByRole('note', { name: 'The run before', exact: true })
    this.searchResults = page.getByRole('searchbox', { name: 'Search results', exact: true })
  }

  /** The table that stands in the reading panel, by the chart it is of. */
  openTable(chart: string): Locator {
    return this.page
      .getByRole('complementary', { name: 'Reading panel' })
      .getByRole('heading', { name: chart })
  }

  show(name: 'Charts' | 'Walks' | 'Results'): Locator {
    return this.page.getByRole('group', { name: 'Live shows' }).getByRole('button', { name, exact: true })
  }

  measureOf(chart: number): Locator {
    return this.page.getByRole('combobox', { name: `Measure of chart ${chart}`, exact: true })
  }

  happening(name: RegExp): Locator {
    return this.page.getByRole('group', { name: 'What happened', exact: true }).getByRole('button', { name })
  }

  showInEvents(name: RegExp): Locator {
    return this.page.getByRole('button', { name })
  }
}
