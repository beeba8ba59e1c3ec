/** The window with a lab behind it. */
import type { BrowserWindow } from 'electron'
import { createLab } from '@main/artifact/lab-with-artifact'
import { version } from '../../../../package.json'
import { startLane } from '../engine-thread/start-lane'
import { usableMemory } from '../engine-thread/usable-memory'
import { exportReport } from './dialogs'
import { KnownFiles } from './known-files'
import { LabPorts } from './lab-ports'
import { openMainWindow } from './main-window'
import { answerPage } from './page-requests'

export function openLabWindow(): BrowserWindow {
  const window = openMainWindow()
  const files = new KnownFiles()
  const ports = new LabPorts(() =>
    createLab({
      kind: 'electron',
      version,
      startLane,
      usableMemory,
      openFile: (token) => files.open(token),
      exportReport: (run) => exportReport(window, run)
    })
  )
  answerPage(window, ports, files)
  return window
}
