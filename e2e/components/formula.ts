import type { Locator } from '@playwright/test'

/** The paper's formula, folded away under the comparison. */
export class Formula {
  readonly button: Locator
  readonly panel: Locator

  constructor(comparison: Locator) {
    this.button = comparison.getByRole('button', { name: 'Formula', exact: true })
    this.panel = comparison.getByRole('group', { name: 'Formula (paper), not emulated' })
  }

  cellsOf(design: string): Locator {
    const name = design.replace(/[()]/g, '\\$&')
    return this.panel
      .getByRole('row')
      .filter({ hasText: new RegExp(`^${name}\\s*[\\d.]`) })
      .getByRole('cell')
  }
}
