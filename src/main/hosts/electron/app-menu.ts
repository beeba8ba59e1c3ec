/** The desktop's menus: the window's commands, and what a platform adds to them. What a command does is in the window. */
import { Menu, type BaseWindow, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import { electronAccelerator } from '@shared/commands/accelerator'
import type { MenuItem, MenuModel } from '@shared/commands/menu-model'
import { DESKTOP_CHANNELS } from '@shared/contract/desktop-bridge'

type Choose = (id: string) => void
type Template = MenuItemConstructorOptions[]

const TYPE = { plain: 'normal', check: 'checkbox', radio: 'radio' } as const

/** Keys are shown and not taken: the window hears them first, and knows whether a text field has them. */
function itemOf(item: MenuItem, choose: Choose): MenuItemConstructorOptions {
  const { id, title, note, key, blocked, kind, isOn } = item
  return {
    label: (note === null ? title : `${title} (${note})`).replaceAll('&', '&&'),
    type: TYPE[kind],
    enabled: blocked === null,
    toolTip: blocked ?? undefined,
    checked: isOn,
    ...(key === null ? {} : { accelerator: electronAccelerator(key), registerAccelerator: false }),
    click: () => choose(id)
  }
}

const withLines = (groups: readonly Template[]): Template =>
  groups
    .filter((group) => group.length > 0)
    .flatMap((group, i): Template => (i === 0 ? group : [{ type: 'separator' }, ...group]))

/** What only a desktop has, below the window's own groups. */
const desktopPart = (name: string, platform: NodeJS.Platform): Template => {
  if (name === 'File') return [{ role: platform === 'darwin' ? 'close' : 'quit' }]
  if (name === 'View') return [{ label: 'Full screen', click: (_item, window) => toggleFullScreen(window) }]
  return []
}

function toggleFullScreen(window: BaseWindow | undefined): void {
  window?.setFullScreen(!window.isFullScreen())
}

function menuTemplate(menus: readonly MenuModel[], choose: Choose, platform: NodeJS.Platform): Template {
  const own = menus.map(({ name, groups }): MenuItemConstructorOptions => ({
    label: name,
    submenu: withLines([
      ...groups.map((group) => group.map((item) => itemOf(item, choose))),
      desktopPart(name, platform)
    ])
  }))
  const first: Template = platform === 'darwin' ? [{ role: 'appMenu' }] : []
  return [...first, own[0], { role: 'editMenu' }, ...own.slice(1), { role: 'windowMenu' }]
}

export function showAppMenu(menus: readonly MenuModel[], window: BrowserWindow | null): void {
  const choose: Choose = (id) => window?.webContents.send(DESKTOP_CHANNELS.command, id)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(menus, choose, process.platform)))
}
