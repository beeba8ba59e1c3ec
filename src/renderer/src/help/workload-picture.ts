/** The first accesses of a workload as a picture: time to the right, areas one below the other, pages within each. */
import { FETCH, LOAD, STORE, type AccessKind } from '@shared/model/access'
import type { WorkloadSample } from '@shared/model/workload-sample'

export interface AreaBand {
  readonly name: string
  readonly pages: number
  readonly y: number
  readonly height: number
}

export interface WorkloadPicture {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly bands: readonly AreaBand[]
  /** One path for each kind, so that thousands of marks are three elements. */
  readonly paths: Readonly<Record<'fetch' | 'load' | 'store', string>>
}

export interface AreaRow {
  readonly name: string
  readonly pages: number
  readonly dataPages: number
  /** Of all accesses; of all stores, NaN where there are none. */
  readonly accesses: number
  readonly stores: number
}

const WIDTH = 840
const LEFT = 132
const RIGHT = 10
const GAP = 5
/** Heights grow with the logarithm of the pages: a stack beside a table of millions stays visible. */
const LEAST_HEIGHT = 24
const PER_DOUBLING = 6
const MARK = 4

const heightOf = (pages: number): number => LEAST_HEIGHT + PER_DOUBLING * Math.log2(Math.max(1, pages / 16))

const MARKS: Record<AccessKind, (x: number, y: number) => string> = {
  [FETCH]: (x, y) => `M${x} ${y}h${MARK}`,
  [LOAD]: (x, y) => `M${x} ${y - 2}l2 2l-2 2l-2-2z`,
  [STORE]: (x, y) => `M${x - 1.5} ${y - 1.5}h3v3h-3z`
}
const NAMES = { [FETCH]: 'fetch', [LOAD]: 'load', [STORE]: 'store' } as const

const round = (value: number): number => Math.round(value * 10) / 10

export function workloadPicture({ areas, kind, area, page }: WorkloadSample): WorkloadPicture {
  let y = 0
  const bands = areas.map(({ name, pages }): AreaBand => {
    const height = Math.round(heightOf(pages))
    const band = { name, pages, y, height }
    y += height + GAP
    return band
  })
  const paths = { fetch: '', load: '', store: '' }
  const span = WIDTH - LEFT - RIGHT - MARK
  kind.forEach((one, i) => {
    const band = bands[area[i]]
    const at = band.y + MARK + ((band.height - 2 * MARK) * (page[i] + 0.5)) / band.pages
    paths[NAMES[one]] += MARKS[one](round(LEFT + 2 + (span * i) / kind.length), round(at))
  })
  return { width: WIDTH, height: Math.max(0, y - GAP), left: LEFT, bands, paths }
}

/** The picture's areas as rows, in its order. */
export function areaRows({ areas, kind, area }: WorkloadSample): AreaRow[] {
  const stores = kind.filter((one) => one === STORE).length
  return areas.map((one, at) => {
    const here = kind.filter((_, i) => area[i] === at)
    return {
      ...one,
      accesses: here.length / kind.length,
      stores: here.filter((k) => k === STORE).length / stores
    }
  })
}
