/** Exit codes of the command line, and the one line that goes with each. */
import { OutOfMemory } from '@main/software/out-of-memory'
import { Cancelled, UserError } from '@shared/model/user-error'
import { CommanderError } from 'commander'

export const DONE = 0
const DEFECT = 1
export const BAD_USAGE = 2
export const ENDED_EARLY = 3
export type ExitCode = typeof DONE | typeof DEFECT | typeof BAD_USAGE | typeof ENDED_EARLY

/** Bad usage that is told by a line of its own already. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage'
}

/** A result that contradicts itself: told as a line, without a stack, and a defect all the same. */
export class WrongResult extends Error {
  override readonly name = 'WrongResult'
}

/** One line, whatever file names and values it holds. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()

const USAGE_PREFIX = /^error: /

/** Without a command commander would show its help. */
function commanderLine(error: CommanderError): string {
  const isBare = error.code === 'commander.help'
  const what = isBare ? 'no command is given' : error.message.replace(USAGE_PREFIX, '')
  return `${what} (command line), run lab --help or lab COMMAND --help`
}

export interface Ending {
  readonly code: ExitCode
  /** For stderr; empty when nothing is wrong. */
  readonly line: string
}

const ending = (code: ExitCode, text: string): Ending => ({ code, line: `lab: ${oneLine(text)}\n` })

const withStack = (error: Error): Ending => {
  const { code, line } = ending(DEFECT, `defect: ${error.message} (${error.name})`)
  return { code, line: `${line}${error.stack ?? ''}\n` }
}

/** How a command that threw this ends. The stack of a defect is shown when `debug` is set. */
export function endingOf(error: unknown, debug: boolean): Ending {
  if (error instanceof CommanderError) {
    // Help and version end with code 0 through the same exception.
    return error.exitCode === 0 ? { code: DONE, line: '' } : ending(BAD_USAGE, commanderLine(error))
  }
  if (error instanceof Cancelled) return ending(ENDED_EARLY, error.message)
  if (error instanceof UserError || error instanceof BadUsage) return ending(BAD_USAGE, error.message)
  if (error instanceof OutOfMemory) {
    return ending(ENDED_EARLY, `${error.message} (emulated memory), choose a smaller footprint`)
  }
  if (error instanceof WrongResult) return ending(DEFECT, error.message)
  if (!(error instanceof Error)) return ending(DEFECT, `defect: ${String(error)}`)
  if (debug) return withStack(error)
  return ending(DEFECT, `defect: ${error.message} (${error.name}), set DEBUG=1 to see where`)
}
