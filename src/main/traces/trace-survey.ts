/** The first pass over a trace: what it holds, and which pages it touches. */
import { batchBuffer, batchOver } from '@shared/model/access'
import type { TraceSummary } from '@shared/model/catalogue'
import type { TraceRow, TraceShape } from '@shared/model/trace-look'
import { Cancelled, UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { inferAreas } from './infer-areas'
import { TouchedPages } from './touched-pages'
import type { TraceCounts } from './trace-counts'
import type { Levels } from './trace-format'
import { rowsOf, shapeOf } from './trace-look'
import { TraceReader } from './trace-reader'

const BATCH = 16_384

export interface SurveyOptions {
  /** Id of a trace format, or `auto`. */
  readonly format: string
  readonly levels: Levels
  /** Told after each batch how many bytes of the file have been read. */
  readonly onProgress?: (bytesRead: number) => void
  /** Ends the reading. */
  readonly signal?: AbortSignal
}

export interface TraceSurvey {
  readonly summary: TraceSummary
  readonly pages: TouchedPages
  /** Of the file as it lies on disk. */
  readonly sha256: string
}

export type SurveyTrace = (stream: FileStream, options: SurveyOptions) => Promise<TraceSurvey>

/**
 * Reads the whole trace. Throws UserError when it is no trace, is broken, or touches more of the address space
 * than can be kept.
 */
export async function surveyTrace(stream: FileStream, options: SurveyOptions): Promise<TraceSurvey> {
  const reader = await TraceReader.open(stream, options.format, options.levels)
  const pages = new TouchedPages()
  const batch = batchOver(batchBuffer(BATCH), BATCH)
  let rows: TraceRow[] | undefined
  try {
    let end = BATCH
    while (end === BATCH) {
      end = await reader.fill(batch, 0, BATCH)
      rows ??= rowsOf(batch, end)
      if (pages.touchAll(batch, end) < end) throw tooScattered(stream.name, pages)
      if (options.signal?.aborted)
        throw new Cancelled('the reading was cancelled', stream.name, 'begin it again')
      options.onProgress?.(stream.bytesRead())
    }
  } finally {
    await reader.close()
  }
  const summary = summaryOf(shapeOf(reader.format, stream, rows ?? []), reader.counts, pages)
  return { summary, pages, sha256: await stream.sha256() }
}

function summaryOf(shape: TraceShape, counts: TraceCounts, pages: TouchedPages): TraceSummary {
  const { records, fetches, loads, stores, badLines, firstBadLines, skipped, threads } = counts
  return {
    schema: 'dmt-lab/trace@1',
    ...shape,
    records,
    fetches,
    loads,
    stores,
    badLines,
    firstBadLines,
    skipped,
    crossings: pages.crossings,
    threads,
    pages4K: pages.count,
    regions2M: pages.regionCount,
    inferredAreas: inferAreas(pages)?.length ?? null
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
