/** `lab export-artifact`: a run's accesses and page tables for the simulators published with DMT. */
import type { Command } from 'commander'
import { withProgressBar } from './progress-bar'
import { addRunFlags, runSpec } from './run'
import { textFlag, type Flags } from './spec-flags'
import type { Toolbox } from './toolbox'

export function exportCommand(program: Command, toolbox: Toolbox): void {
  const command = program
    .command('export-artifact')
    .description('write the accesses and page tables of a run for the simulators published with DMT')
  addRunFlags(command)
    .requiredOption(
      '--out <DIR>',
      'folder of trace.bin, pt_dump and pt_dump.host; an earlier export is replaced'
    )
    .action(async (flags: Flags) => {
      const folder = String(textFlag(flags, 'out'))
      const spec = await runSpec(flags, toolbox)
      await withProgressBar(toolbox.isTerminal, (show) => toolbox.exportRun(spec, folder, show))
      toolbox.stderr(`Export in ${folder}\n`)
    })
}
