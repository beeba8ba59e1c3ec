/** A folder of files in memory for calls that take tokens; a token is the file's name. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { FileStream } from '@main/lab/ports'
import { UserError } from '@shared/model/user-error'
import { aFile } from './a-trace'
import { goldenPath } from './golden-case'
import { InProcessHost } from './in-process-host'

export type Folder = Readonly<Record<string, string | Uint8Array>>

export class FolderHost extends InProcessHost {
  constructor(
    private readonly folder: Folder,
    private readonly chunkBytes = 4096
  ) {
    super()
  }

  override openFile(name: string): Promise<FileStream> {
    const content = this.folder[name]
    if (content === undefined)
      return Promise.reject(new UserError('there is no such file', name, 'give one that exists'))
    return Promise.resolve(aFile(content, this.chunkBytes, name))
  }
}

/** A file of a recorded case, unpacked. */
export function goldenFile(name: string, file: string): Uint8Array {
  const bytes = readFileSync(goldenPath(name, file))
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

/** As the artifact's page_walk_counter.py writes it; one core, walks for 30 % of its cycles. */
export const PERF_SHORT = [
  'cycles\t1000000',
  'dtlb_load_misses.walk_pending\t600000',
  'dtlb_load_misses.walk_completed\t10000',
  ''
].join('\n')
