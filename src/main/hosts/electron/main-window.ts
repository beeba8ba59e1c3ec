/** The one window of the app. */
import { fileURLToPath } from 'node:url'
import { BrowserWindow, screen } from 'electron'
import type { WindowBounds } from '@main/store/settings-file'
import { PAGE_ADDRESS } from './app-page'
import { visibleBounds, type Rectangle } from './visible-bounds'

const PRELOAD = fileURLToPath(new URL('../preload/index.cjs', import.meta.url))

const DEFAULT_SIZE = { width: 1440, height: 900 }

const workAreas = (): Rectangle[] => screen.getAllDisplays().map(({ workArea }) => workArea)

/** @param bounds where it was when it was last closed */
export function openMainWindow(bounds: WindowBounds | null): BrowserWindow {
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...visibleBounds(bounds, workAreas()),
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
  if (bounds?.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.webContents.on('render-process-gone', (_event, { reason }) =>
    console.error(`the window has gone: ${reason}`)
  )
  window.loadURL(PAGE_ADDRESS).catch((error: unknown) => console.error(error))
  return window
}
