/**
 * Accesses that are not simply asked for line by line, as each page of theirs is translated: those that count once
 * however many lines they have (`cache.straddle`), and read-modify-writes that ask once (`cache.modify`). Both are what
 * Cachegrind does (cg_sim.c, cg_main.c), so that its numbers and the lab's can be compared.
 */
import { FETCH, LOAD, STORE } from '@shared/model/access'
import type { CacheParameters, Caches } from '../hardware/cache/caches'
import { T_DATA, T_FETCHED } from './lane-tally'

const LINE_BYTES = 64
/** The widest access of a batch, 255 bytes, at any byte. */
const MOST_LINES = 5

export class AccessLines {
  private readonly once: boolean
  private readonly modifyOnce: boolean
  private readonly frames = new Float64Array(MOST_LINES)
  private readonly lines = new Int32Array(MOST_LINES)
  private count = 0
  /** Of an access that counts once, bytes that are still to be asked for. */
  private bytesLeft = LINE_BYTES
  /** The access before: a read-modify-write is a load and then, with nothing between, a store to the same bytes. */
  private lastKind = FETCH as number
  private lastHigh = 0
  private lastLow = 0
  private lastPlace = 0

  constructor({ straddle, modify }: CacheParameters) {
    this.once = straddle === 'once'
    this.modifyOnce = modify === 'once'
  }

  /** A part of the access, in one page that has been translated. */
  add(frame: number, offset: number, size: number): void {
    // Wider ones are rare (register files saved at once), and Cachegrind cuts them to a line.
    const bytes = this.once ? Math.min(size, this.bytesLeft) : size
    this.bytesLeft -= bytes
    const last = (offset + bytes - 1) >>> 6
    for (let n = offset >>> 6; bytes > 0 && n <= last; n++) {
      this.frames[this.count] = frame + (n >>> 6)
      this.lines[this.count++] = n & 63
    }
  }

  /** Forgets the parts of an access that came to no end. */
  drop(): void {
    this.count = 0
    this.bytesLeft = LINE_BYTES
  }

  /** The access is whole: asks the caches, and counts where it was answered. `place` is its offset and size in one. */
  end(caches: Caches, tally: Int32Array, kind: number, high: number, low: number, place: number): void {
    if (!this.isModify(kind, high, low, place)) this.ask(caches, tally, kind === FETCH)
    this.lastKind = kind
    this.lastHigh = high
    this.lastLow = low
    this.lastPlace = place
    this.drop()
  }

  private isModify(kind: number, high: number, low: number, place: number): boolean {
    if (!this.modifyOnce || kind !== STORE || this.lastKind !== LOAD) return false
    return this.lastLow === low && this.lastHigh === high && this.lastPlace === place
  }

  private ask(caches: Caches, tally: Int32Array, isFetch: boolean): void {
    const { frames, lines, count } = this
    const at = isFetch ? T_FETCHED : T_DATA
    if (this.once && count === 2) {
      tally[at + caches.both(isFetch, frames[0], lines[0], frames[1], lines[1])]++
      return
    }
    for (let i = 0; i < count; i++) {
      const isPart = count > 1
      const code = isFetch
        ? caches.fetch(frames[i], lines[i], isPart)
        : caches.data(frames[i], lines[i], isPart)
      tally[at + code]++
    }
  }
}

/** Null where the hardware asks for each line of each access. */
export const accessLines = (cache: CacheParameters): AccessLines | null =>
  cache.straddle === 'once' || cache.modify === 'once' ? new AccessLines(cache) : null
