import type { FileStream } from '../lab/ports'
import type { SurveyOptions, TraceSurvey } from './trace-survey'
import { surveyTrace } from './trace-survey'

/** A survey holds the pages of its trace: up to 100 MB for the most scattered one that is taken. */
const MOST_KEPT = 2

interface Kept {
  readonly file: string
  readonly stamp: string
  readonly options: SurveyOptions
  readonly survey: TraceSurvey
}

/** The surveys made last, so that a run need not read a file through that its preview has read and nobody changed. */
export class KeptSurveys {
  private kept: Kept[] = []

  /** As surveyTrace; `file` is the path or token that the stream was opened by. */
  async survey(file: string, stream: FileStream, options: SurveyOptions): Promise<TraceSurvey> {
    const { stamp } = stream
    const known = this.kept.find((one) => one.file === file && one.stamp === stamp && serves(one, options))
    if (known) return known.survey
    const survey = await surveyTrace(stream, options)
    this.kept = [{ file, stamp, options, survey }, ...this.kept].slice(0, MOST_KEPT)
    return survey
  }
}

/** A survey of more address bits serves when none of them is used; a format asked for by name when it was found. */
function serves({ options, survey }: Kept, { format, levels }: SurveyOptions): boolean {
  const isFormat = format === options.format || format === survey.summary.format
  return isFormat && (levels === options.levels || (options.levels === 5 && survey.pages.areWithin(4)))
}
