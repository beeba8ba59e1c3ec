/** A run as files for a person: one page, one text, a table of points, one of walks, and the result itself. */
import type { RunResult } from '@shared/model/result'
import { shownRun } from '@shared/model/sampled'
import { reportHtml } from './report-html'
import { reportMarkdown } from './report-markdown'
import { seriesCsv } from './series-csv'
import { walksCsv } from './walks-csv'

export const REPORT_NAMES = ['report.html', 'report.md', 'series.csv', 'walks.csv', 'run.json'] as const

export interface ReportFile {
  readonly name: (typeof REPORT_NAMES)[number]
  readonly text: string
}

export const runText = (run: RunResult): string => JSON.stringify(run) + '\n'

/** Needs at least one lane. All text of the run is escaped, so the run may come from a hostile file. */
export function buildReport(run: RunResult): ReportFile[] {
  const shown = shownRun(run)
  return [
    { name: 'report.html', text: reportHtml(shown) },
    { name: 'report.md', text: reportMarkdown(shown) },
    { name: 'series.csv', text: seriesCsv(run) },
    { name: 'walks.csv', text: walksCsv(run) },
    { name: 'run.json', text: runText(run) }
  ]
}
