/** What a row of the table of commands says. What a command does, and when it cannot, is bound in the window. */

export const MENUS = ['File', 'Run', 'Walk', 'Go', 'View', 'Tools', 'Help'] as const
export type Menu = (typeof MENUS)[number]

export interface CommandRow {
  /** Shown in menu, palette and sheet of keys; unique. */
  readonly title: string
  /** Shown instead while the command does the opposite: Pause for Run. */
  readonly opposite?: string
  readonly menu: Menu
  /** Commands of a menu that stand together, between two lines. */
  readonly group: string
  /** `Ctrl+Shift+P`, `F5`, `?`: see accelerator.ts. */
  readonly key?: string
  /** `check` is on or off; of a group of `radio` commands one is on. */
  readonly kind?: 'check' | 'radio'
}
