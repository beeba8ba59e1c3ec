import type { RunResult } from '@shared/model/result'

/** What a report is called when nobody says otherwise; safe as a file name everywhere. */
export function reportName({ source, spec, lanes }: RunResult): string {
  const parts = ['dmt-lab', source.id, spec.environment, ...lanes.map((lane) => lane.id)]
  return parts
    .join('-')
    .replace(/[^a-z0-9-]+/gi, '-')
    .slice(0, 80)
}
