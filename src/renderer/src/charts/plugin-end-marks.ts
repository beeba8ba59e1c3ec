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
    const x = chart.scales.x.getPixelForValue(scene.windows.references[i])
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

/** Ends whose badges would cover each other; in the order of their lanes. */
export function clustersOf<T extends { readonly y: number }>(ends: readonly T[]): T[][] {
  const clusters: T[][] = []
  for (const end of [...ends].sort((a, b) => a.y - b.y)) {
    const last = clusters.at(-1)
    if (last && end.y - last[last.length - 1].y < BADGE + 2) last.push(end)
    else clusters.push([end])
  }
  return clusters.map((cluster) => ends.filter((end) => cluster.includes(end)))
}

/** Badges of a cluster stand side by side, each at the height of its line. */
function cluster({ ctx }: Chart, ends: readonly End[], theme: Scene['theme']): void {
  const step = BADGE + (ends.length > 2 ? 2 : 3)
  ends.forEach(({ line, x, y }, i) => {
    const lane = line.lane ?? 0
    drawBadge(ctx, lane, x + i * step, y, theme.lanes[lane].hue, theme.onLane, theme.uiFont)
  })
  const heights = ends.map((end) => end.y)
  const isEqual = ends.length > 1 && Math.max(...heights) - Math.min(...heights) <= COINCIDE_PX
  if (isEqual)
    word(
      ctx,
      theme,
      ends.length > 2 ? '=' : 'equal',
      ends[0].x + ends.length * step + 1,
      heights[0],
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
