/** The command line as a function: arguments in, exit code out. */
import { Command } from 'commander'
import { artifactCommand } from './artifact'
import { conformanceCommand } from './conformance'
import { exportCommand } from './export-artifact'
import { formatsCommand } from './formats'
import { formulasCommand } from './formulas'
import { DONE, endingOf, type ExitCode } from './outcome'
import { reportCommand } from './report'
import { runCommand } from './run'
import { scenariosCommand } from './scenarios'
import { serveCommand } from './serve'
import type { Toolbox } from './toolbox'
import { mapsCommand } from './maps'
import { traceCommand } from './trace'
import { walkCommand } from './walk'
import { workloadsCommand } from './workloads'

function labProgram(
  toolbox: Toolbox,
  end: (code: ExitCode) => void,
  helpOut: (text: string) => void
): Command {
  const program = new Command('lab')
    .description(
      'Address translation under virtualization, emulated: radix walks beside Direct Memory Translation'
    )
    .version(toolbox.version)
    .exitOverride()
    // What is wrong is told in the lab's own form, after the exception.
    .configureOutput({ writeOut: helpOut, writeErr: () => undefined, outputError: () => undefined })
  walkCommand(program, toolbox)
  runCommand(program, toolbox, end)
  traceCommand(program, toolbox)
  workloadsCommand(program, toolbox)
  formatsCommand(program, toolbox)
  mapsCommand(program, toolbox)
  scenariosCommand(program, toolbox)
  artifactCommand(program, toolbox)
  conformanceCommand(program, toolbox)
  exportCommand(program, toolbox)
  formulasCommand(program, toolbox)
  reportCommand(program, toolbox)
  serveCommand(program, toolbox)
  return program
}

/** Runs one command. Nothing throws: what goes wrong becomes one line on stderr and an exit code. */
export async function labCli(args: readonly string[], toolbox: Toolbox, debug: boolean): Promise<ExitCode> {
  let code: ExitCode = DONE
  let help = ''
  const program = labProgram(
    toolbox,
    (ended) => (code = ended),
    (text) => (help += text)
  )
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    const ending = endingOf(error, debug)
    if (ending.line) toolbox.stderr(ending.line)
    if (help) await toolbox.stdout(help)
    return ending.code
  }
}
