/** The points of the charts, one row for each lane and point; plain numbers, for programs. */
import type { RunResult } from '@shared/model/result'
import { csvField } from './csv-field'
import { MEASURES, type Line } from './measures'

/** A number, or nothing where there is no value. */
const numberField = (value: number | undefined): string =>
  value !== undefined && Number.isFinite(value) ? String(value) : ''

export function seriesCsv(run: RunResult): string {
  const linesOf = MEASURES.map(
    (measure) => new Map(measure.lines(run).map((line): [number, Line] => [line.lane, line]))
  )
  const head = ['lane', 'design', 'environment', 'reference', ...MEASURES.map((measure) => measure.id)]
  const rows = run.lanes.flatMap(({ id, design, environment, series }, lane) =>
    series.references.map((reference, i) => {
      const values = linesOf.map((lines) => numberField(lines.get(lane)?.values[i]))
      return [csvField(id), csvField(design), environment, String(reference), ...values]
    })
  )
  return [head, ...rows].map((row) => row.join(',') + '\r\n').join('')
}
