/** Where a line ends stands whose it is: the lane's badge, or its value where a line belongs to no lane. */
import type { Chart, Plugin } from 'chart.js'
import { BADGE, drawBadge } from './lane-mark'
import type { Scene } from './scene'
import type { Strip, StripLine } from './strips'

export const COINCIDE_PX = 1.5
const GAP = 6

interface End {
  readonly line: StripLine
  readonly value: number
  readonly x: number
  readonly y: number
}

function endOf(chart: Chart, line: StripLine, scene: Scene): End | null {
  const values = line.of(scene.windows)
  if (!values) return null
  for (let i = values.length - 1; i >= 0; i--) {
    if (!Number.isFinite(values[i])) continue
    if (scene.windows.references[i] > scene.view.to && i > 0) continue
    const x = Math.min(chart.scales.x.getPixelForValue(scene.windows.references[i]), chart.chartArea.right)
    return { line, value: values[i], x: x + GAP, y: chart.scales.y.getPixelForValue(values[i]) }
  }
  return null
}

function word(
  ctx: CanvasRenderingContext2D,
  theme: Scene['theme'],
  text: string,
  x: number,
  y: number,
  font = theme.numFont
): void {
  ctx.font = `600 ${theme.micro}px ${font}`
  ctx.fillStyle = theme.ink2
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  ctx.fillText(text, x, y)
}

function badges(chart: Chart, ends: readonly End[], { theme }: Scene): void {
  const { ctx } = chart
  const [a, b] = ends
  const isClose = b !== undefined && Math.abs(a.y - b.y) < BADGE + 2
  const middle = isClose ? (a.y + b.y) / 2 : 0
  ends.forEach((end, i) => {
    const lane = end.line.lane ?? 0
    const x = isClose ? end.x + i * (BADGE + 3) : end.x
    drawBadge(ctx, lane, x, isClose ? middle : end.y, theme.lanes[lane].hue, theme.onLane, theme.uiFont)
  })
  if (isClose && Math.abs(a.y - b.y) <= COINCIDE_PX) {
    word(ctx, theme, 'equal', a.x + 2 * BADGE + 7, middle, theme.uiFont)
  }
}

/** Values that would cover each other are moved apart, half the way each. */
function values(chart: Chart, ends: readonly End[], strip: Strip, { theme }: Scene): void {
  const [first, second] = ends
  const lack = second ? Math.max(0, theme.micro + 2 - Math.abs(first.y - second.y)) / 2 : 0
  const isFirstBelow = second !== undefined && first.y > second.y
  ends.forEach((end, i) => {
    const down = (i === 0) === isFirstBelow
    word(chart.ctx, theme, strip.format(end.value), end.x, end.y + (down ? lack : -lack))
  })
}

export const endMarksPlugin = (strip: Strip, scene: () => Scene | null): Plugin<'line'> => ({
  id: 'endMarks',
  afterDraw(chart) {
    const now = scene()
    if (!now) return
    const ends = strip.lines.map((line) => endOf(chart as Chart, line, now)).filter((end) => end !== null)
    if (ends.length === 0) return
    chart.ctx.save()
    if (strip.lines[0].lane === null) values(chart, ends, strip, now)
    else badges(chart, ends, now)
    chart.ctx.restore()
  }
})
