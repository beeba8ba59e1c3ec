/** What only the person at the screen may decide: which files to read, and where a report goes. */
import { join } from 'node:path'
import { app, dialog, type BrowserWindow } from 'electron'
import { writeReport } from '@main/store/write-report'
import type { ExportOutcome } from '@shared/contract/lab-contract'
import type { RunResult } from '@shared/model/result'
import { reportName } from '../report-name'

/** Paths; none when the person changes their mind. */
export async function choosePaths(window: BrowserWindow): Promise<string[]> {
  const chosen = await dialog.showOpenDialog(window, {
    title: 'Open a file',
    properties: ['openFile', 'multiSelections']
  })
  return chosen.canceled ? [] : chosen.filePaths
}

/** A report is a folder of files, written whole or not at all. @throws UserError when it cannot be written */
export async function exportReport(window: BrowserWindow, run: RunResult): Promise<ExportOutcome> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Export report',
    buttonLabel: 'Export',
    defaultPath: join(app.getPath('documents'), reportName(run)),
    properties: ['createDirectory']
  })
  if (canceled || !filePath) return { kind: 'cancelled' }
  await writeReport(run, filePath)
  return { kind: 'written', where: filePath }
}
