/** The whole run in one strip of 100 x 20: the cycles a walk takes, one path for each lane, gaps left out. */
import { ALL_MEASURES } from './measures'
import type { Windows } from './windows'

const TOP = 2
const BOTTOM = 18
const MEASURE = ALL_MEASURES.findIndex(({ id }) => id === 'cyclesPerWalk')
export const OVERVIEW_TITLE = ALL_MEASURES[MEASURE].title

/** Paths by lane, all in one range that begins at 0. @param end reference at the right edge */
export function overviewPaths(windows: Windows, end: number): string[] {
  const lines = windows.lanes.map((lane) => lane[MEASURE])
  const high = Math.max(0, ...lines.flatMap((line) => [...line].filter(Number.isFinite)))
  const x = (i: number): string => ((100 * windows.references[i]) / end).toFixed(2)
  const y = (value: number): string => (BOTTOM - (high > 0 ? value / high : 0) * (BOTTOM - TOP)).toFixed(1)
  return lines.map((line) => {
    let path = ''
    line.forEach((value, i) => {
      if (!Number.isFinite(value)) return
      path += `${i > 0 && Number.isFinite(line[i - 1]) ? 'L' : 'M'}${x(i)},${y(value)}`
    })
    return path
  })
}
