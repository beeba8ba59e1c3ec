/** Hardware of a person's own, named in the place of a profile by the path of its file. */
import { basename } from 'node:path'
import type { Offer } from '@main/lab/offer'
import { LARGEST_HARDWARE_FILE, hasWholeHardware, onHardware, ownHardware } from '@main/lab/own-hardware'
import { readJson } from '@main/store/read-text'
import type { SpecInput } from '@shared/model/spec'

const namesFile = (profile: string): boolean => profile.endsWith('.json') || /[/\\]/.test(profile)

/**
 * The spec with the hardware of the file that its profile names. A spec that gives all hardware itself keeps it, and
 * its profile is only a name: so a result is repeated without the file.
 */
export async function withHardwareFile(input: SpecInput, { profiles }: Offer): Promise<SpecInput> {
  const { profile } = input
  if (typeof profile !== 'string' || !namesFile(profile) || hasWholeHardware(input)) return input
  const value = await readJson(profile, LARGEST_HARDWARE_FILE)
  return onHardware(input, ownHardware(value, basename(profile), profiles))
}
