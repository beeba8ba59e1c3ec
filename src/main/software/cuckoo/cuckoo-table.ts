/**
 * An elastic cuckoo table in the frames of a layer: a few ways, each with a hash function of its own, and a line is in
 * one of its places, one in each way. An insertion that finds all of them taken pushes another line to another of its
 * own. A table that fills up grows while it is used: larger ways stand beside the old, every insertion moves some
 * lines, and where a line is to be sought follows from how far that has come (hardware/registers/cuckoo-ways.ts).
 *
 * Nothing here allocates but `grow`; a line that finds no place is the owner's to remember, in `homeless`.
 */
import { ENTRIES_PER_LINE, LINES_PER_FRAME, pageFrom } from '@shared/address/address'
import { mix32 } from '@shared/random/mix32'
import type { Layer } from '../layer'
import { CuckooWays, type WayPlace } from '../../hardware/registers/cuckoo-ways'
import { Line, Lines, type LineAt } from './line'
import { giveBackWays, takeWays } from './way-frames'

export interface CuckooPolicy {
  readonly ways: number
  /** Of each way at first; fewer where no such run of frames is free. */
  readonly initialLines: number
  /** Share in use from which on it grows. */
  readonly threshold: number
  readonly scale: number
  /** Lines looked at for each insertion while it grows. */
  readonly moveLines: number
}

/** Pushes until an insertion gives up. Assumed. */
const MOST_KICKS = 32
/** The least way: one frame. */
const LEAST_LINES = LINES_PER_FRAME
/** Growth that found no frames is tried again after so many insertions, then twice as many, ... */
const FIRST_DEFERRAL = 64
const LONGEST_DEFERRAL = 65_536

const wholeFrames = (lines: number): number => Math.floor(lines / LINES_PER_FRAME) * LINES_PER_FRAME

export class CuckooTable {
  readonly ways: CuckooWays
  readonly lines: Lines
  /** Lines in it. */
  used = 0
  /** Numbers of the clusters whose lines found no place. */
  readonly homeless = new Set<number>()
  /** The line of this cluster lies elsewhere than before, or nowhere. */
  onPlaced: (cluster: number) => void = () => {}
  private wantsRoom = false
  /** The last insertion found no place and nothing has made one since: it is no use to push others around. */
  private isFull = false
  private deferral = FIRST_DEFERRAL
  private deferredFor = 0
  private draws = 0
  private nextWay = 0
  private readonly moving = new Line()
  private readonly pushed = new Line()

  constructor(
    private readonly layer: Layer,
    private readonly policy: CuckooPolicy,
    seed: number
  ) {
    this.ways = new CuckooWays(policy.ways, seed)
    this.lines = new Lines(layer.entries)
  }

  get isGrowing(): boolean {
    return this.ways.next !== null
  }

  /** Lines that it can hold, in the larger ways where there are any. */
  get capacity(): number {
    const { now, next } = this.ways
    return (next ?? now).reduce((sum, { lines }) => sum + lines, 0)
  }

  /** The way that holds the line of the cluster, or -1; `ways` says where. */
  find(high: number, low: number): number {
    const { ways, lines } = this
    if (ways.isEmpty) return -1
    for (let way = 0; way < ways.count; way++) {
      ways.locate(way, high, low)
      if (lines.isOf(ways, high, low)) return way
    }
    return -1
  }

  /** Puts in a line that is not there yet; what finds no place is homeless. */
  insert(line: Line): void {
    if (this.isGrowing) this.move(this.policy.moveLines)
    if (this.deferredFor > 0) this.deferredFor--
    this.used++
    if (!this.settle(line, -1) && !this.settleLate(line)) this.giveUp(line)
    if (this.used > this.policy.threshold * this.capacity) this.wantsRoom = true
  }

  /** Takes out the line found last. */
  remove(at: LineAt): void {
    this.lines.clear(at)
    this.used--
    this.isFull = false
  }

  /** Lines have no place, and may try again. */
  get mayReadmit(): boolean {
    return this.homeless.size > 0 && !this.isFull
  }

  /** It is too full, and now is the time to do something about it. */
  get needsRoom(): boolean {
    return this.wantsRoom && this.deferredFor === 0
  }

  /**
   * Begins to grow, by less than the scale where no such runs of frames are free; a move under way is finished first.
   * Returns the lines of a way that it will have, or 0 when there is no room for more.
   */
  grow(): number {
    if (this.isGrowing) this.move(Infinity)
    const { ways, policy } = this
    const { lines } = ways.now[0]
    const places = ways.isEmpty ? this.firstWays() : this.largerWays(lines)
    this.wantsRoom = places === null
    if (places === null) return this.defer()
    this.deferral = FIRST_DEFERRAL
    this.isFull = false
    if (ways.isEmpty) ways.now = places
    else ways.next = places
    ways.moved.fill(0)
    this.wantsRoom = this.used + this.homeless.size > policy.threshold * this.capacity
    return places[0].lines
  }

  private defer(): number {
    this.deferredFor = this.deferral
    this.deferral = Math.min(2 * this.deferral, LONGEST_DEFERRAL)
    return 0
  }

  private firstWays(): WayPlace[] | null {
    const { ways, initialLines } = this.policy
    for (let lines = wholeFrames(initialLines); lines >= LEAST_LINES; lines = wholeFrames(lines / 2)) {
      const places = takeWays(this.layer, ways, lines)
      if (places) return places
    }
    return null
  }

  private largerWays(lines: number): WayPlace[] | null {
    const { ways, scale } = this.policy
    const places = takeWays(this.layer, ways, lines * scale)
    return places ?? (scale > 2 ? takeWays(this.layer, ways, lines * 2) : null)
  }

  release(): void {
    const { ways } = this
    giveBackWays(this.layer, ways.now)
    giveBackWays(this.layer, ways.next ?? [])
    ways.now = ways.now.map(() => ({ base: 0, lines: 0 }))
    ways.next = null
    this.used = 0
    this.isFull = false
    this.homeless.clear()
  }

  /** All ways there are, the larger ones too. */
  places(): WayPlace[] {
    return [...this.ways.now, ...(this.ways.next ?? [])].filter(({ lines }) => lines > 0)
  }

  /** Every line in it, read into the one that is handed on. Looking only. */
  each(visit: (line: Line, way: number) => void): void {
    const line = new Line()
    const { ways, lines } = this
    const over = (places: readonly WayPlace[]): void =>
      places.forEach((place, way) => {
        for (let n = 0; n < place.lines; n++) {
          const at = lineAt(place, n)
          // Most frames of a table that is not full are blank: all their lines are passed over at once.
          if (at.index === 0 && lines.isBlank(at.frame)) n += LINES_PER_FRAME - 1
          else if (!lines.isEmpty(at)) {
            lines.take(at, line)
            visit(line, way)
          }
        }
      })
    over(ways.now)
    over(ways.next ?? [])
  }

  /** Places of old ways to empty; the last one ends the growth. */
  private move(count: number): void {
    const { ways } = this
    for (let n = 0; n < count && ways.next !== null; n++) {
      const way = this.wayToMove()
      if (way < 0) this.finish()
      else this.moveLine(way)
    }
  }

  /** They take turns, so that all keep in step. */
  private wayToMove(): number {
    const { ways } = this
    for (let tries = 0; tries < ways.count; tries++) {
      const way = this.nextWay
      this.nextWay = (way + 1) % ways.count
      if (ways.moved[way] < ways.now[way].lines) return way
    }
    return -1
  }

  private moveLine(way: number): void {
    const { ways, lines, moving } = this
    const at = lineAt(ways.now[way], ways.moved[way])
    ways.moved[way]++
    if (lines.isEmpty(at)) return
    lines.take(at, moving)
    lines.clear(at)
    this.book('hashMoves')
    if (!this.settle(moving, way)) this.giveUp(moving)
  }

  private finish(): void {
    const { ways } = this
    giveBackWays(this.layer, ways.now)
    ways.now = ways.next as readonly WayPlace[]
    ways.next = null
    ways.moved.fill(0)
  }

  /** While the table grows, most places are still those of the old ways: with all moved there is room. */
  private settleLate(line: Line): boolean {
    if (!this.isGrowing) return false
    this.move(Infinity)
    return this.settle(line, -1)
  }

  /** Finds a place, in `first` if it can be. False: `line` is now one that has none. */
  private settle(line: Line, first: number): boolean {
    if (this.ways.isEmpty) return false
    let from = -1
    for (let kicks = 0; ; kicks++) {
      const free = this.freeWay(line, kicks === 0 ? first : -1)
      if (free >= 0) {
        this.place(line, free)
        return true
      }
      if (kicks === MOST_KICKS || this.isFull) return false
      from = this.drawWay(from)
      this.push(line, from)
    }
  }

  private freeWay({ high, low }: Line, first: number): number {
    const { ways, lines } = this
    const start = first >= 0 ? first : this.draw() % ways.count
    for (let i = 0; i < ways.count; i++) {
      const way = (start + i) % ways.count
      ways.locate(way, high, low)
      if (lines.isEmpty(ways)) return way
    }
    return -1
  }

  private place(line: Line, way: number): void {
    const { ways, lines } = this
    ways.locate(way, line.high, line.low)
    lines.put(ways, line)
    this.onPlaced(pageFrom(line.high, line.low))
  }

  /** The line takes the place of another in this way, and becomes that one. */
  private push(line: Line, way: number): void {
    const { ways, lines, pushed } = this
    ways.locate(way, line.high, line.low)
    lines.take(ways, pushed)
    lines.put(ways, line)
    this.onPlaced(pageFrom(line.high, line.low))
    line.begin(pushed.high, pushed.low)
    line.lows.set(pushed.lows)
    line.highs.set(pushed.highs)
    this.book('hashKicks')
  }

  private giveUp({ high, low }: Line): void {
    const cluster = pageFrom(high, low)
    this.used--
    this.wantsRoom = true
    this.isFull = true
    this.homeless.add(cluster)
    this.onPlaced(cluster)
  }

  /** Any way but the one that the line was pushed out of. */
  private drawWay(from: number): number {
    const { count } = this.ways
    if (from < 0) return this.draw() % count
    return (from + 1 + (this.draw() % (count - 1))) % count
  }

  private draw(): number {
    return mix32(++this.draws)
  }

  private book(what: 'hashKicks' | 'hashMoves'): void {
    const { ledger, costs } = this.layer
    ledger.count(what)
    ledger.charge(costs.hashMove)
  }
}

const lineAt = ({ base }: WayPlace, n: number): LineAt => ({
  frame: base + Math.floor(n / LINES_PER_FRAME),
  index: (n % LINES_PER_FRAME) * ENTRIES_PER_LINE
})
