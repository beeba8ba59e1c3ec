/** `lab scenarios`: those that come with the lab and what they ask, or a look at a file. */
import { UserError } from '@shared/model/user-error'
import type { Command } from 'commander'
import { scenarioFrom } from './scenario-file'
import type { Flags } from './spec-flags'
import { textTable } from './text-table'
import type { Toolbox } from './toolbox'

export function scenariosCommand(program: Command, toolbox: Toolbox): void {
  program
    .command('scenarios')
    .description('list the scenarios and what they ask, or check a scenario file')
    .argument('[FILE]', 'scenario file to check')
    .option('--json', 'print a list of id, title, summary and cpus')
    .action(async (file: string | undefined, flags: Flags) => {
      const rows = file === undefined ? toolbox.offer.scenarios : [await checked(file)]
      await toolbox.stdout(
        flags.json
          ? JSON.stringify(rows, null, 2) + '\n'
          : textTable(
              [['Scenario', 'Question'], ...rows.map((one) => [one.id, one.summary])],
              ['left', 'left']
            )
      )
    })
}

async function checked(file: string): Promise<Toolbox['offer']['scenarios'][number]> {
  if (file === '') throw new UserError('the value is empty', 'FILE', 'give a file or leave it out')
  const { title, summary, cpus } = await scenarioFrom(file)
  return { id: file, title, summary, cpus }
}
