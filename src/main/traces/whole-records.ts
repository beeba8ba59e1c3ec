import { joinedBytes } from '@shared/bytes/joined-bytes'

const NOTHING = new Uint8Array(0)

/**
 * Whole records of one length out of chunks cut anywhere: after `push`, view[position..end) holds whole ones. The
 * reader moves `position`. Holds one chunk and a part of a record.
 */
export class WholeRecords {
  view: DataView = new DataView(NOTHING.buffer)
  position = 0
  end = 0
  private left: Uint8Array = NOTHING

  constructor(
    private readonly recordBytes: number,
    /** Bytes in front of the first record that are none. */
    private skip = 0
  ) {}

  /** Bytes of a record that is not whole yet. */
  get leftBytes(): number {
    return this.left.length
  }

  /** Takes the next chunk, when position has reached end. */
  push(chunk: Uint8Array): void {
    const fresh = chunk.subarray(Math.min(this.skip, chunk.length))
    this.skip -= chunk.length - fresh.length
    const bytes = this.left.length === 0 ? fresh : joinedBytes(this.left, fresh)
    this.position = 0
    this.end = bytes.length - (bytes.length % this.recordBytes)
    this.view = new DataView(bytes.buffer, bytes.byteOffset, this.end)
    this.left = bytes.slice(this.end)
  }
}
