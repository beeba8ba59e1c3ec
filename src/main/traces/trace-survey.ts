/** The first pass over a trace: what it holds, and which pages it touches. */
import { LOW_SPAN, PAGE_BYTES } from '@shared/address/address'
import { batchBuffer, batchOver, type AccessBatch, type AccessKind } from '@shared/model/access'
import type { TraceSummary } from '@shared/model/catalogue'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { TouchedPages } from './touched-pages'
import type { Levels } from './trace-format'
import { TraceReader } from './trace-reader'

const BATCH = 16_384

export interface SurveyOptions {
  /** Id of a trace format, or `auto`. */
  readonly format: string
  readonly levels: Levels
  /** Told after each batch how many bytes of the file have been read. */
  readonly onProgress?: (bytesRead: number) => void
}

export interface TraceSurvey {
  readonly summary: TraceSummary
  readonly pages: TouchedPages
}

/**
 * Reads the whole trace. Throws UserError when it is no trace, is broken, or touches more of the address space
 * than can be kept.
 */
export async function surveyTrace(stream: FileStream, options: SurveyOptions): Promise<TraceSurvey> {
  const reader = await TraceReader.open(stream, options.format, options.levels)
  const pages = new TouchedPages()
  const batch = batchOver(batchBuffer(BATCH), BATCH)
  try {
    let end = BATCH
    while (end === BATCH) {
      end = await reader.fill(batch, 0, BATCH)
      if (!touchAll(pages, batch, end)) throw tooScattered(stream.name, pages)
      options.onProgress?.(stream.bytesRead())
    }
  } finally {
    await reader.close()
  }
  return { summary: summaryOf(reader, pages), pages }
}

function touchAll(pages: TouchedPages, batch: AccessBatch, end: number): boolean {
  for (let i = 0; i < end; i++) {
    const kind = batch.kind[i] as AccessKind
    if (!pages.touch(batch.high[i], batch.low[i], kind)) return false
    if (batch.offset[i] + batch.size[i] > PAGE_BYTES && !touchNext(pages, batch, i, kind)) return false
  }
  return true
}

/** The page after that of batch[i], which the access runs into. */
function touchNext(pages: TouchedPages, batch: AccessBatch, i: number, kind: AccessKind): boolean {
  const low = batch.low[i] + 1
  return low < LOW_SPAN ? pages.touch(batch.high[i], low, kind) : pages.touch(batch.high[i] + 1, 0, kind)
}

function summaryOf({ format, counts }: TraceReader, pages: TouchedPages): TraceSummary {
  const { records, fetches, loads, stores, badLines, firstBadLines } = counts
  const pages4K = pages.count
  return {
    schema: 'dmt-lab/trace@1',
    format: format.info.id,
    records,
    fetches,
    loads,
    stores,
    badLines,
    pages4K,
    firstBadLines
  }
}

function tooScattered(name: string, pages: TouchedPages): UserError {
  const most = pages.mostRegions.toLocaleString('en')
  return new UserError(
    `the trace touches more than ${most} regions of 2 MiB`,
    name,
    'give a shorter part of it'
  )
}
