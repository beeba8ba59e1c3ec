/** A hit level drawn: colour and pips together, so that neither has to be seen. */
import type { HitLevel } from '@shared/model/walk-record'
import { groupOf, stepsText } from './hit-groups'
import { html, type Markup } from './html'

const CELL = { width: 22, height: 18 }
const CELLS_IN_ROW = 24
const PIP = { width: 2, height: 6, step: 3 }

/** A filled box with its pips in the middle; pips are left out where they do not fit. */
export function hitBox(rank: number, x: number, y: number, width: number, height: number): Markup {
  const pipsWidth = rank * PIP.step - 1
  const from = x + (width - pipsWidth) / 2
  const fits = width >= pipsWidth + 6
  const pips = fits ? Array.from({ length: rank }, (_, i) => from + i * PIP.step) : []
  return html`<rect
      class="hit hit-${rank}"
      x="${x.toFixed(1)}"
      y="${y}"
      width="${width.toFixed(1)}"
      height="${height}"
      rx="2"
    />${pips.map(
      (pipX) =>
        html`<rect
          class="pip-${rank}"
          x="${pipX.toFixed(1)}"
          y="${y + (height - PIP.height) / 2}"
          width="${PIP.width}"
          height="${PIP.height}"
        />`
    )}`
}

export const hitKey = (rank: number): Markup =>
  html`<svg width="24" height="14" viewBox="0 0 24 14" aria-hidden="true">
    ${hitBox(rank, 0.5, 0, 23, 14)}
  </svg>`

/** The steps of one walk, left to right. */
export function stepCells(steps: readonly HitLevel[]): Markup {
  const width = Math.min(Math.max(steps.length, 1), CELLS_IN_ROW) * CELL.width
  const height = Math.max(1, Math.ceil(steps.length / CELLS_IN_ROW)) * CELL.height
  const cells = steps.map((level, i) => {
    const [x, y] = [(i % CELLS_IN_ROW) * CELL.width, Math.floor(i / CELLS_IN_ROW) * CELL.height]
    return hitBox(groupOf(level).rank, x, y, CELL.width, CELL.height)
  })
  return html`<svg
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="${stepsText(steps)}"
  >
    ${cells}
  </svg>`
}
