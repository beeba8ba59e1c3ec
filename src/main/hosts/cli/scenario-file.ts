/** A scenario named on the command line: one that comes with the lab, or a file. */
import { LARGEST_SCENARIO, readScenario } from '@main/scenarios/read-scenario'
import { isObject } from '@shared/model/plain-object'
import { readJson } from '@main/store/read-text'
import type { ScenarioInfo } from '@shared/model/catalogue'
import type { Scenario } from '@shared/model/scenario'
import type { SpecInput } from '@shared/model/spec'

const namesFile = (text: string): boolean => text.endsWith('.json') || /[/\\]/.test(text)

/** What is neither the name of a scenario nor looks like a file is refused by its name later. */
export function scenarioInput(text: string, scenarios: readonly ScenarioInfo[]): SpecInput {
  const isFile = namesFile(text) && !scenarios.some((one) => one.id === text)
  return isFile ? { name: null, file: text } : { name: text, file: null }
}

export const scenarioFrom = async (file: string): Promise<Scenario> =>
  readScenario(await readJson(file, LARGEST_SCENARIO), file)

/** The spec with the CPUs that the scenario in a file needs, where it does not say itself. */
export async function withScenarioCpus(input: SpecInput): Promise<SpecInput> {
  const { scenario, cpu = {} } = input
  const file = isObject(scenario) ? scenario.file : null
  if (typeof file !== 'string' || file === '' || !isObject(cpu) || cpu.count !== undefined) return input
  const { cpus } = await scenarioFrom(file)
  return cpus === 1 ? input : { ...input, cpu: { ...cpu, count: cpus } }
}
