import type { Locator, Page } from '@playwright/test'

/** The first screen: questions that run on a click. */
export class StartScreen {
  readonly heading: Locator
  readonly questions: Locator
  readonly start: Locator
  readonly guess: Locator
  readonly showMe: Locator
  readonly skip: Locator
  /** What was measured, beside the guess. */
  readonly answer: Locator
  readonly tour: Locator

  constructor(private readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'What would you like to find out?' })
    this.questions = page.getByRole('group', { name: 'Questions', exact: true }).getByRole('button')
    this.start = page.getByRole('button', { name: 'Start', exact: true })
    this.guess = page.getByRole('slider', { name: 'Your guess', exact: true })
    this.skip = page.getByRole('button', { name: 'I have no idea', exact: true })
    this.answer = page.getByRole('region', { name: 'Answer', exact: true })
    this.tour = page.getByRole('button', { name: 'Take the tour', exact: true })
    this.showMe = page.getByRole('button', { name: 'Show me', exact: true })
  }

  question(title: string): Locator {
    return this.page.getByRole('button', { name: title, exact: true })
  }
}
