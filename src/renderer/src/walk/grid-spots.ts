/** The cells of a section that the keyboard reaches, with their places. */
import type { Spot } from './grid-focus'
import type { GridSection } from './walk-grid'

/** Any number above a lane's columns keeps the lanes apart. */
const LANE_SPAN = 100

export const gridSpots = (section: GridSection): Spot[] =>
  section.rows.flatMap((row, r) =>
    row.lanes.flatMap((laneRow, lane) =>
      laneRow.cells.flatMap((cell) =>
        cell.kind === 'step' ? [{ row: r, x: lane * LANE_SPAN + cell.column, lane, n: cell.step.n }] : []
      )
    )
  )
