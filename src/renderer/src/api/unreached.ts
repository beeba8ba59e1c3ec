/** What stands in the window that has no lab. */
import { capital } from '@shared/format/capital'
import { errorWords } from '@shared/format/error-words'
import { LabError } from './lab-error'

/** What happened and what to do. A LabError says both by itself. */
export function unreachedText(error: unknown): string {
  const words = errorWords(error)
  return error instanceof LabError
    ? `${capital(words)}.`
    : `The lab could not be reached: ${words}. Close this window and start the lab again.`
}
