/**
 * The bytes of a buffer as they were. A machine reserves far more memory than it touches, so chunks of zeros are not
 * kept, and a chunk that is zero already is not written: untouched memory stays untouched.
 */

const CHUNK_BYTES = 65_536

const isZero = (bytes: Uint8Array): boolean => {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2)
  let any = 0
  for (let i = 0; i < words.length; i++) any |= words[i]
  for (let i = words.length << 2; i < bytes.length; i++) any |= bytes[i]
  return any === 0
}

export class SavedBytes {
  /** One for each chunk of the buffer; null: all zeros. */
  private readonly chunks: (Uint8Array | null)[] = []
  /** Of the chunks kept. */
  readonly bytes: number

  constructor(private readonly buffer: ArrayBuffer) {
    let bytes = 0
    for (const chunk of this.parts()) {
      const kept = isZero(chunk) ? null : chunk.slice()
      bytes += kept?.length ?? 0
      this.chunks.push(kept)
    }
    this.bytes = bytes
  }

  restore(): void {
    let n = 0
    for (const chunk of this.parts()) {
      const kept = this.chunks[n++]
      if (kept !== null) chunk.set(kept)
      else if (!isZero(chunk)) chunk.fill(0)
    }
  }

  private *parts(): Generator<Uint8Array> {
    const { buffer } = this
    for (let at = 0; at < buffer.byteLength; at += CHUNK_BYTES)
      yield new Uint8Array(buffer, at, Math.min(CHUNK_BYTES, buffer.byteLength - at))
  }
}
