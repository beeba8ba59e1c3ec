/** Free frames as a plain set: what any frame allocator must agree with. */
export class NaiveFrames {
  readonly free: Set<number>

  constructor(readonly frames: number) {
    this.free = new Set(Array.from({ length: frames }, (_, n) => n))
  }

  isRunFree(base: number, count: number): boolean {
    return Array.from({ length: count }, (_, n) => base + n).every((frame) => this.free.has(frame))
  }

  /** Lowest base of `count` free frames that is a multiple of `alignment`, or -1. */
  lowestRun(count: number, alignment: number): number {
    for (let base = 0; base + count <= this.frames; base += alignment)
      if (this.isRunFree(base, count)) return base
    return -1
  }

  take(base: number, count: number): void {
    for (let frame = base; frame < base + count; frame++) {
      if (!this.free.delete(frame)) throw new Error(`frame ${frame} was handed out twice`)
    }
  }

  give(base: number, count: number): void {
    for (let frame = base; frame < base + count; frame++) this.free.add(frame)
  }

  longestRun(): number {
    let longest = 0
    let length = 0
    for (let frame = 0; frame <= this.frames; frame++) {
      length = this.free.has(frame) ? length + 1 : 0
      longest = Math.max(longest, length)
    }
    return longest
  }

  /** Free blocks when all free buddies are merged, lowest address first. */
  *blockList(): Generator<{ base: number; order: number }> {
    for (let base = 0; base < this.frames;) {
      let order = 10
      while (order > 0 && (base % 2 ** order !== 0 || !this.isRunFree(base, 2 ** order))) order--
      if (this.free.has(base)) yield { base, order }
      base += 2 ** order
    }
  }

  /** How many there are of each order, of those that begin at frames of one kind. */
  blocks(isOfKind: (base: number) => boolean = () => true): number[] {
    const counts = new Array<number>(11).fill(0)
    for (const { base, order } of this.blockList()) if (isOfKind(base)) counts[order]++
    return counts
  }

  /** The windows a range of `count` frames may take: they begin at multiples of it, rounded up to the alignment. */
  windows(count: number, alignment: number): number[] {
    const step = Math.ceil(count / alignment) * alignment
    return Array.from({ length: Math.floor(this.frames / step) + 1 }, (_, i) => i * step).filter(
      (base) => base + count <= this.frames
    )
  }

  /** Free frames outside the blocks of 1024 frames that a window reaches into. */
  freeOutside(base: number, count: number): number {
    const start = Math.floor(base / 1024) * 1024
    const end = Math.ceil((base + count) / 1024) * 1024
    return [...this.free].filter((frame) => frame < start || frame >= end).length
  }
}
