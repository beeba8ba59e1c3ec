/** From a JSON value to a scenario, or one line with the path of the first thing wrong in it. */
import {
  REPEAT_SCHEMA,
  SCENARIO_HEAD,
  STEP_SCHEMAS,
  VERBS,
  type Repeat,
  type Scenario,
  type Step,
  type Verb
} from '@shared/model/scenario'
import { isObject, type PlainObject } from '@shared/model/plain-object'
import { PROTECT_WRITE } from '@shared/model/operation'
import { UserError } from '@shared/model/user-error'
import type { z } from 'zod'

export const LARGEST_SCENARIO = 2 ** 20
const MOST_STEPS = 4096
const DEEPEST = 8

const scenarioError = (path: string, what: string, file: string, todo: string): UserError =>
  new UserError(`scenario ${path ? path + ' ' : ''}${what}`, file, todo)

/** Names of a file may hold anything; a line shows little of it. */
const shown = (name: string): string => JSON.stringify(name.slice(0, 40)).replace(/[^\x20-\x7e]/g, '?')

const joined = (path: string, keys: readonly PropertyKey[]): string =>
  keys.reduce<string>((all, key) => {
    if (typeof key === 'number') return `${all}[${key}]`
    return all === '' ? String(key) : `${all}.${String(key)}`
  }, path)

function issueError(
  issue: z.core.$ZodIssue,
  path: string,
  file: string,
  known: readonly string[]
): UserError {
  const at = joined(path, issue.path)
  if (issue.code === 'custom') {
    return scenarioError(at, issue.message, file, String(issue.params?.todo))
  }
  if (issue.code === 'unrecognized_keys') {
    const todo = issue.path.length > 0 ? 'leave it out' : `give ${known.join(', ')}`
    return scenarioError(at, `has the unknown member ${shown(issue.keys[0])}`, file, todo)
  }
  if (issue.code === 'too_big')
    return scenarioError(at, 'holds too much', file, `give at most ${issue.maximum}`)
  const wanted = issue.code === 'invalid_type' ? issue.expected : 'value'
  return scenarioError(at, `is no ${wanted}`, file, wanted === 'object' ? 'write { }' : 'write [ ]')
}

function parsed<Schema extends z.ZodObject>(
  schema: Schema,
  value: unknown,
  path: string,
  file: string
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw issueError(result.error.issues[0], path, file, Object.keys(schema.shape))
}

class Reader {
  private steps = 0

  constructor(private readonly file: string) {}

  list(value: unknown, path: string, depth: number): (Step | Repeat)[] {
    if (!Array.isArray(value)) throw scenarioError(path, 'is no list of steps', this.file, 'write [ ]')
    if (value.length === 0) throw scenarioError(path, 'is empty', this.file, 'give a step')
    if (depth > DEEPEST)
      throw scenarioError(path, 'is nested too deep', this.file, `nest at most ${DEEPEST} repeats`)
    this.steps += value.length
    if (this.steps > MOST_STEPS)
      throw scenarioError(path, 'is too long', this.file, `give at most ${MOST_STEPS} steps`)
    return value.map((one: unknown, i) => this.step(one, `${path}[${i}]`, depth))
  }

  private step(value: unknown, path: string, depth: number): Step | Repeat {
    if (!isObject(value)) throw scenarioError(path, 'is no object', this.file, 'write { "VERB": ... }')
    const verbs = [...VERBS, 'repeat' as const].filter((verb) => Object.hasOwn(value, verb))
    if (verbs.length > 1)
      throw scenarioError(path, `has the verbs ${verbs.join(' and ')}`, this.file, 'make two steps of it')
    if (verbs.length === 0)
      throw scenarioError(path, 'has no verb', this.file, `give one of ${VERBS.join(', ')}, repeat`)
    const [verb] = verbs
    return verb === 'repeat' ? this.repeat(value, path, depth) : this.plain(verb, value, path)
  }

  private repeat(value: PlainObject, path: string, depth: number): Repeat {
    const { repeat, only, steps } = parsed(REPEAT_SCHEMA, value, path, this.file)
    return { verb: 'repeat', path, only, times: repeat, steps: this.list(steps, `${path}.steps`, depth + 1) }
  }

  private plain(verb: Verb, value: PlainObject, path: string): Step {
    const ask = parsed(STEP_SCHEMAS[verb], value, path, this.file)
    // The schema was chosen by the verb, which the compiler does not follow.
    return { verb, path, only: ask.only, ask } as Step
  }
}

/**
 * @param file how the person calls it, for the line
 * @throws UserError
 */
export function readScenario(value: unknown, file: string): Scenario {
  if (!isObject(value)) throw scenarioError('', 'is no object', file, 'write { "schema": ... }')
  const { title, summary, cpus = 1, loop = false, areas = [], steps } = parsed(SCENARIO_HEAD, value, '', file)
  return {
    title,
    summary,
    cpus,
    loop,
    areas: areas.map(({ protection = PROTECT_WRITE, ...area }) => ({ ...area, protection })),
    steps: new Reader(file).list(steps, 'steps', 0)
  }
}
