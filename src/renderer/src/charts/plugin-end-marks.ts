/** Where a line ends stands whose it is: the lane's badge, or its value where a line belongs to no lane. */
import type { Chart, Plugin } from 'chart.js'
import { COINCIDE_PX } from './alternate'
import { BADGE, drawBadge } from './lane-mark'
import type { Scene } from './scene'
import type { Strip, StripLine } from './strips'

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

/** Badges that would cover each other stand side by side at their mean height; in the order of their lanes. */
export function clustersOf<T extends { readonly y: number }>(ends: readonly T[]): T[][] {
  const clusters: T[][] = []
  for (const end of [...ends].sort((a, b) => a.y - b.y)) {
    const last = clusters.at(-1)
    if (last && end.y - last[last.length - 1].y < BADGE + 2) last.push(end)
    else clusters.push([end])
  }
  return clusters.map((cluster) => ends.filter((end) => cluster.includes(end)))
}

function cluster({ ctx }: Chart, ends: readonly End[], theme: Scene['theme']): void {
  const heights = ends.map((end) => end.y)
  const middle = heights.reduce((sum, y) => sum + y, 0) / ends.length
  const step = BADGE + (ends.length > 2 ? 2 : 3)
  ends.forEach(({ line, x }, i) => {
    const lane = line.lane ?? 0
    drawBadge(ctx, lane, x + i * step, middle, theme.lanes[lane].hue, theme.onLane, theme.uiFont)
  })
  const isEqual = ends.length > 1 && Math.max(...heights) - Math.min(...heights) <= COINCIDE_PX
  if (isEqual)
    word(
      ctx,
      theme,
      ends.length > 2 ? '=' : 'equal',
      ends[0].x + ends.length * step + 1,
      middle,
      theme.uiFont
    )
}

/** One badge a lane, at the first of its lines that has an end. */
function badges(chart: Chart, ends: readonly End[], { theme }: Scene): void {
  const own = ends.filter((end, i) => ends.findIndex((one) => one.line.lane === end.line.lane) === i)
  for (const one of clustersOf(own)) cluster(chart, one, theme)
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
