import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

const CHUNK_BYTES = 256 * 1024

/** The chunks of a gzip archive of any number of members, unpacked. Errors are zlib's (file-error.ts). */
export async function* unpackGzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  // Its errors reach the loop below, because the pipeline destroys gunzip with them.
  pipeline(packed, gunzip, () => {})
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
  } finally {
    gunzip.destroy()
  }
}
