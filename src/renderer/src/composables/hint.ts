/** Keys of a command as this keyboard has them, for the words beside a control. */
import { keyCaps } from '@shared/commands/accelerator'
import { commandRow, type CommandId } from '@shared/commands/table'
import { isMac } from './shortcuts'

/** `Ctrl Shift P`, or `⌘ ⇧ P`; empty for a command that has no key. */
export const keysOf = (id: CommandId): string => keyCaps(commandRow(id).key ?? '', isMac()).join(' ')

/** `Reset (Ctrl F5)`; under a title of its own where the control says more than the command. */
export function hintOf(id: CommandId, title = commandRow(id).title): string {
  const keys = keysOf(id)
  return keys === '' ? title : `${title} (${keys})`
}
