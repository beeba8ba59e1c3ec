/** One strip of the chart: horizontal grid, lines that do not hide each other, badges at their ends. */
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { html, type Markup } from './html'
import { badgeAt, laneClass } from './lane-mark'
import type { Line, Measure } from './measures'

export const PLOT = { width: 944, height: 112, left: 56, right: 824 }
const TOP = 8
const BOTTOM = 100
/** Lines nearer than this are one line to the eye. */
const SAME = 1.5
const DASH = 7
const BADGE_STEP = 22
/** Of the largest value: a ripple of a thousandth must not look like a wave. */
const SMALLEST_MARGIN = 0.05

/** In pixels; y is NaN where nothing was measured. */
type Point = readonly [x: number, y: number]
type Scale = (value: number) => number

interface DrawnLine {
  readonly lane: number
  readonly points: readonly Point[]
  readonly overall: number
}

/** A range a little wider than the values; from zero where zero is near. */
function valueRange(lines: readonly Line[], isRatio: boolean): [number, number] {
  const all = lines.flatMap((one) => (isRatio ? [...one.values, 1] : one.values)).filter(Number.isFinite)
  const low = all.reduce((a, b) => Math.min(a, b), Infinity)
  const high = all.reduce((a, b) => Math.max(a, b), -Infinity)
  if (!Number.isFinite(low)) return [0, 1]
  const margin = Math.max((high - low) * 0.1, Math.abs(high) * SMALLEST_MARGIN) || 1
  const isNearZero = low >= 0 && low - margin < 0.4 * high
  return [isNearZero ? 0 : low - margin, high + margin]
}

const drawn = (one: Line, x: Scale, y: Scale): DrawnLine => ({
  lane: one.lane,
  overall: one.overall,
  points: one.values.map((value, i): Point => [x(one.references[i]), y(value)])
})

const coincides = (one: DrawnLine, i: number, below: readonly DrawnLine[]): boolean =>
  below.some(
    (other) => other.points[i] !== undefined && Math.abs(other.points[i][1] - one.points[i][1]) <= SAME
  )

const rounded = (value: number): number => Math.round(value * 10) / 10

const pathOf = line<Point>()
  .x(([x]) => rounded(x))
  .y(([, y]) => rounded(y))
  .defined(([, y]) => Number.isFinite(y))

/** Stretches over another line are dashed, so that both are seen in turn. */
function stretches(one: DrawnLine, below: readonly DrawnLine[]): { dashed: boolean; points: Point[] }[] {
  const result: { dashed: boolean; points: Point[] }[] = []
  one.points.forEach((point, i) => {
    const dashed = coincides(one, i, below)
    const last = result.at(-1)
    if (last?.dashed === dashed) last.points.push(point)
    else result.push({ dashed, points: last ? [last.points[last.points.length - 1], point] : [point] })
  })
  return result
}

/** Ratios take ink: the first solid, the others grey, told apart by their badges. */
const lineClass = (one: DrawnLine, order: number, isRatio: boolean): string =>
  isRatio ? `ratio-${Math.min(order, 1)}` : laneClass(one.lane)

function lineMarkup(one: DrawnLine, lines: readonly DrawnLine[], order: number, isRatio: boolean): Markup[] {
  const dash = `${DASH} ${DASH * Math.max(1, lines.length - 1)}`
  const className = lineClass(one, order, isRatio)
  return stretches(one, lines.slice(0, order)).map(({ dashed, points }) => {
    const dashes = dashed ? html`stroke-dasharray="${dash}" stroke-dashoffset="${-DASH * order}"` : null
    return html`<path
      class="line ${className}${dashed ? ' dashed' : ''}"
      d="${pathOf(points) ?? ''}"
      ${dashes}
    />`
  })
}

interface EndRow {
  readonly lines: DrawnLine[]
  y: number
}

/** Lines that end at one height share a row; rows keep a badge's height between them. */
function endRows(lines: readonly DrawnLine[]): EndRow[] {
  const rows: EndRow[] = []
  for (const one of lines) {
    const y = one.points.findLast(([, each]) => Number.isFinite(each))?.[1]
    if (y === undefined) continue
    const row = rows.find((other) => Math.abs(other.y - y) <= SAME)
    if (row) row.lines.push(one)
    else rows.push({ lines: [one], y })
  }
  rows.sort((a, b) => a.y - b.y)
  for (let i = 1; i < rows.length; i++) rows[i].y = Math.max(rows[i].y, rows[i - 1].y + BADGE_STEP)
  const over = Math.max(0, (rows.at(-1)?.y ?? 0) - (PLOT.height - 10))
  for (const row of rows) row.y -= over
  return rows
}

function endMarkup({ lines, y }: EndRow, measure: Measure): Markup {
  const x = PLOT.right + 8
  const ratios = lines.map((one) => measure.format(one.overall))
  const label = measure.isRatio ? [...new Set(ratios)].join(' ') : lines.length > 1 ? 'equal' : ''
  return html`${lines.map((one, i) => badgeAt(one.lane, x + i * BADGE_STEP, y - 9))}<text
      class="end"
      x="${x + lines.length * BADGE_STEP + 2}"
      y="${y + 4}"
      >${label}</text
    >`
}

const gridLine = (y: number, label: string, kind: 'grid' | 'base'): Markup =>
  html`<line class="${kind}" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}" /><text
      x="${PLOT.left - 8}"
      y="${y + 4}"
      text-anchor="end"
      >${label}</text
    >`

/** An SVG of one measure over the references of the run; `summary` is what it shows, in one sentence. */
export function plotMarkup(measure: Measure, lines: readonly Line[], x: Scale, summary: string): Markup {
  const y = scaleLinear().domain(valueRange(lines, measure.isRatio)).nice(4).range([BOTTOM, TOP])
  const all = lines.map((one) => drawn(one, x, y))
  return html`<svg
    width="${PLOT.width}"
    height="${PLOT.height}"
    viewBox="0 0 ${PLOT.width} ${PLOT.height}"
    role="img"
    aria-label="${summary}"
  >
    ${y.ticks(4).map((tick) => gridLine(y(tick), measure.tick(tick), measure.isRatio && tick === 1 ? 'base' : 'grid'))}
    ${all.map((one, order) => lineMarkup(one, all, order, measure.isRatio))}
    ${endRows(all).map((row) => endMarkup(row, measure))}
  </svg>`
}
