/** Where all cycles went, one bar a lane on one scale. */
import type { LaneResult, RunResult } from '@shared/model/result'
import { formatCount, formatFixed, formatShare, withUnit } from '@shared/format/number'
import { html, type Markup } from './html'
import { badgeAt, laneClass } from './lane-mark'

const WIDTH = 640
const LEFT = 30
const RIGHT = 520
const ROW = 28
const BAR = 18

const PARTS = [
  { id: 'walkStallCycles', title: 'walks', className: 'hue' },
  { id: 'dataCycles', title: 'data', className: 'cy-data' },
  { id: 'instructionCycles', title: 'instructions', className: 'cy-instr' },
  { id: 'softwareCycles', title: 'software', className: 'cy-soft' }
] as const

/** All bars in the unit of the longest, so that their labels compare like their lengths. */
function cyclesText(cycles: number, largest: number): string {
  const [unit, scale] =
    largest >= 1e9 ? ['G cycles', 1e9] : largest >= 1e6 ? ['M cycles', 1e6] : ['k cycles', 1e3]
  return withUnit(formatFixed(cycles / Number(scale), 2), String(unit))
}

function bar({ counters }: LaneResult, index: number, largest: number): Markup {
  const scale = (RIGHT - LEFT) / largest
  const y = index * ROW + 3
  let x = LEFT
  const parts = PARTS.map(({ id, className }) => {
    const width = counters[id] * scale
    x += width
    return html`<rect
      class="hit ${className}"
      x="${(x - width).toFixed(1)}"
      y="${y}"
      width="${width.toFixed(1)}"
      height="${BAR}"
    />`
  })
  return html`<g class="${laneClass(index)}">
    ${badgeAt(index, 2, y)}${parts}
    <text class="end" x="${x + 8}" y="${y + 13}">${cyclesText(counters.totalCycles, largest)}</text>
  </g>`
}

function sentence({ id, counters }: LaneResult): string {
  const shares = PARTS.map(
    (part) => `${part.title} ${formatShare(counters[part.id] / counters.totalCycles || 0)}`
  )
  return `${id}: ${formatCount(counters.totalCycles)} cycles, ${shares.join(', ')}.`
}

const legend = html`<ul class="set-up">
  ${PARTS.map(
    ({ title, className }) =>
      html`<li>
        <svg width="18" height="10" viewBox="0 0 18 10" aria-hidden="true">
          ${
            className === 'hue'
              ? html`<rect class="hue lane-0" width="9" height="10" /><rect
                    class="hue lane-1"
                    x="9"
                    width="9"
                    height="10"
                  />`
              : html`<rect class="${className}" width="18" height="10" />`
          }
        </svg>
        ${title}
      </li>`
  )}
</ul>`

export function cyclesBars({ lanes }: RunResult): Markup {
  const largest = Math.max(1, ...lanes.map((lane) => lane.counters.totalCycles))
  const height = lanes.length * ROW
  return html`<div>
    <h3>All cycles</h3>
    <div class="scroll">
      <svg
        width="${WIDTH}"
        height="${height}"
        viewBox="0 0 ${WIDTH} ${height}"
        role="img"
        aria-label="${lanes.map(sentence).join(' ')}"
      >
        ${lanes.map((lane, i) => bar(lane, i, largest))}
      </svg>
    </div>
    ${legend}
  </div>`
}
