/** The first pass over a trace: what it holds, and which pages it touches. */
import { LOW_SPAN, PAGE_BYTES } from '@shared/address/address'
import { batchBuffer, batchOver, type AccessBatch, type AccessKind } from '@shared/model/access'
import type { TraceSummary } from '@shared/model/catalogue'
import type { TraceRow, TraceShape } from '@shared/model/trace-look'
import { UserError } from '@shared/model/user-error'
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
  const touching = new Touching(stream.name)
  const batch = batchOver(batchBuffer(BATCH), BATCH)
  let rows: TraceRow[] | undefined
  try {
    let end = BATCH
    while (end === BATCH) {
      end = await reader.fill(batch, 0, BATCH)
      rows ??= rowsOf(batch, end)
      touching.take(batch, end)
      if (options.signal?.aborted)
        throw new UserError('the reading was cancelled', stream.name, 'begin it again')
      options.onProgress?.(stream.bytesRead())
    }
  } finally {
    await reader.close()
  }
  const summary = summaryOf(shapeOf(reader.format, stream, rows ?? []), reader.counts, touching)
  return { summary, pages: touching.pages, sha256: await stream.sha256() }
}

/** What the accesses touch. */
class Touching {
  readonly pages = new TouchedPages()
  /** Accesses that run into the next page. */
  crossings = 0

  constructor(private readonly name: string) {}

  take(batch: AccessBatch, end: number): void {
    const { high, low, kind, offset, size } = batch
    const { pages } = this
    for (let i = 0; i < end; i++) {
      const isKept = pages.touch(high[i], low[i], kind[i] as AccessKind)
      if (!isKept || (offset[i] + size[i] > PAGE_BYTES && !this.cross(batch, i)))
        throw tooScattered(this.name, pages)
    }
  }

  /** False when the page that batch[i] runs into would be one region too many. */
  private cross(batch: AccessBatch, i: number): boolean {
    this.crossings++
    return touchNext(this.pages, batch, i, batch.kind[i] as AccessKind)
  }
}

/** The page after that of batch[i], which the access runs into. */
function touchNext(pages: TouchedPages, batch: AccessBatch, i: number, kind: AccessKind): boolean {
  const low = batch.low[i] + 1
  return low < LOW_SPAN ? pages.touch(batch.high[i], low, kind) : pages.touch(batch.high[i] + 1, 0, kind)
}

function summaryOf(shape: TraceShape, counts: TraceCounts, { pages, crossings }: Touching): TraceSummary {
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
    crossings,
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
