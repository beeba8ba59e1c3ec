import type { Locator, Page } from '@playwright/test'

/** Menus, palette, sheet of keys and presets: everything that a command is found in. */
export class Commands {
  readonly button: Locator
  readonly palette: Locator
  readonly field: Locator
  readonly options: Locator
  readonly sheet: Locator
  readonly presets: Locator
  readonly presetName: Locator
  readonly keepPreset: Locator

  constructor(private readonly page: Page) {
    this.button = page.getByRole('button', { name: 'Commands', exact: true })
    this.palette = page.getByRole('dialog', { name: 'Commands', exact: true })
    this.field = this.palette.getByRole('combobox', { name: 'Command', exact: true })
    this.options = this.palette.getByRole('listbox').getByRole('option')
    this.sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts', exact: true })
    this.presets = page.getByRole('button', { name: 'Presets', exact: true })
    this.presetName = page.getByRole('textbox', { name: 'Name of the preset', exact: true })
    this.keepPreset = page.getByRole('button', { name: 'Keep', exact: true })
  }

  /** In the list of own presets. */
  ofPreset(action: 'Use' | 'Rename' | 'Delete', preset: string): Locator {
    return this.page.getByRole('button', { name: `${action} ${preset}`, exact: true })
  }

  /** The first menu, from the button that stands for all where the window has no room for their names. */
  async openMenus(): Promise<void> {
    const all = this.page.getByRole('button', { name: 'Show menus', exact: true })
    if (await all.isVisible()) await all.click()
    else await this.menu('File').focus()
    await this.page.keyboard.press('ArrowDown')
  }

  menu(name: string): Locator {
    return this.page.getByRole('menubar').getByRole('menuitem', { name, exact: true }).first()
  }

  items(menu: string): Locator {
    return this.page.getByRole('menu', { name: menu, exact: true })
  }

  item(menu: string, name: string): Locator {
    return this.items(menu).getByLabel(name, { exact: true })
  }
}
