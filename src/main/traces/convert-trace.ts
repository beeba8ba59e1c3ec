/** Any trace as the lab's own binary. */
import { batchBuffer, batchOver } from '@shared/model/access'
import type { TraceSummary } from '@shared/model/catalogue'
import { Cancelled, UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { labHeader, recordsOf } from './access-records'
import { TraceReader } from './trace-reader'

const BATCH = 16_384
/** The records keep 56 bits of an address. */
const LEVELS = 5

export interface Conversion {
  readonly onProgress?: (bytesRead: number) => void
  readonly signal?: AbortSignal
}

/**
 * The bytes of the converted trace, whose survey says how many accesses there are: a read-modify-write becomes a
 * load and a store, what is passed over and what is bad is left out, sizes above 63 become 63.
 * @throws UserError as reading does, and when the file is not the one of the survey any more
 */
export async function* convertedTrace(
  stream: FileStream,
  { format, fetches, loads, stores }: TraceSummary,
  { onProgress, signal }: Conversion = {}
): AsyncGenerator<Uint8Array> {
  const accesses = fetches + loads + stores
  const reader = await TraceReader.open(stream, format, LEVELS)
  const batch = batchOver(batchBuffer(BATCH), BATCH)
  let written = 0
  try {
    yield labHeader(accesses)
    for (let end = BATCH; end === BATCH;) {
      end = await reader.fill(batch, 0, BATCH)
      if (signal?.aborted) throw new Cancelled('the conversion was cancelled', stream.name, 'begin it again')
      written += end
      yield recordsOf(batch, 0, end)
      onProgress?.(stream.bytesRead())
    }
  } finally {
    await reader.close()
  }
  if (written !== accesses)
    throw new UserError('the trace changed while it was read', stream.name, 'begin again')
}
