/** What a call that failed tells its caller, and what only the log learns. */
import { errorWords } from '@shared/format/error-words'
import type { Failure } from '@shared/contract/failure'
import { UserError } from '@shared/model/user-error'

/** A call outside the contract: an unknown name, or arguments that it does not take. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

const LONGEST_MESSAGE = 200

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_MESSAGE)

/** Mendable things and refusals cross in their own words; a defect in short, its stack stays here. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UserError) return { kind: 'user', message: error.message }
  if (error instanceof Refusal) return { kind: 'refused', message: error.message }
  const what = errorWords(error)
  return { kind: 'defect', message: `the lab itself failed: ${oneLine(what)}` }
}

/** Only defects are worth a line in the log; the rest is told to the person. */
export function logDefect(error: unknown): void {
  if (error instanceof UserError || error instanceof Refusal) return
  console.error(error)
}
