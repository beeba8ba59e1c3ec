/** `lab formulas`: the paper's formulas over a histogram of walks, beside what a processor measured. */
import { openStream } from '@main/store/open-stream'
import { eachLine } from '@main/traces/text-lines'
import { PaperFileReader } from '@shared/formulas/paper-file'
import type { Command } from 'commander'
import { formulasJson, formulasText } from './formulas-text'
import { paperResults, type NamedPaperFile } from '@shared/formulas/paper-results'
import type { Flags } from './spec-flags'
import type { Toolbox } from './toolbox'

async function readPaperFile(path: string): Promise<NamedPaperFile> {
  const stream = await openStream(path, { name: path })
  const reader = new PaperFileReader()
  await eachLine(stream, (line) => reader.take(line))
  return { name: path, content: reader.end(path) }
}

export function formulasCommand(program: Command, toolbox: Toolbox): void {
  program
    .command('formulas')
    .description('apply the paper’s formulas to histograms of walks; nothing is emulated')
    .argument(
      '<FILE...>',
      'histogram (expected.*.txt, sim.log) or perf counts (*.short), plain or gzip; perf counts add application speedups'
    )
    .option('--json', 'print dmt-lab/formulas@1 instead of tables')
    .action(async (paths: string[], flags: Flags) => {
      const files: NamedPaperFile[] = []
      for (const path of paths) files.push(await readPaperFile(path))
      const results = paperResults(files)
      await toolbox.stdout(flags.json ? formulasJson(results) : formulasText(results))
    })
}
