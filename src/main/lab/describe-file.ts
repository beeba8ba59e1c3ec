/** What a file is that the host has taken in: a trace with its counts, or a memory map. */
import type { ImportedTrace } from '@shared/model/catalogue'
import { beginsAsMemoryMap, readMemoryMap } from '../traces/memory-map'
import { summarizeTrace } from '../traces/trace-summary'
import type { LabHost } from './ports'

/** Both levels: a map may hold addresses of either. */
const LEVELS = 5

/**
 * The first line tells a map from a trace, so that a torn map is refused in words about maps.
 * @throws UserError when it is neither, or is damaged
 */
export async function describeFile(token: string, host: LabHost): Promise<ImportedTrace> {
  const stream = await host.openFile(token)
  const { name, bytes } = stream
  if (await beginsAsMemoryMap(stream)) {
    const { areas } = await readMemoryMap(stream, LEVELS)
    return { token, name, bytes, summary: null, maps: { token, name, areas: areas.length } }
  }
  return { token, name, bytes, summary: await summarizeTrace(stream), maps: null }
}
