/** One line for a problem of a spec: what is wrong (where), what to do. */
import type { z } from 'zod'
import { nearest } from './nearest'
import { findParameter, isGroup, PARAMETERS } from './parameters'
import { valueAt } from './plain-object'

export const problem = (what: string, where: string, todo: string): string => `${what} (${where}), ${todo}`

const LONGEST_VALUE = 60

/** A value as a line can hold it: short, and without control characters. */
export function valueText(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > LONGEST_VALUE ? text.slice(0, LONGEST_VALUE) + '…' : text
}

export const lineForUnknown = (path: string): string =>
  problem(
    `unknown parameter ${valueText(path)}`,
    'spec',
    `nearest names: ${nearest(
      path,
      PARAMETERS.map((one) => one.path)
    ).join(', ')}`
  )

const membersOf = (path: string): string[] =>
  PARAMETERS.filter((one) => one.path.startsWith(path + '.')).map((one) => one.path)

function acceptedAt(path: string): string {
  const parameter = findParameter(path)
  if (parameter) return `give ${parameter.kind === 'choice' ? 'one of ' : ''}${parameter.accepted}`
  return isGroup(path) ? `give an object; it holds ${membersOf(path).slice(0, 4).join(', ')}` : 'give text'
}

/** Items of a list are reported by the list's own path and rules. */
const parameterPath = (path: readonly PropertyKey[]): string =>
  path
    .filter((key) => typeof key !== 'number')
    .map(String)
    .join('.')

export function lineForIssue(issue: z.core.$ZodIssue, input: unknown): string {
  const path = parameterPath(issue.path)
  const value = valueAt(input, issue.path)
  if (value === undefined) return problem('a value is missing', path, acceptedAt(path))
  if (issue.code !== 'custom') return problem(`${valueText(value)} is not accepted`, path, acceptedAt(path))
  return problem(`${issue.message}, not ${valueText(value)}`, path, 'change one of the numbers')
}
