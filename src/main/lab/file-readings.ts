/** Files that the host has taken in, a trace or a memory map each: looked at, read through, given up. */
import type { LabEvents } from '@shared/contract/lab-contract'
import type { ImportedTrace } from '@shared/model/catalogue'
import type { TracePeek } from '@shared/model/trace-look'
import { KeptSurveys } from '../traces/kept-surveys'
import { beginsAsMemoryMap, readMemoryMap } from '../traces/memory-map'
import { peekTrace } from '../traces/trace-look'
import { UnknownFormat } from '../traces/trace-reader'
import type { FileStream, LabHost } from './ports'
import { progressMeter } from './progress'

/** Both levels: a file may hold addresses of either. */
const LEVELS = 5

export class FileReadings {
  readonly surveys = new KeptSurveys()
  private abort = new AbortController()

  constructor(
    private readonly host: LabHost,
    private readonly tell: LabEvents['trace/progress']
  ) {}

  cancel(): void {
    this.abort.abort()
    this.abort = new AbortController()
  }

  /**
   * The first line tells a map from a trace, so that a torn map is refused in words about maps.
   * @throws UserError when it is known to be neither, or is damaged
   */
  async peek(token: string, format = 'auto'): Promise<TracePeek> {
    const stream = await this.host.openFile(token)
    const { name, bytes } = stream
    const maps = await mapsOf(token, stream)
    if (maps) return { token, name, bytes, shape: null, unread: null, firstBadLines: [], maps }
    return { token, name, bytes, ...(await beginningOf(stream, format)), maps: null }
  }

  /** @throws UserError for what `peek` refuses or finds no format of, and when it was cancelled */
  async describe(token: string, format = 'auto'): Promise<ImportedTrace> {
    const { signal } = this.abort
    const stream = await this.host.openFile(token)
    const { name, bytes } = stream
    const maps = await mapsOf(token, stream)
    if (maps) return { token, name, bytes, summary: null, maps }
    const report = progressMeter(
      (progress) => this.tell({ token, progress }),
      () => performance.now()
    )
    const onProgress = (read: number): void => report('Reading the trace', read, bytes, 'bytes')
    try {
      const survey = await this.surveys.survey(token, stream, { format, levels: LEVELS, onProgress, signal })
      return { token, name, bytes, summary: survey.summary, maps: null }
    } finally {
      this.tell({ token, progress: null })
    }
  }
}

/** What has the shape of no format is told and not refused: a person may know what it is. */
async function beginningOf(
  stream: FileStream,
  format: string
): Promise<Pick<TracePeek, 'shape' | 'unread' | 'firstBadLines'>> {
  try {
    return { ...(await peekTrace(stream, format)), unread: null }
  } catch (error) {
    if (error instanceof UnknownFormat) return { shape: null, unread: error.message, firstBadLines: [] }
    throw error
  }
}

async function mapsOf(token: string, stream: FileStream): Promise<ImportedTrace['maps']> {
  if (!(await beginsAsMemoryMap(stream))) return null
  const { areas } = await readMemoryMap(stream, LEVELS)
  return { token, name: stream.name, areas: areas.length }
}
