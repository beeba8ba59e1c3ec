/** The desktop's menus: told how commands stand, and heard when one is chosen. */
import { watch } from 'vue'
import type { MenuModel } from '@shared/commands/menu-model'
import { useCommandsStore } from '@renderer/stores/commands'
import { useLab } from './lab'

/** A menu is rebuilt for every change, so changes of one moment are told together. */
const CALM_MS = 100

/** Once, in the root component. */
export function useDesktopMenus(): void {
  const { desktop } = useLab()
  if (desktop === null) return
  const commands = useCommandsStore()
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => JSON.stringify(commands.menus),
    (menus) => {
      clearTimeout(timer)
      timer = setTimeout(() => desktop.showMenus(JSON.parse(menus) as MenuModel[]), CALM_MS)
    },
    { immediate: true }
  )
  desktop.onCommand(commands.execute)
}
