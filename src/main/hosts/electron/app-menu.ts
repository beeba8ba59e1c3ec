/** The usual menus of a platform and nothing else: what the lab does is in its window. */
import { Menu, type MenuItemConstructorOptions } from 'electron'

const VIEW: MenuItemConstructorOptions = {
  label: 'View',
  submenu: [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' }
  ]
}

export function showAppMenu(platform: NodeJS.Platform): void {
  const first: MenuItemConstructorOptions = { role: platform === 'darwin' ? 'appMenu' : 'fileMenu' }
  Menu.setApplicationMenu(Menu.buildFromTemplate([first, { role: 'editMenu' }, VIEW, { role: 'windowMenu' }]))
}
