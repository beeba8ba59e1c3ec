/** Many memory maps at once: one row each, a damaged one with the reason. */
import { UserError } from '@shared/model/user-error'
import type { MapsFolder, MapsProblem, MapsReport } from '@shared/model/maps-report'
import type { MapsRules } from '@shared/model/maps-rules'
import type { FileStream } from '../lab/ports'
import { beginsAsMemoryMap } from '../traces/memory-map'
import { readMapsReport } from './maps-report'

export interface MapsFile {
  readonly name: string
  readonly open: () => Promise<FileStream>
}

/** Files are read one after the other; what does not begin as a memory map is passed over. */
export async function readMapsFolder(files: readonly MapsFile[], rules: MapsRules): Promise<MapsFolder> {
  const processes: (MapsReport | MapsProblem)[] = []
  let skipped = 0
  for (const file of files) {
    const row = await rowOf(file, rules)
    if (row) processes.push(row)
    else skipped++
  }
  return { schema: 'dmt-lab/maps-folder@1', processes, skipped }
}

async function rowOf({ name, open }: MapsFile, rules: MapsRules): Promise<MapsReport | MapsProblem | null> {
  try {
    const stream = await open()
    return (await beginsAsMemoryMap(stream)) ? await readMapsReport(stream, rules) : null
  } catch (error) {
    if (error instanceof UserError) return { name, problem: error.message }
    throw error
  }
}
