/** The window with a lab behind it. */
import type { BrowserWindow } from 'electron'
import { createLab } from '@main/artifact/lab-with-artifact'
import type { LabHost } from '@main/lab/ports'
import type { SettingsFile } from '@main/store/settings-file'
import { version } from '../../../../package.json'
import { withDesk } from '../desk'
import { startLaneBesideWindow } from '../engine-thread/start-lane'
import { usableMemory } from '../engine-thread/usable-memory'
import { exportReport } from './dialogs'
import { KnownFiles } from './known-files'
import { LabPorts } from './lab-ports'
import { openMainWindow } from './main-window'
import { answerPage } from './page-requests'
import { rememberBounds } from './window-bounds'

export async function openLabWindow(settings: SettingsFile): Promise<BrowserWindow> {
  const window = openMainWindow((await settings.read()).window)
  rememberBounds(window, settings)
  const files = new KnownFiles()
  const host: LabHost = {
    kind: 'electron',
    version,
    startLane: startLaneBesideWindow,
    usableMemory,
    openFile: (token) => files.open(token),
    exportReport: (run) => exportReport(window, run)
  }
  const ports = new LabPorts(() => withDesk(createLab(host), settings, files))
  answerPage(window, ports, files)
  return window
}
