/** What a command does in this window, and how it stands. */

import type { Section } from '@shared/commands/command'
import type { CommandOf } from '@shared/commands/table'
import type { Tab, useViewStore } from '@renderer/stores/view'

export interface Binding {
  readonly run: () => unknown
  /** Why it cannot be done now, or null. */
  readonly blocked?: () => string | null
  /** Whether what it switches is on; for a command with an opposite, whether it does that. */
  readonly isOn?: () => boolean
  /** What it would act on, shown behind its title. */
  readonly note?: () => string | null
  /** Whether the window lacks what it is about, such as a third lane. */
  readonly isAbsent?: () => boolean
}

/** One for each command of a menu or view. */
export type Bindings<Name extends Section> = Record<CommandOf<Name>, Binding>

/** What is done in a view, which is shown first. */
export const inView =
  (view: ReturnType<typeof useViewStore>, tab: Tab, act: () => unknown) => (): unknown => {
    view.show(tab)
    return act()
  }
