/** One line for a problem of a spec: what is wrong (where), what to do. */
import type { z } from 'zod'
import { nearest } from './nearest'
import { findParameter, isGroup, PARAMETERS } from './parameters'
import { isObject } from '@shared/model/plain-object'
import { valueAt } from './plain-object'

export interface Problem {
  readonly what: string
  readonly where: string
  readonly todo: string
}

export const problem = (what: string, where: string, todo: string): string => `${what} (${where}), ${todo}`

const line = ({ what, where, todo }: Problem): string => problem(what, where, todo)

const LONGEST_VALUE = 60
const DEEPEST_VALUE = 4

/** A file's value may be nested deeper than the stack reaches. */
function cutBelow(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return depth === 0 ? '…' : value.map((one) => cutBelow(one, depth - 1))
  if (!isObject(value)) return value
  if (depth === 0) return '…'
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cutBelow(one, depth - 1)]))
}

/** What a terminal acts on, partly left as it is by JSON: controls, line separators, turns of direction. */
export const ACTED_ON = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}]/gu
const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A value as a line can hold it: short, and without control characters. */
export function valueText(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(cutBelow(value, DEEPEST_VALUE))
  const short = text.length > LONGEST_VALUE ? text.slice(0, LONGEST_VALUE) + '…' : text
  return short.replace(ACTED_ON, escaped)
}

const ALL_PATHS = PARAMETERS.map((one) => one.path)

export const unknownProblem = (path: string, known: readonly string[] = ALL_PATHS): Problem => ({
  what: `unknown parameter ${valueText(path)}`,
  where: 'spec',
  todo: `nearest names: ${nearest(path, known).join(', ')}`
})

export const lineForUnknown = (path: string): string => line(unknownProblem(path))

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

export function issueProblem(issue: z.core.$ZodIssue, input: unknown): Problem {
  const where = parameterPath(issue.path)
  const value = valueAt(input, issue.path)
  if (value === undefined) return { what: 'a value is missing', where, todo: acceptedAt(where) }
  if (issue.code !== 'custom')
    return { what: `${valueText(value)} is not accepted`, where, todo: acceptedAt(where) }
  return { what: `${issue.message}, not ${valueText(value)}`, where, todo: 'change one of the numbers' }
}

export const lineForIssue = (issue: z.core.$ZodIssue, input: unknown): string =>
  line(issueProblem(issue, input))
