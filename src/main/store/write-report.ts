import { buildReport, REPORT_NAMES } from '@main/report/build-report'
import type { RunResult } from '@shared/model/result'
import { checkFolder, writeFolder } from './write-folder'

/** Throws UserError when a report could not be written there because other files are in the way. */
export const checkReportFolder = (folder: string): Promise<void> => checkFolder(folder, REPORT_NAMES)

/** Writes the files of a report, all or nothing; an earlier report is replaced. */
export const writeReport = (run: RunResult, folder: string): Promise<void> =>
  writeFolder(folder, buildReport(run))
