/** Marks of state; each stands beside its word. 16 px grid, 1.5 px stroke. */
import { html, type Markup } from './html'

const icon = (shape: Markup): Markup =>
  html`<svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${shape}
  </svg>`

export const checkMark = icon(html`<path d="M3 8.5L6.5 12L13 4.5" />`)
export const warningMark = icon(html`<path d="M8 2L14.5 13.5H1.5Z M8 6.5V9.5 M8 11.5V11.6" />`)

/** A three by three table of entries with one diagonal path through it. */
export const brandMark = html`<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
  ${[0, 1, 2].flatMap((row) =>
    [0, 1, 2].map(
      (column) =>
        html`<rect
          x="${column * 7 + 0.5}"
          y="${row * 7 + 0.5}"
          width="5"
          height="5"
          rx="1"
          fill="${row + column === 2 ? 'var(--lane-b)' : 'var(--line-strong)'}"
        />`
    )
  )}
  <path d="M3 17L17 3" stroke="var(--lane-a)" stroke-width="1.5" />
</svg>`
