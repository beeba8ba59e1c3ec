/** `lab artifact`: what files of the artifact published with DMT are, told by their content. */
import { artifactWords } from '@shared/formulas/artifact-words'
import type { ArtifactFiles } from '@shared/model/paper-tools'
import { UserError } from '@shared/model/user-error'
import type { Command } from 'commander'
import type { Flags } from './spec-flags'
import { textTable } from './text-table'
import type { Toolbox } from './toolbox'

/** The replay that the files are for. */
function hint({ replay, seemFrameNumbers }: ArtifactFiles): string {
  if (replay === null) return ''
  const host = replay.hostTables === null ? '' : ` --host-tables ${replay.hostTables}`
  const columns = seemFrameNumbers ? ' (with --frame-numbers for what the columns seem to hold)' : ''
  return `\nReplay: lab conformance --trace ${replay.trace} --tables ${replay.tables}${host}${columns}\n`
}

export function artifactCommand(program: Command, toolbox: Toolbox): void {
  program
    .command('artifact')
    .description('say what files of the artifact published with DMT are, and whose pages a dump maps')
    .argument(
      '<FILE...>',
      'histogram, perf counts, page-table dump or trace of 8-byte records, plain or gzip'
    )
    .option('--frame-numbers', 'the dumps hold frame numbers, whatever they seem to')
    .action(async (paths: string[], flags: Flags) => {
      const looked = await toolbox.look(paths, flags.frameNumbers === true ? true : null)
      if (looked === null)
        throw new UserError(
          paths.length === 1 ? 'this is no file of the artifact' : 'none of these is a file of the artifact',
          paths.join(', '),
          'see lab trace for traces'
        )
      const rows = looked.files.map(({ token, content }) => [token, artifactWords(content)])
      await toolbox.stdout(textTable(rows, ['left', 'left']) + hint(looked))
    })
}
