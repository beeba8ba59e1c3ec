/** `lab formats`: the trace formats that are read, and how each is recorded: what Help in the window shows. */
import type { TraceFormatInfo, TraceRecording } from '@shared/model/catalogue'
import { RECORD_MAP, RECORD_TRACE } from '@shared/model/trace-recording'
import type { Command } from 'commander'
import { TRACE_FORMAT_INFOS } from '@main/lab/catalogue'
import type { Flags } from './spec-flags'
import { paragraph } from './text-table'
import type { Toolbox } from './toolbox'

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ')

const recordingText = ({ needs, commands, notes }: TraceRecording): string =>
  indented(paragraph(`Needs: ${needs}.`)) +
  commands.map((command) => `\n    ${command}\n`).join('') +
  (notes.length > 0 ? '\n' : '') +
  notes.map((note) => indented(paragraph(note))).join('')

const formatText = ({ id, title, summary, isSampled, recording }: TraceFormatInfo): string =>
  `${id}: ${title}${isSampled ? ' (sampled)' : ''}\n` +
  indented(paragraph(summary)) +
  recordingText(recording)

const allText = (): string =>
  [
    'scripts/record-trace: with one command\n' + recordingText(RECORD_TRACE),
    ...TRACE_FORMAT_INFOS.map(formatText),
    'Memory map, for any of them\n' + recordingText(RECORD_MAP)
  ].join('\n')

export function formatsCommand(program: Command, toolbox: Toolbox): void {
  program
    .command('formats')
    .description('list the trace formats that are read, and how to record each')
    .option('--json', 'print a list of id, title, summary, isSampled and recording')
    .action(async (flags: Flags) => {
      await toolbox.stdout(flags.json ? JSON.stringify(TRACE_FORMAT_INFOS, null, 2) + '\n' : allText())
    })
}
