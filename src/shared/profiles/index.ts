/** The hardware profiles: a new one is one file and one line here. The first is the default. */
import type { HardwareProfile } from '../model/hardware-profile'
import { artifact } from './artifact'
import { skylake } from './skylake'
import { tiny } from './tiny'

export const PROFILES: readonly HardwareProfile[] = [skylake, tiny, artifact]

export const profileById = (id: string): HardwareProfile | undefined => PROFILES.find((p) => p.id === id)

/**
 * Where a parameter's number comes from: the source given for its path (`cache.l2.ways`) or for the longest
 * prefix of it (`cache.l2`, `cache`); undefined when there is none.
 */
export function sourceOf(profile: HardwareProfile, path: string): string | undefined {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    if (Object.hasOwn(profile.sources, at)) return profile.sources[at]
  }
  return undefined
}
