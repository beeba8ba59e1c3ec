/**
 * Page-walk caches as the simulator published with DMT (xlab-uiuc/dmt) has them, for the walk style `artifact`.
 *
 * One array for each level from 2 to 4. A look-up asks all of them and fills each that misses, before the walk has
 * read anything; the lowest level that hit counts. A tag drops three bits of the table entry's number, so it
 * stands for eight entries: at level 2 for 16 MiB. Entries carry no address: the walker knows the tables.
 */
import { pageFrom, unitHigh, unitLow } from '@shared/address/address'
import type { HardwareParameters } from '@shared/model/hardware-profile'
import { TaggedArray } from '../array/tagged-array'
import type { WalkCacheEntry } from './page-walk-cache'

const LEVELS = [2, 3, 4] as const
/** Of the number of a table entry: eight share a tag. */
const DROPPED_BITS = 3

const shiftAt = (level: number): number => 9 * (level - 1) + DROPPED_BITS

/** The array of one level, and the tag it served last where that is told as a miss. */
class EagerLevel {
  readonly array: TaggedArray
  private readonly shift: number
  private readonly forgetsRepeated: boolean
  private lastHigh = -1
  private lastLow = -1

  constructor(
    readonly level: 2 | 3 | 4,
    pwc: HardwareParameters['pwc'],
    dimension: 'guest' | 'host',
    forgetsRepeated: boolean
  ) {
    this.array = new TaggedArray(pwc[dimension][`level${level}`], pwc.replacement)
    this.shift = shiftAt(level)
    this.forgetsRepeated = forgetsRepeated
  }

  request(pageHigh: number, pageLow: number): boolean {
    const high = unitHigh(pageHigh, this.shift)
    const low = unitLow(pageHigh, pageLow, this.shift)
    if (this.forgetsRepeated && low === this.lastLow && high === this.lastHigh) return false
    this.lastHigh = high
    this.lastLow = low
    if (this.array.lookup(high, low, 0, 0) >= 0) return true
    this.array.fill(high, low, 0, 0, 0)
    return false
  }
}

export class EagerWalkCache {
  private readonly levels: readonly EagerLevel[]

  /** @param dimension whose geometry: the innermost layer has the guest's, those below it the host's */
  constructor(hardware: HardwareParameters, dimension: 'guest' | 'host') {
    const forgets = hardware.cache.repeatedLine === 'memory'
    this.levels = LEVELS.map((level) => new EagerLevel(level, hardware.pwc, dimension, forgets))
  }

  /** Lowest level that hit, or 0. Every level is touched or filled. */
  lookup(high: number, low: number): number {
    let hit = 0
    for (let i = 0; i < this.levels.length; i++) {
      if (this.levels[i].request(high, low) && hit === 0) hit = this.levels[i].level
    }
    return hit
  }

  /** Entries name the first of the pages they stand for; `frame` is always 0. */
  entries(): WalkCacheEntry[] {
    return this.levels.flatMap(({ array, level }) =>
      array.entries().map(({ set, way, high, low, context, frame, age }) => {
        const page = pageFrom(high, low) * 2 ** shiftAt(level)
        return { level, set, way, page, context, frame, writable: true, executable: true, age }
      })
    )
  }
}
