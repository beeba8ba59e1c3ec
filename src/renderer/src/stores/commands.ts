/** Every command of the table, bound: for menus, palette and keys. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { menuModels, paletteModels, type CommandState, type MenuItem } from '@shared/commands/menu-model'
import { commandRow, isCommandId, type CommandId } from '@shared/commands/table'
import type { Binding } from '@renderer/commands/binding'
import { liveCommands } from '@renderer/commands/live'
import { memoryCommands } from '@renderer/commands/memory'
import { fileCommands, helpCommands, toolsCommands } from '@renderer/commands/rest'
import { runCommands } from '@renderer/commands/run'
import { viewCommands } from '@renderer/commands/view'
import { walkCommands } from '@renderer/commands/walk'
import { useRecentFiles } from '@renderer/composables/recent-files'
import { useRecentStore } from './recent'

const RECENT = 'recent.'

export const useCommandsStore = defineStore('commands', () => {
  const recent = useRecentStore()
  const recentFiles = useRecentFiles()
  const bindings: Record<CommandId, Binding> = {
    ...fileCommands(),
    ...runCommands(),
    ...walkCommands(),
    ...viewCommands(),
    ...toolsCommands(),
    ...helpCommands(),
    ...liveCommands(),
    ...memoryCommands()
  }

  function stateOf(id: CommandId): CommandState {
    const { blocked, isOn, note, isAbsent } = bindings[id]
    const { title, opposite } = commandRow(id)
    const isOpposite = opposite !== undefined && isOn?.() === true
    return {
      title: isOpposite ? opposite : title,
      note: note?.() ?? null,
      blocked: blocked?.() ?? null,
      isOn: opposite === undefined && isOn?.() === true,
      isAbsent: isAbsent?.() ?? false
    }
  }

  const recentItems = computed<MenuItem[]>(() =>
    recent.files.map(({ name, token }, i) => ({
      id: `${RECENT}${i}`,
      title: name,
      note: token === null ? 'choose it again' : null,
      key: null,
      blocked: null,
      kind: 'plain',
      isOn: false
    }))
  )
  const menus = computed(() => menuModels(stateOf, { recent: recentItems.value }))
  const palette = computed(() => paletteModels(stateOf, { recent: recentItems.value }))

  const canDo = (id: CommandId): boolean => {
    const { blocked, isAbsent } = stateOf(id)
    return blocked === null && isAbsent !== true
  }

  /** Does what an item of a menu names; what cannot be done now is passed over. */
  function execute(id: string): void {
    if (id.startsWith(RECENT)) {
      const file = recent.files[Number(id.slice(RECENT.length))]
      if (file) void recentFiles.open(file)
    } else if (isCommandId(id) && canDo(id)) bindings[id].run()
  }

  return { menus, palette, stateOf, execute }
})
