/**
 * The histogram of walks at the end of the artifact's sim.log: after the last line of tildes, one line for each
 * vector, `token,token,...,RANGE_HIT,<TAB>count`. Lines are taken one by one, so a long log is never held.
 */
import { UserError } from '../model/user-error'
import {
  NATIVE_PLACES,
  TWO_DIMENSIONAL_PLACES,
  isPlaceToken,
  type PlaceToken,
  type PlacedWalks
} from './places'

export interface Histogram {
  readonly kind: 'histogram'
  readonly environment: 'native' | 'virtualized'
  /** Counts of all vectors together. */
  readonly walks: number
  readonly rows: readonly PlacedWalks[]
}

/** There are 7 tokens for 24 places; what programs leave behind stays far below. */
const MOST_ROWS = 2 ** 20
const LARGEST_COUNT = 2 ** 53 - 1
const TILDES = /^~{4,}\s*$/
const COUNT = /^\d{1,16}$/
const RANGE = /^RANGE_(HIT|MISS)$/

interface Problem {
  readonly what: string
  readonly line: number
}

/** Quoted from a file that may hold anything. */
const quoted = (text: string): string => JSON.stringify(text.slice(0, 20))

export class HistogramReader {
  private rows: PlacedWalks[] = []
  private walks = 0
  /** The first in the part that counts; a later line of tildes begins that part anew. */
  private problem: Problem | null = null
  private hasTildes = false

  take(text: string, line: number): void {
    if (TILDES.test(text)) return this.beginAnew()
    if (this.problem !== null || text.trim() === '') return
    const row = this.parsed(text)
    if (typeof row === 'string') this.problem = { what: row, line }
    else if (this.rows.length === MOST_ROWS) this.problem = { what: `more than ${MOST_ROWS} vectors`, line }
    else this.keep(row, line)
  }

  /** A file without rows and without tildes is no histogram. */
  get isHistogram(): boolean {
    return this.hasTildes || this.rows.length > 0
  }

  /** @throws UserError that names the first line that is none of a histogram */
  end(name: string): Histogram {
    if (this.problem !== null) {
      const { what, line } = this.problem
      throw new UserError(what, `${name}, line ${line}`, 'give the output of the simulator as it is')
    }
    const { rows, walks } = this
    if (walks === 0) throw new UserError('the histogram holds no walk', name, 'give one with walks')
    const environment = rows[0].places.length === NATIVE_PLACES ? 'native' : 'virtualized'
    return { kind: 'histogram', environment, walks, rows }
  }

  private beginAnew(): void {
    this.rows = []
    this.walks = 0
    this.problem = null
    this.hasTildes = true
  }

  private keep(row: PlacedWalks, line: number): void {
    const first = this.rows.at(0)
    if (first !== undefined && first.places.length !== row.places.length) {
      this.problem = { what: 'native and two-dimensional walks are mixed', line }
    } else if (this.walks + row.count > LARGEST_COUNT) {
      this.problem = { what: 'the counts add up to more than a number holds', line }
    } else {
      this.rows.push(row)
      this.walks += row.count
    }
  }

  /** The row, or what is wrong with the line. */
  private parsed(text: string): PlacedWalks | string {
    const [vector, count, ...more] = text.trimEnd().split('\t')
    if (count === undefined || more.length > 0) return 'a line is not a vector, a tab and a count'
    if (!COUNT.test(count)) return `a count is no whole number: ${quoted(count)}`
    const places = placesOf(vector)
    return typeof places === 'string' ? places : { places, count: Number(count) }
  }
}

function placesOf(vector: string): PlaceToken[] | string {
  const tokens = vector.replace(/,$/, '').split(',')
  const range = tokens.pop() ?? ''
  if (tokens.length !== NATIVE_PLACES && tokens.length !== TWO_DIMENSIONAL_PLACES)
    return `a vector has ${tokens.length + 1} tokens instead of ${NATIVE_PLACES + 1} or ${TWO_DIMENSIONAL_PLACES + 1}`
  if (!RANGE.test(range)) return `a vector ends in ${quoted(range)} instead of RANGE_HIT`
  const unknown = tokens.find((token) => !isPlaceToken(token))
  return unknown === undefined ? tokens.filter(isPlaceToken) : `${quoted(unknown)} is no place of a walk step`
}
