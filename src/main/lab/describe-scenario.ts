/** What a scenario is that the host has taken in as a file. */
import type { ImportedScenario } from '@shared/model/catalogue'
import { SCENARIO_SCHEMA } from '@shared/model/scenario'
import { UserError } from '@shared/model/user-error'
import { LARGEST_SCENARIO, readScenario } from '../scenarios/read-scenario'
import { readText } from '../traces/read-text'
import { isObject } from './plain-object'
import type { FileStream, LabHost } from './ports'

/** Traces may be huge: one look at the beginning tells them from JSON. */
async function beginsAsObject(stream: FileStream): Promise<boolean> {
  for await (const chunk of stream.chunks()) {
    const text = new TextDecoder().decode(chunk.subarray(0, 1024)).trimStart()
    if (text !== '') return text.startsWith('{')
  }
  return false
}

/** The object in the file; undefined when there is none, or too much for a scenario. */
async function objectIn(stream: FileStream): Promise<unknown> {
  try {
    const value: unknown = JSON.parse(await readText(stream, LARGEST_SCENARIO))
    return isObject(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UserError) return undefined
    throw error
  }
}

/**
 * Null for a file that does not say it is a scenario.
 * @throws UserError for one that says so and is none
 */
export async function describeScenario(token: string, host: LabHost): Promise<ImportedScenario | null> {
  if (!(await beginsAsObject(await host.openFile(token)))) return null
  const stream = await host.openFile(token)
  const value = await objectIn(stream)
  if (!isObject(value) || value.schema !== SCENARIO_SCHEMA) return null
  const { title, summary, cpus } = readScenario(value, stream.name)
  return { token, name: stream.name, title, summary, cpus }
}
