/** How much of a process's mapped bytes registers cover, one cluster after the other: points of a step curve. */
import type { MapsReport } from '@shared/model/maps-report'

export interface CoverStep {
  readonly registers: number
  readonly name: string
  /** Of the mapped bytes, with this register and those before it. */
  readonly share: number
  readonly bytes: number
}

/** The largest groups of areas first. */
export function coverSteps({ groups, mappedBytes }: MapsReport): CoverStep[] {
  let covered = 0
  return groups.map(({ name, bytes }, i) => {
    covered += bytes
    return { registers: i + 1, name, bytes, share: mappedBytes > 0 ? covered / mappedBytes : 0 }
  })
}

/** The shares that people ask about, with the registers they take. */
export const coverMarks = (report: MapsReport): { percent: number; registers: number }[] => [
  { percent: 50, registers: report.registersFor50Percent },
  { percent: 90, registers: report.registersFor90Percent },
  { percent: 99, registers: report.registersFor99Percent }
]
