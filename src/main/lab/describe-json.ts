/** Telling JSON files by what they hold: a scenario, a spec or a result with one, or else own hardware. */
import type { ImportedScenario } from '@shared/model/catalogue'
import type { HardwareProfile } from '@shared/model/hardware-profile'
import type { ImportedJson } from '@shared/model/imported-json'
import { SCENARIO_SCHEMA } from '@shared/model/scenario'
import { sizeText } from '@shared/model/quantity'
import { UserError } from '@shared/model/user-error'
import { LARGEST_SCENARIO, readScenario } from '../scenarios/read-scenario'
import { OFFER } from './catalogue'
import { objectIn, type NamedObject } from './json-object'
import { LARGEST_HARDWARE_FILE, ownHardware } from './own-hardware'
import type { LabHost } from './ports'
import { setupIn } from './setup-in-json'

/** Each kind has its own bound; that of a result, which holds much more, was kept when the file was read. */
function keepBound({ name, length }: NamedObject, most: number, todo: string): void {
  if (length > most) throw new UserError(`the file is larger than ${sizeText(most)}`, name, todo)
}

function scenarioIn(found: NamedObject, token: string): ImportedScenario | null {
  const { name, value } = found
  if (value.schema !== SCENARIO_SCHEMA) return null
  keepBound(found, LARGEST_SCENARIO, 'give a shorter scenario')
  const { title, summary, cpus } = readScenario(value, name)
  return { token, name, title, summary, cpus }
}

function hardwareIn(found: NamedObject): HardwareProfile {
  keepBound(found, LARGEST_HARDWARE_FILE, 'give only differences from a profile')
  return ownHardware(found.value, found.name, OFFER.profiles)
}

/**
 * The file is read once, whatever it is.
 * @returns null when it is no JSON object: it may be a trace
 * @throws UserError for one that is, and that the lab cannot use; it names the field
 */
export async function describeJson(token: string, host: LabHost): Promise<ImportedJson | null> {
  const found = await objectIn(token, host)
  if (found === null) return null
  const scenario = scenarioIn(found, token)
  if (scenario) return { kind: 'scenario', scenario }
  const setup = setupIn(found)
  if (setup) return { kind: 'setup', setup }
  return { kind: 'hardware', hardware: hardwareIn(found) }
}
