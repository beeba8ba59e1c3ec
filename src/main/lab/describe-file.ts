/** What a file is that the host has taken in: a trace with its counts, or a memory map. */
import type { ImportedTrace } from '@shared/model/catalogue'
import { UserError } from '@shared/model/user-error'
import { readMemoryMap } from '../traces/memory-map'
import { summarizeTrace } from '../traces/trace-summary'
import type { LabHost } from './ports'

/** Both levels: a map may hold addresses of either. */
const LEVELS = 5

/** @throws UserError when it is neither; the trace's own words are used, as it is what people import most */
export async function describeFile(token: string, host: LabHost): Promise<ImportedTrace> {
  const { name, bytes } = await host.openFile(token)
  const areas = await areasOfMap(token, host)
  if (areas !== null) return { token, name, bytes, summary: null, maps: { token, name, areas } }
  return { token, name, bytes, summary: await summarizeTrace(await host.openFile(token)), maps: null }
}

async function areasOfMap(token: string, host: LabHost): Promise<number | null> {
  try {
    const map = await readMemoryMap(await host.openFile(token), LEVELS)
    return map.areas.length
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}
