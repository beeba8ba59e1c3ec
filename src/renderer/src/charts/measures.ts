/** The four measures of a lane over a window of references, each a ratio of differences of series columns. */
import { SERIES_COLUMNS } from '@shared/model/snapshot'
import { formatFixed, formatShare } from '@shared/format/number'
import { decimalsOf } from './nice'

type Column = (typeof SERIES_COLUMNS)[number]
export const COLUMN = Object.fromEntries(SERIES_COLUMNS.map((name, i) => [name, i])) as Record<Column, number>

export interface Measure {
  readonly id: 'walksPerKiloReference' | 'referencesPerWalk' | 'cyclesPerWalk' | 'walkOverhead'
  readonly title: string
  readonly unit: string
  readonly over: Column
  readonly under: Column
  readonly scale: number
  /** A value as it is written everywhere: fixed decimals, its unit where the caption does not carry it. */
  readonly format: (value: number) => string
  /** A value on an axis whose ticks lie `step` from each other. */
  readonly tick: (value: number, step: number) => string
}

const plain = (decimals: number) => (value: number) => formatFixed(value, decimals)
const tickOf = (value: number, step: number): string => formatFixed(value, decimalsOf(step))

export const MEASURES: readonly Measure[] = [
  {
    id: 'walksPerKiloReference',
    title: 'TLB misses per 1k references',
    unit: 'misses',
    over: 'walks',
    under: 'references',
    scale: 1000,
    format: plain(1),
    tick: tickOf
  },
  {
    id: 'referencesPerWalk',
    title: 'References per walk',
    unit: 'references',
    over: 'walkReferences',
    under: 'walks',
    scale: 1,
    format: plain(2),
    tick: tickOf
  },
  {
    id: 'cyclesPerWalk',
    title: 'Cycles per walk',
    unit: 'cycles',
    over: 'walkCycles',
    under: 'walks',
    scale: 1,
    format: plain(1),
    tick: tickOf
  },
  {
    id: 'walkOverhead',
    title: 'Walk overhead',
    unit: 'share of all cycles',
    over: 'walkStallCycles',
    under: 'totalCycles',
    scale: 1,
    format: (value) => formatShare(value),
    tick: (value, step) => formatShare(value, decimalsOf(100 * step))
  }
]
