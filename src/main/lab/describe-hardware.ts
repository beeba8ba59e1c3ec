/** The hardware in a file that the host has taken in. */
import type { HardwareProfile } from '@shared/model/hardware-profile'
import { parseJson } from '@shared/model/json-text'
import { readText } from '../traces/read-text'
import { OFFER } from './catalogue'
import { LARGEST_HARDWARE_FILE, ownHardware } from './own-hardware'
import type { LabHost } from './ports'

/** @throws UserError when it describes none; it names the field */
export async function describeHardware(token: string, host: LabHost): Promise<HardwareProfile> {
  const stream = await host.openFile(token)
  const text = await readText(stream, LARGEST_HARDWARE_FILE, 'give a JSON file of differences from a profile')
  return ownHardware(parseJson(text, stream.name), stream.name, OFFER.profiles)
}
