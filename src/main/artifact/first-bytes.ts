import type { FileStream } from '../lab/ports'

/** Up to `most` bytes from the beginning of a file, which is read from there again afterwards. */
export async function firstBytes(stream: FileStream, most: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(most)
  let length = 0
  for await (const chunk of stream.chunks()) {
    const part = chunk.subarray(0, most - length)
    bytes.set(part, length)
    length += part.length
    if (length === most) break
  }
  return bytes.subarray(0, length)
}
