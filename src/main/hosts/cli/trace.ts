/** `lab trace`: what a trace file holds. */
import { formatCount } from '@shared/format/number'
import type { TraceSummary } from '@shared/model/catalogue'
import { Option, type Command } from 'commander'
import type { Flags } from './spec-flags'
import { textTable } from './text-table'
import type { Toolbox } from './toolbox'

const COUNTS = [
  ['records', 'Records'],
  ['fetches', 'Fetches'],
  ['loads', 'Loads'],
  ['stores', 'Stores'],
  ['pages4K', 'Pages of 4 KiB'],
  ['badLines', 'Bad lines']
] as const

function summaryTable(summary: TraceSummary): string {
  const rows = COUNTS.map(([id, title]) => [title, formatCount(summary[id])])
  const bad = summary.firstBadLines.map((line) => [`  ${line}`])
  return (
    textTable([['Format', summary.format], ...rows], ['left', 'right']) +
    textTable([[''], ...bad], ['left']).slice(1)
  )
}

export function traceCommand(program: Command, toolbox: Toolbox): void {
  program
    .command('trace')
    .description('say what a trace file holds')
    .argument('<FILE>', 'trace, plain or gzip')
    .addOption(new Option('--format <F>', 'format of the trace').choices(['auto', 'lackey']).default('auto'))
    .option('--json', 'print dmt-lab/trace@1 instead of a table')
    .action(async (file: string, flags: Flags) => {
      const summary = await toolbox.summarizeTrace(file, String(flags.format))
      await toolbox.stdout(flags.json ? JSON.stringify(summary, null, 2) + '\n' : summaryTable(summary))
    })
}
