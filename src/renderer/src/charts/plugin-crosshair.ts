/** One vertical line through all charts at the same reference, and the point of each line at it. */
import type { Plugin } from 'chart.js'
import { drawPoint } from './lane-mark'
import type { Scene } from './scene'
import type { Strip } from './strips'

export const crosshairPlugin = (strip: Strip, scene: () => Scene | null): Plugin<'line'> => ({
  id: 'crosshair',
  afterDatasetsDraw(chart) {
    const now = scene()
    if (!now || now.at < 0) return
    const { ctx } = chart
    const x = chart.scales.x.getPixelForValue(now.windows.references[now.at])
    ctx.save()
    ctx.fillStyle = now.theme.ink2
    ctx.fillRect(Math.round(x), 0, 1, chart.height)
    for (const { lane, of } of strip.lines) {
      const value = of(now.windows)?.[now.at] ?? NaN
      if (!Number.isFinite(value)) continue
      const hue = lane === null ? now.theme.ink : now.theme.lanes[lane].hue
      drawPoint(ctx, lane, x + 0.5, chart.scales.y.getPixelForValue(value), hue, now.theme.canvas)
    }
    ctx.restore()
  }
})
