/** The lab's own readings of files, for tests of the window, which does not know the engine. */
import { FileReadings } from '@main/lab/file-readings'
import type { FileStream } from '@main/lab/ports'
import { openStream } from '@main/store/open-stream'
import type { LabCalls, LabEvents } from '@shared/contract/lab-contract'
import type { TraceFormatId } from '@shared/model/trace-format-id'
import { aFile, fixturePath } from './a-trace'
import { InProcessHost } from './in-process-host'
import { asLab, ENCODERS, type Touch } from './trace-encoders'

/** Bytes in memory, or the name of a file of tests/fixtures/traces. */
export type FileContent = Uint8Array | string

class FilesHost extends InProcessHost {
  constructor(private readonly files: ReadonlyMap<string, FileContent>) {
    super()
  }

  override async openFile(token: string): Promise<FileStream> {
    const file = this.files.get(token)
    if (file === undefined) throw new Error(`no file ${token}`)
    return typeof file === 'string' ? openStream(fixturePath(file)) : aFile(file, 1000, token)
  }
}

export function fileCalls(
  files: ReadonlyMap<string, FileContent>,
  tell: LabEvents['trace/progress']
): Pick<LabCalls, 'trace/peek' | 'trace/describe' | 'trace/cancel'> {
  const readings = new FileReadings(new FilesHost(files), tell)
  return {
    'trace/peek': (token, format) => readings.peek(token, format),
    'trace/describe': (token, format) => readings.describe(token, format),
    'trace/cancel': async () => readings.cancel()
  }
}

const TOUCHES: readonly Touch[] = Array.from({ length: 40 }, (_, i) => ({
  kind: i % 4 === 0 ? 2 : i % 4 === 3 ? 1 : 0,
  address: i % 4 === 0 ? 0x401000n + BigInt(i * 4) : 0x7ff000000000n + BigInt(i * 4096),
  size: 8
}))

/** One trace of 40 touches in every format, some in two shapes. */
export const encodedTraces = (): { format: TraceFormatId; bytes: Uint8Array }[] =>
  ENCODERS.map(([format, encode]) => ({ format, bytes: encode(TOUCHES) }))

/** The same as the lab's own records, without the header that tells what they are. */
export const headerlessTrace = (): Uint8Array => asLab(TOUCHES).subarray(16)
