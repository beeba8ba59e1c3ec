/** `lab conformance`: the simulators published with DMT, step for step, on their own files. */
import { replayText } from '@main/artifact/replay-text'
import type { Replay } from '@main/artifact/replay'
import { formatCount } from '@shared/format/number'
import { parseCount } from '@shared/model/quantity'
import { UserError } from '@shared/model/user-error'
import type { Command } from 'commander'
import { withProgressBar } from './progress-bar'
import { textFlag, type Flags } from './spec-flags'
import type { Toolbox } from './toolbox'

function ticksOf(text: string): number {
  const ticks = parseCount(text)
  if (ticks !== undefined) return ticks
  throw new UserError(
    `${JSON.stringify(text.slice(0, 60))} is no count`,
    '--warmup',
    'give a whole number, such as 1000 or 300M'
  )
}

/** What a person should know beside the result. */
function notes({ dropped, records, seemFrameNumbers }: Replay, frameNumbers: boolean): string[] {
  const seem = seemFrameNumbers.join(' and ')
  return [
    ...(seem !== '' && !frameNumbers
      ? [
          `${seem} seems to hold frame numbers; they are taken as byte addresses, as the simulators do (--frame-numbers shifts them)`
        ]
      : []),
    ...(seem === '' && frameNumbers
      ? ['the dumps seem to hold byte addresses; they are shifted all the same']
      : []),
    ...(dropped > 0
      ? [
          `${formatCount(dropped)} of ${formatCount(records)} records are of pages that no dump maps; they were dropped`
        ]
      : [])
  ]
}

export function conformanceCommand(program: Command, toolbox: Toolbox): void {
  program
    .command('conformance')
    .description('replay a trace over page-table dumps as the simulators published with DMT do')
    .requiredOption('--trace <FILE>', 'trace of 8-byte records, plain or gzip')
    .requiredOption('--tables <FILE>', 'page-table dump of the OS that ran the program')
    .option('--host-tables <FILE>', 'page-table dump of its host; without one the replay is native')
    .option('--warmup <N>', 'ticks before counting starts: about twice as many as records', '0')
    .option('--frame-numbers', 'the dumps hold frame numbers, not byte addresses')
    .action(async (flags: Flags) => {
      const frameNumbers = flags.frameNumbers === true
      const files = {
        trace: String(textFlag(flags, 'trace')),
        tables: String(textFlag(flags, 'tables')),
        hostTables: textFlag(flags, 'hostTables', 'host-tables') ?? null,
        warmup: ticksOf(String(flags.warmup)),
        frameNumbers
      }
      const result = await withProgressBar(toolbox.isTerminal, (show) => toolbox.replay(files, show))
      for (const note of notes(result, frameNumbers)) toolbox.stderr(`lab: note: ${note}\n`)
      await toolbox.stdout(replayText(result))
    })
}
