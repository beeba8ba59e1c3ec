/**
 * The laws of frames: none has two owners, none that is free has one, and every one that is not free has one, so that
 * nothing leaks. Pages that processes share count once for each process that maps them.
 */
import { pagesPerEntry } from '@shared/address/address'
import type { Layer } from '../layer'
import type { Violations } from './violations'

const UNKNOWN = 0
const OWNED = 1
const DATA = 2
const FREE = 3

/** Who owns the frames of one layer, as far as they have been named. */
export class Owners {
  private readonly marks: Uint8Array
  /** Mappings of data frames beyond the first. */
  private readonly extra = new Map<number, number>()

  constructor(
    private readonly layer: Layer,
    private readonly found: Violations
  ) {
    const marks = new Uint8Array(layer.frames.frames)
    layer.frames.forEachFree((base, count) => marks.fill(FREE, base, base + count))
    this.marks = marks
  }

  /** Frames that one structure holds alone. Those beyond the layer's memory are windows, which a layer below owns. */
  own(base: number, count: number, what: string): void {
    for (let f = base; f < base + count && f < this.marks.length; f++) {
      if (this.marks[f] === FREE) this.addFree(f)
      else if (this.marks[f] !== UNKNOWN)
        this.found.add(this.layer.name, `frame ${f} has two owners, one is ${what}`)
      this.marks[f] = OWNED
    }
  }

  /** A leaf of a process or virtual machine maps these frames. */
  map(base: number, level: number): void {
    for (let f = base; f < base + pagesPerEntry(level) && f < this.marks.length; f++) {
      if (this.marks[f] === FREE) this.addFree(f)
      if (this.marks[f] === OWNED) this.found.add(this.layer.name, `frame ${f} is mapped and has an owner`)
      if (this.marks[f] === DATA) this.extra.set(f, (this.extra.get(f) ?? 0) + 1)
      this.marks[f] = DATA
    }
  }

  /** All owners have spoken: what is in use has one, and what is shared is counted. */
  close(): void {
    const { layer, found, marks } = this
    for (let f = marks.indexOf(UNKNOWN); f >= 0; f = marks.indexOf(UNKNOWN, f + 1))
      found.add(layer.name, `frame ${f} is in use and nobody's`)
    this.checkShares()
  }

  private addFree(frame: number): void {
    this.found.add(this.layer.name, `frame ${frame} is free and in use`)
  }

  private checkShares(): void {
    const { layer, found, marks, extra } = this
    if (!layer.shares.any && extra.size === 0) return
    for (let f = 0; f < marks.length; f++) {
      const mapped = 1 + (extra.get(f) ?? 0)
      const counted = layer.shares.count(f)
      if (mapped !== counted)
        found.add(layer.name, `frame ${f} is mapped ${mapped} times, counted ${counted}`)
    }
  }
}
