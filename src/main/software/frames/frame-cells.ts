/**
 * How many frames of each part of a physical space hold data, kept as they come and go: so that a map of a large
 * memory can be drawn without reading who owns each frame. Parts are of equal size, a power of two, at most MOST_CELLS.
 */
const MOST_CELLS = 2048

export class FrameCells {
  readonly counts: Uint32Array
  readonly framesPerCell: number
  private readonly shift: number

  constructor(frames: number) {
    this.shift = Math.max(0, Math.ceil(Math.log2(frames / MOST_CELLS)))
    this.framesPerCell = 2 ** this.shift
    this.counts = new Uint32Array(Math.ceil(frames / this.framesPerCell))
  }

  /** `by` of each frame from base on: 1 where they hold data from now on, -1 where they do no longer. */
  add(base: number, count: number, by: 1 | -1): void {
    if (count === 1) {
      this.counts[base >>> this.shift] += by
      return
    }
    for (let f = base; f < base + count;) {
      const cell = f >>> this.shift
      const end = Math.min(base + count, (cell + 1) * this.framesPerCell)
      this.counts[cell] += by * (end - f)
      f = end
    }
  }
}
