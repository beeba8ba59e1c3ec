/**
 * One strip as a Chart.js chart, kept out of Vue's reactivity. Animation, parsing and the built-in legend and
 * tooltip are off: the caption is the legend, the crosshair's reading the tooltip.
 */
import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ChartConfiguration,
  type ChartDataset,
  type Point
} from 'chart.js'
import { along, DASHES, turnOf, type Turn } from './alternate'
import { growRange, type Range } from './nice'
import { bandsPlugin } from './plugin-bands'
import { crosshairPlugin } from './plugin-crosshair'
import { endMarksPlugin } from './plugin-end-marks'
import { lonePointsPlugin } from './plugin-lone-points'
import type { Scene } from './scene'
import type { Strip, StripLine } from './strips'
import { spanOf, type ViewRange } from './view-range'
import type { Line } from './windows'

Chart.register(LineController, LineElement, PointElement, LinearScale)

/** Room for the axis' numbers; the axis and the rail in HTML keep to it. */
const AXIS_PX = 40
/** Of the ground beside the strip, which badges and end values may use as well. */
const GROUND_PX = 16
const MARGIN_PX = 9
/** A line along the edge of the plot keeps its whole width. */
const EDGE_PX = 2
const isSameView = (a: ViewRange, b: ViewRange): boolean => a.from === b.from && a.to === b.to

const NOTHING_YET: Range = { low: 0, high: 1, step: 1 }

export class StripChart {
  private readonly chart: Chart<'line', Point[]>
  private scene: Scene | null = null
  private range: Range | null = null

  /** @param scale pixels of a canvas for each of the screen's; without it those of the screen, whose size it follows */
  constructor(
    canvas: HTMLCanvasElement,
    private readonly strip: Strip,
    /** Of the strip, for badges and end values, in px. */
    private readonly endPx: number,
    scale?: number
  ) {
    this.chart = new Chart(canvas, this.configuration(scale))
  }

  /** Draws this frame; when only the crosshair has moved, nothing is laid out anew. */
  show(scene: Scene): void {
    const before = this.scene
    this.scene = scene
    if (before?.run !== scene.run) this.range = null
    if (before?.theme !== scene.theme) this.paint(scene)
    if (
      before &&
      before.windows === scene.windows &&
      isSameView(before.view, scene.view) &&
      before.theme === scene.theme
    ) {
      this.chart.draw()
      return
    }
    this.fill(scene)
    this.chart.update('none')
  }

  destroy(): void {
    this.chart.destroy()
  }

  /** What it shows, null before the first frame; and its size in pixels of the screen. */
  get shown(): Scene | null {
    return this.scene
  }
  get size(): { readonly width: number; readonly height: number } {
    return { width: Math.floor(this.chart.width), height: Math.floor(this.chart.height) }
  }

  /** Where the plot begins and ends, in the same pixels. */
  get plot(): { readonly from: number; readonly to: number } {
    return { from: AXIS_PX, to: this.size.width - this.endPx - GROUND_PX }
  }

  /** Draws what it shows once more, as finely as asked: its own canvas has no more pixels than the screen. */
  drawOn(target: CanvasRenderingContext2D, x: number, y: number, scale: number): void {
    if (!this.scene) return
    const { width, height } = this.size
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const copy = new StripChart(canvas, this.strip, this.endPx, scale)
    copy.redraw(this.scene, this.range)
    target.drawImage(canvas, x, y, width, height)
    copy.destroy()
  }

  /** On the same axes as another. */
  private redraw(scene: Scene, range: Range | null): void {
    this.scene = scene
    this.range = range
    this.place(scene.view)
    this.paint(scene)
    this.fill(scene)
    this.chart.update('none')
  }

  /** Whether the values on the axis begin above 0; a table says so beside its numbers. */
  get startsAboveZero(): boolean {
    return (this.range?.low ?? 0) > 0
  }

  private configuration(scale?: number): ChartConfiguration<'line', Point[]> {
    const scene = (): Scene | null => this.scene
    return {
      type: 'line',
      data: { datasets: this.strip.lines.map((line, i) => this.dataset(line, i)) },
      plugins: [
        bandsPlugin(scene),
        lonePointsPlugin(),
        crosshairPlugin(this.strip, scene),
        endMarksPlugin(this.strip, scene)
      ],
      options: {
        ...(scale === undefined ? {} : { responsive: false, devicePixelRatio: scale }),
        animation: false,
        parsing: false,
        normalized: true,
        maintainAspectRatio: false,
        events: [],
        elements: { point: { radius: 0 }, line: { tension: 0, borderWidth: 2 } },
        layout: { padding: { top: MARGIN_PX, bottom: MARGIN_PX, right: this.endPx + GROUND_PX, left: 0 } },
        scales: {
          x: { type: 'linear', display: false, min: 0, max: 1 },
          y: {
            type: 'linear',
            border: { display: false },
            afterFit: (axis) => void (axis.width = AXIS_PX),
            grid: { drawTicks: false },
            ticks: { padding: 4, callback: (value) => this.tick(Number(value)) }
          }
        }
      }
    }
  }

  /** Ticks are multiples of the step but for rounding, which must not show. */
  private tick(value: number): string {
    const { step } = this.range ?? NOTHING_YET
    return this.strip.tick(Math.round(value / step) * step, step)
  }

  private dataset(line: StripLine, index: number): ChartDataset<'line', Point[]> {
    return {
      data: [],
      order: -index,
      clip: EDGE_PX,
      borderDash: line.dashed ? [...DASHES] : [],
      segment:
        line.lane !== null && index > 0
          ? {
              borderDash: (at) => this.turn(index, at.p0DataIndex, at.p1DataIndex)?.dash,
              borderDashOffset: (at) => this.turn(index, at.p0DataIndex, at.p1DataIndex)?.offset
            }
          : {}
    }
  }

  /** A line's turn from one point to the next, null where no line of its kind before it runs along it. */
  private turn(index: number, from: number, to: number): Turn | null {
    const { dashed } = this.strip.lines[index]
    const heights = (at: number): number[] =>
      this.strip.lines.map((line, i) => (line.dashed === dashed ? this.heightOf(i, at) : NaN))
    const { rank, count } = along(heights(from), heights(to), index)
    return turnOf(rank, count, dashed)
  }

  private heightOf(line: number, at: number): number {
    return this.chart.scales.y.getPixelForValue(this.chart.data.datasets[line].data[at]?.y ?? NaN)
  }

  private fill({ windows, view }: Scene): void {
    const lines = this.strip.lines.map((line) => line.of(windows) ?? new Float64Array(0))
    this.chart.data.datasets.forEach((dataset, i) => {
      dataset.data = Array.from(windows.references, (x, at) => ({ x, y: lines[i][at] }))
    })
    // The picture changes its scale anyway when more or fewer references are shown: then the values may fit anew as well.
    if (!this.isSameSpan(view)) this.range = null
    this.place(view)
    this.rangeOver(lines)
  }

  private place({ from, to }: ViewRange): void {
    Object.assign(this.chart.options.scales!.x!, { min: from, max: to })
  }

  private isSameSpan(view: ViewRange): boolean {
    const { min, max } = this.chart.options.scales!.x!
    return Math.abs(Number(max) - Number(min) - spanOf(view)) < 1e-6 * spanOf(view)
  }

  private rangeOver(lines: readonly Line[]): void {
    const values = lines.flatMap((line) => [...line].filter(Number.isFinite))
    if (this.strip.ground !== null && values.length > 0) values.push(this.strip.ground)
    if (values.length > 0) this.range = growRange(this.range, Math.min(...values), Math.max(...values))
    const { low, high, step } = this.range ?? NOTHING_YET
    const y = this.chart.options.scales!.y!
    y.min = low
    y.max = high
    Object.assign(y.ticks!, { stepSize: step })
  }

  private paint({ theme }: Scene): void {
    this.chart.data.datasets.forEach((dataset, i) => {
      const { lane, dashed } = this.strip.lines[i]
      dataset.borderColor = lane === null ? (dashed ? theme.ink2 : theme.ink) : theme.lanes[lane].hue
    })
    const y = this.chart.options.scales!.y!
    Object.assign(y.ticks!, { color: theme.ink3, font: { family: theme.numFont, size: theme.micro } })
    const ground = this.strip.ground
    Object.assign(y.grid!, {
      color: (at: { tick: { value: number } }) => (at.tick.value === ground ? theme.ink3 : theme.line)
    })
  }
}
