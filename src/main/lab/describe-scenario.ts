/** What a scenario is that the host has taken in as a file. */
import type { ImportedScenario } from '@shared/model/catalogue'
import { SCENARIO_SCHEMA } from '@shared/model/scenario'
import { LARGEST_SCENARIO, readScenario } from '../scenarios/read-scenario'
import { objectIn } from './json-object'
import type { LabHost } from './ports'

/**
 * Null for a file that does not say it is a scenario.
 * @throws UserError for one that says so and is none
 */
export async function describeScenario(token: string, host: LabHost): Promise<ImportedScenario | null> {
  const found = await objectIn(token, host, LARGEST_SCENARIO)
  if (found?.value.schema !== SCENARIO_SCHEMA) return null
  const { title, summary, cpus } = readScenario(found.value, found.name)
  return { token, name: found.name, title, summary, cpus }
}
