/** `lab workloads`: what each does, the footprints that belong to it, and what it can be set to. */
import { formatBytes } from '@shared/format/quantity'
import type { OfferedWorkload } from '@shared/model/catalogue'
import type { Command } from 'commander'
import type { Flags } from './spec-flags'
import { textTable } from './text-table'
import type { Toolbox } from './toolbox'

/** As the JSON lists it; a knob without a range has none. */
function row({ id, title, summary, presets, knobs }: OfferedWorkload): object {
  return {
    id,
    title,
    summary,
    presets,
    knobs: knobs.map(({ shape, ...knob }) => ({ ...knob, ...shape }))
  }
}

const size = (presets: OfferedWorkload['presets'], preset: 'paper' | 'laptop'): string =>
  presets === null ? '' : formatBytes(presets[preset])

const knobText = ({ path, shape }: OfferedWorkload['knobs'][number]): string => `${path}=${shape.default}`

const tableOf = (workloads: readonly OfferedWorkload[]): string =>
  textTable(
    [
      ['Workload', 'Paper', 'Laptop', 'What it does'],
      ...workloads.map(({ id, presets, summary }) => [
        id,
        size(presets, 'paper'),
        size(presets, 'laptop'),
        summary
      ])
    ],
    ['left', 'right', 'right', 'left']
  )

function knobsTable(workloads: readonly OfferedWorkload[]): string {
  const knobs = workloads.flatMap((one) => one.knobs)
  if (knobs.length === 0) return ''
  const rows = knobs.map((knob) => [knobText(knob), knob.help])
  return '\n' + textTable([['--option', 'What it sets'], ...rows], ['left', 'left'])
}

export function workloadsCommand(program: Command, toolbox: Toolbox): void {
  program
    .command('workloads')
    .description('list the workloads, the footprints that belong to them and what they can be set to')
    .option('--json', 'print a list of id, title, summary, presets in bytes, and knobs with defaults')
    .action(async (flags: Flags) => {
      const { workloads } = toolbox.offer
      await toolbox.stdout(
        flags.json
          ? JSON.stringify(workloads.map(row), null, 2) + '\n'
          : tableOf(workloads) + knobsTable(workloads)
      )
    })
}
