/** `lab report`: the report of a result that a run left behind. */
import { readRun } from '@main/store/read-run'
import { writeReport } from '@main/store/write-report'
import type { Command } from 'commander'
import type { Flags } from './spec-flags'
import type { Toolbox } from './toolbox'

export function reportCommand(program: Command, toolbox: Toolbox): void {
  program
    .command('report')
    .description('write report.html, report.md, series.csv, walks.csv and run.json from a result')
    .argument('<RUN.json>', 'result of lab run --json')
    .requiredOption('--out <DIR>', 'folder of the report; an earlier report in it is replaced')
    .action(async (file: string, flags: Flags) => {
      const folder = String(flags.out)
      await writeReport(await readRun(file), folder)
      toolbox.stderr(`Report in ${folder}\n`)
    })
}
