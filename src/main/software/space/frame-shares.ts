/**
 * How many mappings share each frame of a layer, as far as it is more than one: chunks of 512 counts, kept while one
 * of them is needed. A count of 0 in a chunk means one mapping or none.
 */
const CHUNK = 512

interface Chunk {
  readonly counts: Uint16Array
  /** Counts above 0. */
  used: number
}

export class FrameShares {
  private readonly chunks = new Map<number, Chunk>()

  /** Some frame is shared. */
  get any(): boolean {
    return this.chunks.size > 0
  }

  /** Mappings of a frame that is mapped: 1 or more. */
  count(frame: number): number {
    return 1 + (this.chunks.get(Math.floor(frame / CHUNK))?.counts[frame % CHUNK] ?? 0)
  }

  isShared(frame: number): boolean {
    return this.chunks.size > 0 && this.count(frame) > 1
  }

  /** One of these frames is shared. */
  anyShared(base: number, count: number): boolean {
    if (!this.any) return false
    for (let f = base; f < base + count; f++) if (this.isShared(f)) return true
    return false
  }

  /** One mapping more. */
  share(frame: number): void {
    const key = Math.floor(frame / CHUNK)
    let chunk = this.chunks.get(key)
    if (chunk === undefined) {
      chunk = { counts: new Uint16Array(CHUNK), used: 0 }
      this.chunks.set(key, chunk)
    }
    if (chunk.counts[frame % CHUNK]++ === 0) chunk.used++
  }

  /** One mapping less of a frame; false when it was the only one, and nothing changes. */
  drop(frame: number): boolean {
    const key = Math.floor(frame / CHUNK)
    const chunk = this.chunks.get(key)
    if (chunk === undefined || chunk.counts[frame % CHUNK] === 0) return false
    if (--chunk.counts[frame % CHUNK] === 0 && --chunk.used === 0) this.chunks.delete(key)
    return true
  }
}
