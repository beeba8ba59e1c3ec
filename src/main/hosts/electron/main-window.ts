/** The one window of the app. */
import { fileURLToPath } from 'node:url'
import { BrowserWindow } from 'electron'
import { PAGE_ADDRESS } from './app-page'

const PRELOAD = fileURLToPath(new URL('../preload/index.cjs', import.meta.url))

export function openMainWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    show: false,
    webPreferences: {
      preload: PRELOAD,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false
    }
  })
  window.once('ready-to-show', () => window.show())
  window.webContents.on('render-process-gone', (_event, { reason }) =>
    console.error(`the window has gone: ${reason}`)
  )
  window.loadURL(PAGE_ADDRESS).catch((error: unknown) => console.error(error))
  return window
}
