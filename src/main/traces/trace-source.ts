import type { AccessBatch } from '@shared/model/access'
import type { SourceInfo } from '@shared/model/result'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import type { AccessSource, Area } from '../workloads/workload'
import { INSTRUCTIONS_PER_REFERENCE } from '../workloads/teaching'
import { inferAreas } from './infer-areas'
import { readMemoryMap } from './memory-map'
import type { Levels } from './trace-format'
import { TraceReader } from './trace-reader'
import { surveyTrace, type SurveyTrace, type TraceSurvey } from './trace-survey'

export interface TraceOptions {
  /** Opens the trace from its beginning; called for the first pass, for the run, and for each loop of it. */
  readonly openTrace: () => Promise<FileStream>
  /** Opens the memory map of the traced process, when there is one. */
  readonly openMap: (() => Promise<FileStream>) | null
  /** Id of a trace format, or `auto`. */
  readonly format: string
  readonly levels: Levels
  /** Starts over at the end of the file; the stream is then endless. */
  readonly loop: boolean
  readonly onProgress?: (bytesRead: number, bytes: number) => void
  /** Ends the first pass. */
  readonly signal?: AbortSignal
  /** The first pass, by whoever may know its outcome already. */
  readonly survey?: SurveyTrace
}

export interface OpenedTrace {
  readonly source: AccessSource
  readonly info: SourceInfo
}

/**
 * Reads a trace through once, for its areas, counts and digest, so that a broken file is refused before anything
 * is built on it; its source then reads it again. Throws UserError for a bad trace or a bad map.
 */
export async function openTraceSource(options: TraceOptions): Promise<OpenedTrace> {
  const map = options.openMap && (await readMemoryMap(await options.openMap(), options.levels))
  const stream = await options.openTrace()
  const onProgress = (bytesRead: number): void => options.onProgress?.(bytesRead, stream.bytes)
  const { format, levels, signal } = options
  const survey = await (options.survey ?? surveyTrace)(stream, { format, levels, onProgress, signal })
  const areas = map?.areas ?? inferredAreas(survey, stream.name)
  const info: SourceInfo = {
    kind: 'trace',
    id: survey.summary.format,
    sha256: survey.sha256,
    records: survey.summary.records,
    name: stream.name,
    areas: map ? 'mapped' : 'inferred',
    ...(survey.summary.sampled ? { sampled: true as const } : {})
  }
  return { source: new TraceSource(options, survey, areas), info }
}

function inferredAreas(survey: TraceSurvey, name: string): Area[] {
  const areas = inferAreas(survey.pages)
  if (!areas)
    throw new UserError('the pages touched lie too scattered to infer areas', name, 'give its memory map')
  return areas
}

class TraceSource implements AccessSource {
  readonly instructionsPerReference: number
  private readonly format: string
  private reader: TraceReader | null = null
  private ended = false

  constructor(
    private readonly options: TraceOptions,
    { summary }: TraceSurvey,
    readonly areas: readonly Area[]
  ) {
    this.format = summary.format
    this.instructionsPerReference = summary.fetches > 0 ? 0 : INSTRUCTIONS_PER_REFERENCE
  }

  async fill(batch: AccessBatch, from: number, to: number): Promise<number> {
    let at = from
    while (at < to && !this.ended) {
      this.reader ??= await this.startReader()
      at = await this.reader.fill(batch, at, to)
      if (at < to) await this.endOfFile()
    }
    return at
  }

  async close(): Promise<void> {
    this.ended = true
    await this.reader?.close()
    this.reader = null
  }

  private async startReader(): Promise<TraceReader> {
    return TraceReader.open(await this.options.openTrace(), this.format, this.options.levels)
  }

  private async endOfFile(): Promise<void> {
    await this.reader?.close()
    this.reader = null
    this.ended = !this.options.loop
  }
}
