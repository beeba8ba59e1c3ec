/** Behind the lines: the warm-up hatched, because it is not counted, and the stretches with registers off. */
import type { Chart, Plugin } from 'chart.js'
import type { Scene } from './scene'

const HATCH_GAP = 8

function hatch(chart: Chart, to: number, colour: string): void {
  const { ctx, chartArea } = chart
  const x = chart.scales.x.getPixelForValue(to)
  if (x <= chartArea.left) return
  ctx.save()
  ctx.beginPath()
  ctx.rect(chartArea.left, 0, Math.min(x, chartArea.right) - chartArea.left, chart.height)
  ctx.clip()
  ctx.strokeStyle = colour
  ctx.beginPath()
  for (let at = chartArea.left - chart.height; at < x; at += HATCH_GAP) {
    ctx.moveTo(at, chart.height)
    ctx.lineTo(at + chart.height, 0)
  }
  ctx.stroke()
  ctx.restore()
}

function band(chart: Chart, from: number, to: number, hue: string, edge: string): void {
  const { ctx } = chart
  const area = chart.chartArea
  const left = Math.max(area.left, chart.scales.x.getPixelForValue(from))
  const right = Math.min(area.right, chart.scales.x.getPixelForValue(to))
  if (right <= left) return
  ctx.save()
  ctx.globalAlpha = 0.07
  ctx.fillStyle = hue
  ctx.fillRect(left, 0, right - left, chart.height)
  ctx.globalAlpha = 1
  ctx.fillStyle = edge
  ctx.fillRect(Math.round(left), 0, 1, chart.height)
  ctx.fillRect(Math.round(right) - 1, 0, 1, chart.height)
  ctx.restore()
}

/** Where something happened; more than so many would hide the grid. */
const MOST_MARKS = 80

function marks(chart: Chart, { marks, view, theme }: Scene): void {
  const shown = marks.filter(({ reference }) => reference >= view.from && reference <= view.to)
  if (shown.length > MOST_MARKS) return
  chart.ctx.save()
  chart.ctx.strokeStyle = theme.ink3
  chart.ctx.globalAlpha = 0.5
  chart.ctx.setLineDash([1, 3])
  chart.ctx.beginPath()
  for (const { reference } of shown) {
    const x = Math.round(chart.scales.x.getPixelForValue(reference)) + 0.5
    chart.ctx.moveTo(x, 0)
    chart.ctx.lineTo(x, chart.height)
  }
  chart.ctx.stroke()
  chart.ctx.restore()
}

export const bandsPlugin = (scene: () => Scene | null): Plugin<'line'> => ({
  id: 'bands',
  beforeDraw(chart) {
    const now = scene()
    if (!now) return
    marks(chart, now)
    if (now.warmup > 0) hatch(chart, now.warmup, now.theme.line)
    for (const { lane, from, to } of now.bands) {
      const { hue, edge } = now.theme.lanes[lane] ?? { hue: now.theme.ink3, edge: now.theme.line }
      band(chart, from, to, hue, edge)
    }
  }
})
