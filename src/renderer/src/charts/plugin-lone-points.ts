/** A value between two gaps has no line to lie on; a dot keeps it in sight. */
import type { Chart, Plugin, Point } from 'chart.js'

const RADIUS_PX = 1.5

/** Positions of the values whose neighbours are both missing. */
export function lonePoints(values: ArrayLike<number>): number[] {
  const isGap = (at: number): boolean => !Number.isFinite(values[at] ?? NaN)
  return Array.from(values, (_, at) => at).filter((at) => !isGap(at) && isGap(at - 1) && isGap(at + 1))
}

function dots(chart: Chart<'line'>, points: readonly Point[], hue: string): void {
  const { ctx, scales } = chart
  ctx.fillStyle = hue
  for (const at of lonePoints(points.map((point) => point.y ?? NaN))) {
    const { x, y } = points[at]
    ctx.beginPath()
    ctx.arc(
      scales.x.getPixelForValue(x ?? NaN),
      scales.y.getPixelForValue(y ?? NaN),
      RADIUS_PX,
      0,
      2 * Math.PI
    )
    ctx.fill()
  }
}

export const lonePointsPlugin = (): Plugin<'line'> => ({
  id: 'lonePoints',
  afterDatasetsDraw(chart) {
    chart.ctx.save()
    for (const { data, borderColor } of chart.data.datasets) {
      if (typeof borderColor === 'string') dots(chart, data as Point[], borderColor)
    }
    chart.ctx.restore()
  }
})
