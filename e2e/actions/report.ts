/** The report as a person gets it: one archive in the folder of downloads. */
import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { LabWindow } from '../components/lab-window'

export interface ExportedReport {
  readonly archiveName: string
  /** Text by file name without its folder. */
  readonly files: ReadonlyMap<string, string>
}

export async function exportReport(lab: LabWindow): Promise<ExportedReport> {
  const downloading = lab.page.waitForEvent('download')
  await lab.setUp.exportReport.click()
  const download = await downloading
  const archive = unzipSync(await readFile(await download.path()))
  const files = Object.entries(archive).map(([path, bytes]): [string, string] => [
    path.slice(path.lastIndexOf('/') + 1),
    strFromU8(bytes)
  ])
  return { archiveName: download.suggestedFilename(), files: new Map(files) }
}
