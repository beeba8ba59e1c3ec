/** `lab serve`: the lab for a browser on this machine. */
import { UserError } from '@shared/model/user-error'
import type { Command } from 'commander'
import type { Flags } from './spec-flags'
import type { Toolbox } from './toolbox'

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (port <= 65535) return port
  throw new UserError(
    `${JSON.stringify(text.slice(0, 60))} is no port`,
    '--port',
    'give a number from 0 to 65535; 0 takes a free one'
  )
}

/** Resolves when a person has stopped it and nothing of it is left. */
async function serveUntilStopped(port: number, toolbox: Toolbox): Promise<void> {
  const stopped = new Promise<void>((resolve) => toolbox.onInterrupt(resolve))
  const server = await toolbox.serve(port)
  await toolbox.stdout(`${server.url}\n`)
  await stopped
  await server.close()
}

export function serveCommand(program: Command, toolbox: Toolbox): void {
  program
    .command('serve')
    .description('serve the lab to a browser on this machine, until Ctrl+C')
    .option('--port <N>', 'port on 127.0.0.1; 0 takes a free one', '0')
    .action((flags: Flags) => serveUntilStopped(portOf(String(flags.port)), toolbox))
}
