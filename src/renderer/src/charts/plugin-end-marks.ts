/** Where a line ends stands whose it is: the lane's badge, or its value where a line belongs to no lane. */
import type { Chart, Plugin } from 'chart.js'
import { COINCIDE_PX } from './alternate'
import { BADGE, badgeReach, drawBadge } from './lane-mark'
import type { Scene } from './scene'
import type { Strip, StripLine } from './strips'

const GAP = 6
/** Between badges side by side, and between the last one and a sign. */
const BETWEEN = 3
/** Above and below a badge: the diamond is the highest, and stays off its neighbours. */
const HEIGHT = BADGE + 4

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

const isCovered = (a: { readonly y: number }, b: { readonly y: number }): boolean =>
  Math.abs(a.y - b.y) < HEIGHT

/** Column of each badge, in order: the first in which it covers none before it. */
export function columnsOf(ends: readonly { readonly y: number }[]): number[] {
  const columns: number[] = []
  for (const end of ends) {
    const taken = columns.filter((_, i) => isCovered(ends[i], end))
    columns.push(ends.findIndex((_, column) => !taken.includes(column)))
  }
  return columns
}

/**
 * Middle of each column of badges, as wide as the widest in it, and where what comes after them may begin.
 * @param lanes of the badges, in order
 * @param columns of the badges, in the same order
 */
export function middlesOf(
  lanes: readonly number[],
  columns: readonly number[],
  from: number
): { readonly middles: readonly number[]; readonly afters: readonly number[] } {
  const middles: number[] = []
  const afters: number[] = []
  for (let column = 0, at = from; column <= Math.max(...columns); column++) {
    const reach = Math.max(...lanes.filter((_, i) => columns[i] === column).map(badgeReach))
    middles.push(at + reach)
    at += 2 * reach + BETWEEN
    afters.push(at)
  }
  return { middles, afters }
}

/** That lines coincide because their values are equal, or because no difference can be drawn. */
const SIGNS = { two: ['equal', 'close'], more: ['=', '≈'] } as const

/** Says why lines coincide at their ends, after their badges, where nothing else stands. */
function equals(
  { ctx }: Chart,
  ends: readonly End[],
  afters: readonly number[],
  theme: Scene['theme']
): void {
  for (const [i, end] of ends.entries()) {
    const near = ends.filter((one) => Math.abs(one.y - end.y) <= COINCIDE_PX)
    const others = ends.filter((one) => !near.includes(one) && isCovered(one, end))
    if (near.length < 2 || near[0] !== ends[i] || others.length > 0) continue
    const signs = ends.length > 2 ? SIGNS.more : SIGNS.two
    const sign = signs[near.every(({ value }) => value === end.value) ? 0 : 1]
    word(ctx, theme, sign, afters[near.length - 1], end.y, theme.uiFont)
  }
}

/** One badge a lane, at the first of its lines that has an end; side by side where they would cover each other. */
function badges(chart: Chart, all: readonly End[], { theme }: Scene): void {
  const ends = all.filter((end, i) => all.findIndex((one) => one.line.lane === end.line.lane) === i)
  const columns = columnsOf(ends)
  const lanes = ends.map(({ line }) => line.lane ?? 0)
  const { middles, afters } = middlesOf(lanes, columns, ends[0].x)
  ends.forEach(({ y }, i) => {
    const lane = lanes[i]
    drawBadge(chart.ctx, lane, middles[columns[i]], y, theme.lanes[lane].hue, theme.onLane, theme.uiFont)
  })
  equals(chart, ends, afters, theme)
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
