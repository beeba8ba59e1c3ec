/** What a row of the table of commands says. What a command does, and when it cannot, is bound in the window. */

export const MENUS = ['File', 'Run', 'View', 'Tools', 'Help'] as const
export type Menu = (typeof MENUS)[number]

/**
 * What a part of a view offers by buttons of its own. The palette and the keys lead there too; menus with all of it
 * would be too long to be read.
 */
export const VIEWS = ['Live', 'Walk', 'Memory'] as const

/** Where a command stands in the palette. */
export const SECTIONS = [...MENUS, ...VIEWS] as const
export type Section = (typeof SECTIONS)[number]

export interface CommandRow {
  /** Shown in menu, palette and sheet of keys; unique. A control in the window that does the same bears it too. */
  readonly title: string
  /** Shown instead while the command does the opposite: Pause for Run. */
  readonly opposite?: string
  /** A menu, or the view whose parts it is about. */
  readonly menu: Section
  /** Commands that stand together, in a menu between two lines. */
  readonly group: string
  /** `Ctrl+Shift+P`, `F5`, `?`: see accelerator.ts. */
  readonly key?: string
  /** The command that it does instead where its own has nothing to act on; for the sheet of keys. */
  readonly elsewhere?: string
  /** `check` is on or off; of a group of `radio` commands one is on. */
  readonly kind?: 'check' | 'radio'
}
