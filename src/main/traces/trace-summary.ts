import type { TraceSummary } from '@shared/model/catalogue'
import type { FileStream } from '../lab/ports'
import { surveyTrace, type SurveyOptions } from './trace-survey'

/** What a trace file holds; addresses keep their 57 bits. Throws UserError as surveyTrace does. */
export async function summarizeTrace(
  stream: FileStream,
  format = 'auto',
  how: Pick<SurveyOptions, 'onProgress' | 'signal'> = {}
): Promise<TraceSummary> {
  return (await surveyTrace(stream, { format, levels: 5, ...how })).summary
}
