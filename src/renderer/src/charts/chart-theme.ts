/** Colours and type of the charts, read from the tokens once for each theme. */
import { letterOf, MOST_LANES } from '@renderer/lanes/letters'

export interface ChartTheme {
  readonly canvas: string
  readonly panel: string
  readonly line: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly lanes: readonly { readonly hue: string; readonly edge: string }[]
  readonly onLane: string
  readonly uiFont: string
  readonly numFont: string
  readonly micro: number
}

export function readChartTheme(style: CSSStyleDeclaration): ChartTheme {
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    canvas: token('--canvas'),
    panel: token('--panel'),
    line: token('--line'),
    ink: token('--ink'),
    ink2: token('--ink-2'),
    ink3: token('--ink-3'),
    lanes: Array.from({ length: MOST_LANES }, (_, lane) => {
      const name = `--lane-${letterOf(lane).toLowerCase()}`
      return { hue: token(name), edge: token(`${name}-edge`) }
    }),
    onLane: token('--lane-on'),
    uiFont: token('--font-ui'),
    numFont: token('--font-num'),
    micro: Number.parseFloat(token('--fs-micro')) || 11
  }
}
