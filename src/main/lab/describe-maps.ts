/** What memory maps say that the host has taken in. */
import type { MapsFolder } from '@shared/model/maps-report'
import type { MapsRules } from '@shared/model/maps-rules'
import { readMapsFolder } from '../maps/maps-folder'
import type { LabHost } from './ports'

/** A row for each file; null when one of them is no memory map: then they are for others to take. */
export async function describeMaps(
  tokens: readonly string[],
  rules: MapsRules,
  host: LabHost
): Promise<MapsFolder | null> {
  const files = await Promise.all(
    tokens.map(async (token) => {
      const { name } = await host.openFile(token)
      return { name, open: () => host.openFile(token) }
    })
  )
  const found = await readMapsFolder(files, rules)
  return found.skipped > 0 ? null : found
}
