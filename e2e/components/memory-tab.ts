import type { Locator, Page } from '@playwright/test'

type Section = 'Picture' | 'Page tables' | 'Machine memory' | 'Hardware' | 'Cooperation'

/** Memory of one lane: the picture of its layers, and the tables, maps and conversations below it. */
export class MemoryTab {
  readonly tables: Locator
  readonly areas: Locator
  readonly registers: Locator
  readonly teas: Locator
  readonly tlb: Locator
  readonly details: Locator
  readonly filter: Locator
  readonly address: Locator
  readonly fragmentation: Locator
  readonly fragmentationSaid: Locator
  readonly useFragmentation: Locator
  readonly cell: Locator
  readonly owners: Locator
  readonly requests: Locator
  readonly isolation: Locator

  constructor(private readonly page: Page) {
    this.tables = page.getByRole('button', { name: 'Tables', exact: true })
    this.areas = page.getByRole('table', { name: 'VMAs', exact: true })
    this.registers = page.getByRole('table', { name: 'DMT registers', exact: true })
    this.teas = page.getByRole('table', { name: 'TEAs', exact: true })
    this.tlb = page.getByRole('table', { name: 'TLB contents', exact: true })
    this.details = page.getByRole('complementary', { name: 'What the picture says' })
    this.filter = page.getByRole('searchbox', { name: 'Filter entries' })
    this.address = page.getByRole('textbox', { name: 'Address to look up' })
    this.fragmentation = page.getByRole('slider', { name: 'Try fragmentation' })
    this.fragmentationSaid = page.getByRole('status', { name: 'Fragmentation tried' })
    this.useFragmentation = page.getByRole('button', { name: 'Use this in the set-up' })
    this.cell = page.getByRole('slider', { name: 'Cell of physical memory' })
    this.owners = page.getByRole('table', { name: 'Frames by owner' })
    this.requests = page.getByRole('list', { name: 'Requests between the layers' })
    this.isolation = page.getByRole('region', { name: 'Isolation' })
  }

  section(name: Section): Locator {
    return this.page.getByRole('group', { name: 'Part of memory' }).getByRole('button', { name, exact: true })
  }

  lane(letter: string): Locator {
    return this.page
      .getByRole('group', { name: 'Lane shown' })
      .getByRole('button', { name: `Lane ${letter}` })
  }

  band(layer: string): Locator {
    return this.page.getByRole('region', { name: new RegExp(`^${layer} `) })
  }

  entryOf(level: number): Locator {
    return this.page.getByRole('slider', { name: `Entry of level ${level}` })
  }
}
