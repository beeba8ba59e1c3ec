import type { Locator, Page } from '@playwright/test'

export type LaneLetter = 'A' | 'B' | 'C' | 'D'
export type Tile = 'Walks' | 'Refs / walk' | 'Cycles / walk' | 'Walk overhead'

const TILES: readonly Tile[] = ['Walks', 'Refs / walk', 'Cycles / walk', 'Walk overhead']
/** A tile defines its term twice: the value, and the line below it. */
const LINES_OF_A_TILE = 2

/** One lane: who translates, and what it costs so far. */
export class Lane {
  readonly region: Locator
  readonly design: Locator
  readonly dmt: Locator

  constructor(
    page: Page,
    readonly letter: LaneLetter
  ) {
    this.region = page.getByRole('region', { name: `Lane ${letter}`, exact: true })
    this.design = this.region.getByRole('combobox', { name: `Lane ${letter} design`, exact: true })
    this.dmt = this.region.getByRole('switch', { name: `Lane ${letter} DMT`, exact: true })
  }

  value(tile: Tile): Locator {
    return this.region.getByRole('definition').nth(TILES.indexOf(tile) * LINES_OF_A_TILE)
  }

  /** The button of a tile, which tells what it means. */
  definitionOf(tile: Tile): Locator {
    return this.region.getByRole('button', {
      name: `${tile} of lane ${this.letter}, definition`,
      exact: true
    })
  }

  choice(design: string | RegExp): Locator {
    return this.design.getByRole('option', { name: design })
  }
}
