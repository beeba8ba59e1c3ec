/** What a person sees of a trace: its shape and first rows, from its beginning alone or with the whole survey. */
import { formatAddress, pageFrom } from '@shared/address/address'
import { ACCESS_NAMES, batchBuffer, batchOver, type AccessBatch } from '@shared/model/access'
import type { TraceRow, TraceShape } from '@shared/model/trace-look'
import type { FileStream } from '../lab/ports'
import type { TraceFormat } from './trace-format'
import { TraceReader } from './trace-reader'

const FIRST_ROWS = 12
/** Both levels: a look keeps all bits that any tables translate. */
const LEVELS = 5

export interface TraceBeginning {
  readonly shape: TraceShape
  readonly firstBadLines: readonly string[]
}

/** Reads the beginning of a trace. Throws UserError when it is that of none. */
export async function peekTrace(stream: FileStream, format = 'auto'): Promise<TraceBeginning> {
  const reader = await TraceReader.open(stream, format, LEVELS)
  try {
    const batch = batchOver(batchBuffer(FIRST_ROWS), FIRST_ROWS)
    const rows = rowsOf(batch, await reader.fillFromBeginning(batch, FIRST_ROWS))
    return { shape: shapeOf(reader.format, stream, rows), firstBadLines: [...reader.counts.firstBadLines] }
  } finally {
    await reader.close()
  }
}

export function shapeOf(
  { info }: TraceFormat,
  { compression }: FileStream,
  firstRecords: readonly TraceRow[]
): TraceShape {
  const { id, isSampled, sizes, caveats } = info
  return {
    format: id,
    compression,
    sampled: isSampled,
    addresses: 'virtual',
    sizes,
    firstRecords,
    notes: caveats
  }
}

/** The first rows of a batch that holds `end` of them. */
export function rowsOf(batch: AccessBatch, end: number): TraceRow[] {
  return Array.from({ length: Math.min(end, FIRST_ROWS) }, (_, i) => ({
    kind: ACCESS_NAMES[batch.kind[i]],
    address: formatAddress(pageFrom(batch.high[i], batch.low[i]), batch.offset[i]),
    size: batch.size[i]
  }))
}
