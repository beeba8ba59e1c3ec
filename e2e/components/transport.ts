import type { Locator, Page } from '@playwright/test'

/** What moves the experiment, and what state it is in. */
export class Transport {
  readonly run: Locator
  readonly pause: Locator
  readonly stepAccess: Locator
  readonly stepBack: Locator
  readonly stepInsideWalk: Locator
  readonly reset: Locator
  readonly speed: Locator
  readonly runState: Locator
  readonly progress: Locator
  readonly theme: Locator

  constructor(page: Page) {
    const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
    this.run = button('Run')
    this.pause = button('Pause')
    this.stepAccess = button('Step access')
    this.stepBack = button('Step back')
    this.stepInsideWalk = button('Step inside walk')
    this.reset = button('Reset')
    this.speed = page.getByRole('combobox', { name: 'Speed', exact: true })
    this.runState = page.getByRole('status', { name: 'Run state', exact: true })
    this.progress = page.getByRole('progressbar', { name: 'Experiment progress', exact: true })
    this.theme = page.getByRole('button', { name: /^Theme: / })
  }
}
