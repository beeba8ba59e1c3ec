/** A lane's mark is a letter in a shape, so that it stays itself without colour: A round, B square, C diamond, D triangle. */
import { html, type Markup } from './html'

const SHAPES = [
  html`<circle cx="9" cy="9" r="9" />`,
  html`<rect width="18" height="18" rx="3" />`,
  html`<path d="M9 -1L19 9L9 19L-1 9Z" />`,
  html`<path d="M9 -2L20 18H-2Z" />`
]

export const laneLetter = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : String(index + 1)

/** Class that carries the lane's hue; from the fourth lane on letters alone tell lanes apart. */
export const laneClass = (index: number): string => `lane-${Math.min(index, SHAPES.length - 1)}`

/** For use inside an SVG, its top left corner at (x, y); 18 x 18 px. */
export function badgeAt(index: number, x: number, y: number): Markup {
  const shape = SHAPES[Math.min(index, SHAPES.length - 1)]
  return html`<g class="badge ${laneClass(index)}" transform="translate(${x} ${y})"
    ><g class="hue">${shape}</g><text x="9" y="13" text-anchor="middle">${laneLetter(index)}</text></g
  >`
}

export const laneBadge = (index: number): Markup =>
  html`<svg width="22" height="22" viewBox="-2 -2 22 22" role="img" aria-label="Lane ${laneLetter(index)}">
    ${badgeAt(index, 0, 0)}
  </svg>`
