import { UserError } from './user-error'

const LONGEST_REASON = 120

/** The value of a JSON text; UserError names where it came from and what the parser found. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ') : ''
    throw new UserError(
      `the file is no JSON: ${reason.slice(0, LONGEST_REASON)}`,
      where,
      'correct it or give another'
    )
  }
}
