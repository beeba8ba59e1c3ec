/** Remembers where the window is, a moment after it has come to rest. */
import type { BrowserWindow } from 'electron'
import type { SettingsFile } from '@main/store/settings-file'
import { logDefect } from '../failed-call'

const REST_MS = 500

export function rememberBounds(window: BrowserWindow, settings: SettingsFile): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const remember = (): void => {
    clearTimeout(timer)
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return
    const bounds = { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
    // A window that is not remembered opens where the system puts it.
    settings.change(() => ({ window: bounds })).catch(logDefect)
  }
  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(remember, REST_MS)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('close', remember)
}
