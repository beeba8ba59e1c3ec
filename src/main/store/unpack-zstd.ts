/** zstd by fzstd, a frame at a time, with the checks that it leaves out (zstd-frames.ts). */
import { Decompress } from 'fzstd'
import xxhash, { type XXHash } from 'xxhash-wasm'
import { cutShort, damaged, ZstdFrames, type FramePart } from './zstd-frames'

/** What the decoder makes of one frame. */
class Frame {
  private output: Uint8Array[] = []
  private readonly decoder = new Decompress((data) => {
    if (data.length === 0) return
    this.hash.update(data)
    this.output.push(data)
  })

  constructor(private readonly hash: XXHash<bigint>) {}

  /** What the bytes unpack to. The decoder writes into a window of its own, so a part is good until the next. */
  take(bytes: Uint8Array, isLast: boolean): Uint8Array[] {
    this.output = []
    this.decoder.push(bytes, isLast)
    return this.output
  }

  /** The low half of the hash is what a frame's checksum holds. */
  get checksum(): number {
    return Number(this.hash.digest() & 0xffffffffn)
  }
}

/** The chunks of a zstd archive, unpacked. @throws UserError for one that is cut short, damaged, or needs too much */
export async function* unpackZstd(
  packed: AsyncIterable<Uint8Array>,
  name: string
): AsyncGenerator<Uint8Array> {
  const hashes = await xxhash()
  const frames = new ZstdFrames(name)
  let frame: Frame | null = null
  const unpack = (part: FramePart): Uint8Array[] => {
    if (part.kind === 'data') {
      if (part.begins) frame = new Frame(hashes.create64())
      return frame?.take(part.bytes, false) ?? []
    }
    const last = frame
    frame = null
    if (!last) throw damaged(name)
    const output = last.take(new Uint8Array(0), true)
    if (part.checksum !== null && last.checksum !== part.checksum) throw damaged(name)
    return output
  }
  try {
    for await (const chunk of packed) for (const part of frames.take(chunk)) yield* unpack(part)
    for (const part of frames.finish()) yield* unpack(part)
  } catch (error) {
    throw isDecoderError(error) ? (error.code === UNEXPECTED_END ? cutShort(name) : damaged(name)) : error
  }
}

const UNEXPECTED_END = 5

/** fzstd numbers its errors; a damaged table may also make it read or write where nothing is. */
function isDecoderError(error: unknown): error is Error & { code?: unknown } {
  if (error instanceof RangeError || error instanceof TypeError) return true
  return error instanceof Error && 'code' in error && typeof error.code === 'number'
}
