/** Draws a chart and the words around it on a canvas of its own, in the colours of the theme on show. */
import { formatTick } from '@shared/format/quantity'
import type { ChartTheme } from './chart-theme'
import { DASHES } from './alternate'
import { BADGE, drawBadge } from './lane-mark'
import { axisTicks } from './nice'
import {
  layoutPicture,
  PICTURE_SCALE,
  STROKE_PX,
  type PictureLayout,
  type PictureWords,
  type PlotBox,
  type TextLook
} from './picture-layout'
import type { Scene } from './scene'
import type { StripChart } from './strip-chart'

const fontOf = ({ uiFont, numFont, micro }: ChartTheme, look: TextLook): string =>
  ({
    title: `600 15px ${uiFont}`,
    small: `12px ${uiFont}`,
    micro: `${micro}px ${uiFont}`,
    tick: `${micro}px ${numFont}`
  })[look]

const inkOf = ({ ink, ink2, ink3 }: ChartTheme, look: TextLook): string =>
  ({ title: ink, small: ink2, micro: ink2, tick: ink3 })[look]

function plotBox({ size, plot }: StripChart, { view: { from, to } }: Scene): PlotBox {
  const ticks = axisTicks(to, from).map((at) => ({
    at: (at - from) / (to - from || 1),
    text: formatTick(at)
  }))
  return { ...size, ...plot, ticks }
}

function drawTexts(ctx: CanvasRenderingContext2D, { texts }: PictureLayout, theme: ChartTheme): void {
  ctx.textBaseline = 'middle'
  for (const { text, look, x, y, isCentred } of texts) {
    ctx.font = fontOf(theme, look)
    ctx.fillStyle = inkOf(theme, look)
    ctx.textAlign = isCentred ? 'center' : 'left'
    ctx.fillText(text, x, y)
  }
}

function drawMarks(ctx: CanvasRenderingContext2D, { marks }: PictureLayout, theme: ChartTheme): void {
  for (const { lane, dashed, x, y } of marks) {
    if (lane !== null) {
      drawBadge(ctx, lane, x + BADGE / 2, y, theme.lanes[lane].hue, theme.onLane, theme.uiFont)
      continue
    }
    ctx.strokeStyle = dashed ? theme.ink2 : theme.ink
    ctx.lineWidth = 2
    ctx.setLineDash(dashed ? [...DASHES] : [])
    ctx.beginPath()
    ctx.moveTo(x, y)
    ctx.lineTo(x + STROKE_PX, y)
    ctx.stroke()
  }
}

/** Null before the chart has anything to show. */
export function drawPicture(chart: StripChart, words: PictureWords): HTMLCanvasElement | null {
  const scene = chart.shown
  const canvas = document.createElement('canvas')
  const ctx = canvas.getContext('2d')
  if (!scene || !ctx) return null
  const { theme } = scene
  const layout = layoutPicture(words, plotBox(chart, scene), (text, look) => {
    ctx.font = fontOf(theme, look)
    return ctx.measureText(text).width
  })
  canvas.width = PICTURE_SCALE * layout.width
  canvas.height = PICTURE_SCALE * layout.height
  ctx.scale(PICTURE_SCALE, PICTURE_SCALE)
  ctx.fillStyle = theme.panel
  ctx.fillRect(0, 0, layout.width, layout.height)
  drawTexts(ctx, layout, theme)
  drawMarks(ctx, layout, theme)
  chart.drawOn(ctx, layout.plot.x, layout.plot.y, PICTURE_SCALE)
  return canvas
}

export const pngOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) => {
      if (blob) resolve(blob)
      else reject(new Error('The picture is too large, make the window smaller.'))
    }, 'image/png')
  )
