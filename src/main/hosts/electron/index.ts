/** Entry of the desktop app. */
import { app, dialog, type BrowserWindow } from 'electron'
import { SettingsFile } from '@main/store/settings-file'
import { errorWords } from '@shared/format/error-words'
import { menusAtStart } from '@shared/commands/menu-model'
import { listPageFiles } from '../page-files'
import { showAppMenu } from './app-menu'
import { registerScheme, servePage } from './app-page'
import { openLabWindow } from './lab-window'
import { lockDown } from './lockdown'

let window: BrowserWindow | null = null

/** Without a window the menus stand as they did at the start. */
async function openWindow(): Promise<void> {
  showAppMenu(menusAtStart(), null)
  window = await openLabWindow(new SettingsFile())
  window.once('closed', () => {
    window = null
    showAppMenu(menusAtStart(), null)
  })
}

function showWindow(): void {
  if (window === null) return void openWindow().catch(giveUp)
  if (window.isMinimized()) window.restore()
  window.focus()
}

async function start(): Promise<void> {
  await app.whenReady()
  lockDown()
  servePage(await listPageFiles())
  await openWindow()
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
}

function giveUp(error: unknown): void {
  console.error(error)
  dialog.showErrorBox('DMT Lab cannot start', errorWords(error))
  app.exit(1)
}

process.on('unhandledRejection', (error) => console.error(error))
// On macOS an app stays in the dock without a window.
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit()
})

if (app.requestSingleInstanceLock()) {
  registerScheme()
  // Not awaited: Electron becomes ready only after this module has been evaluated.
  start().catch(giveUp)
} else {
  app.quit()
}
