/**
 * What a space maps, kept apart from its page tables: the witness that `--verify` holds every translation
 * against. Exact for every page; frames in chunks of one leaf table's reach.
 */
const CHUNK = 512

export class OracleMap {
  private readonly chunks = new Map<number, Int32Array>()

  set(page: number, frame: number, pages: number): void {
    for (let i = 0; i < pages;) {
      const chunk = this.chunkOf(page + i)
      for (let at = (page + i) % CHUNK; at < CHUNK && i < pages; at++, i++) chunk[at] = frame + i
    }
  }

  /** These pages are mapped no more. */
  delete(page: number, pages: number): void {
    for (let i = 0; i < pages; i++) {
      const chunk = this.chunks.get(Math.floor((page + i) / CHUNK))
      if (chunk) chunk[(page + i) % CHUNK] = -1
    }
  }

  /** Frame of the page, or -1. */
  get(page: number): number {
    const chunk = this.chunks.get(Math.floor(page / CHUNK))
    return chunk === undefined ? -1 : chunk[page % CHUNK]
  }

  private chunkOf(page: number): Int32Array {
    const key = Math.floor(page / CHUNK)
    let chunk = this.chunks.get(key)
    if (chunk === undefined) {
      chunk = new Int32Array(CHUNK).fill(-1)
      this.chunks.set(key, chunk)
    }
    return chunk
  }
}
