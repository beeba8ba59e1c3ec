/** The keys of the table of commands, wherever the focus is; text fields and dialogs have their own first. */
import { onScopeDispose } from 'vue'
import { isSingleKey, matches } from '@shared/commands/accelerator'
import { COMMAND_IDS, commandRow, type CommandId } from '@shared/commands/table'
import { useCommandsStore } from '@renderer/stores/commands'
import { useViewStore } from '@renderer/stores/view'

/** On Apple's keyboards Ctrl of the table is the Command key. */
export const isMac = (): boolean => navigator.platform.startsWith('Mac')

const TEXT =
  'input:not([type="range"], [type="checkbox"], [type="radio"]), textarea, [contenteditable="true"]'
/** Where characters choose or are typed. */
const TYPING = `${TEXT}, select, [role="menu"], [role="listbox"]`

/** Keys that a text field needs for itself: Shift F10 opens its menu. */
const EDITING: readonly CommandId[] = ['setup.undo', 'setup.redo', 'run.stepBack']

const isIn = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null

export function useShortcuts(): void {
  const commands = useCommandsStore()
  const view = useViewStore()

  const mayTake = (id: CommandId, { target }: KeyboardEvent): boolean => {
    if (EDITING.includes(id)) return !isIn(target, TEXT)
    return !isSingleKey(commandRow(id).key ?? '') || (view.hasSingleKeys && !isIn(target, TYPING))
  }
  const commandOf = (event: KeyboardEvent): CommandId | undefined =>
    COMMAND_IDS.find((id) => {
      const { key } = commandRow(id)
      return key !== undefined && matches(key, event, isMac()) && mayTake(id, event)
    })

  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return
    // A dialog over the window waits for its answer.
    const isCovered = document.querySelector('dialog:modal') !== null
    // Wherever the focus is: the button that had it may have gone.
    if (event.key === 'Escape' && !isCovered) view.isPresenting = false
    const id = commandOf(event)
    if (id === undefined) return
    event.preventDefault()
    if (!event.repeat && !isCovered) commands.execute(id)
  }
  window.addEventListener('keydown', onKey)
  onScopeDispose(() => window.removeEventListener('keydown', onKey))
}
