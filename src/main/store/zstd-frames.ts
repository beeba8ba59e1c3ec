/**
 * The frames of a zstd archive (RFC 8878) in pieces as they come: what the decoder does not look at itself. It
 * allocates whatever window a header asks for, does not check checksums, and knows no frame's end but its own.
 */
import { joinedBytes } from '@shared/bytes/joined-bytes'
import { UserError } from '@shared/model/user-error'

const MAGIC = 0xfd2fb528
const SKIPPABLE_MAGIC = 0x184d2a50
const SKIPPABLE_MASK = 0xfffffff0
const LONGEST_HEADER = 18
const RLE_BLOCK = 1
const RESERVED_BLOCK = 3
const CHECKSUM_BYTES = 4
/** What zstd itself takes without being told to (zstd -d, up to --long=27). */
const MOST_WINDOW = 128 * 2 ** 20

export type FramePart =
  /** Bytes for the decoder; `begins` with the first of a frame. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array; readonly begins: boolean }
  /** A frame has ended; its checksum is null when it has none. */
  | { readonly kind: 'end'; readonly checksum: number | null }

interface FrameHeader {
  readonly bytes: number
  readonly hasChecksum: boolean
  readonly window: number
}

export const damaged = (name: string): UserError =>
  new UserError('the zstd archive is damaged', name, 'copy it again')
export const cutShort = (name: string): UserError =>
  new UserError('the zstd archive is cut short', name, 'copy it again')

/** Holds what of a header has not come yet; all else is passed on at once. */
export class ZstdFrames {
  private held = new Uint8Array(0)
  private state: 'frame' | 'block' | 'content' | 'checksum' | 'skip' = 'frame'
  private hasChecksum = false
  private isLast = false
  /** Bytes of the block's content, or of the frame to be skipped, that have not come. */
  private due = 0
  private isFirst = false

  constructor(private readonly name: string) {}

  /** @throws UserError for a damaged archive, or one whose window is too large */
  *take(chunk: Uint8Array): Generator<FramePart> {
    let bytes = this.held.length > 0 ? joinedBytes(this.held, chunk) : chunk
    this.held = new Uint8Array(0)
    while (bytes.length > 0) {
      const used = yield* this.step(bytes, false)
      if (used === 0) break
      bytes = bytes.subarray(used)
    }
    this.held = bytes.slice()
  }

  /** @throws UserError when the archive ends inside a frame */
  *finish(): Generator<FramePart> {
    let bytes: Uint8Array = this.held
    while (bytes.length > 0) {
      const used = yield* this.step(bytes, true)
      if (used === 0) throw cutShort(this.name)
      bytes = bytes.subarray(used)
    }
    if (this.state !== 'frame') throw cutShort(this.name)
  }

  /** Bytes used; 0 when more must come first. */
  private *step(bytes: Uint8Array, isAll: boolean): Generator<FramePart, number> {
    if (this.state === 'frame') return yield* this.frame(bytes, isAll)
    if (this.state === 'block') return yield* this.block(bytes)
    if (this.state === 'checksum') return yield* this.checksum(bytes)
    const used = Math.min(this.due, bytes.length)
    if (this.state === 'content') yield this.data(bytes.subarray(0, used))
    this.due -= used
    if (this.due === 0) yield* this.contentEnded()
    return used
  }

  private *frame(bytes: Uint8Array, isAll: boolean): Generator<FramePart, number> {
    // The header's own length lies within its first bytes; a whole frame may be shorter than the longest header.
    if (bytes.length < 8 || (bytes.length < LONGEST_HEADER && !isAll)) return 0
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    if ((view.getUint32(0, true) & SKIPPABLE_MASK) >>> 0 === SKIPPABLE_MAGIC) return this.skippable(view)
    const header = headerOf(view, this.name)
    if (header.bytes > bytes.length) return 0
    if (header.window > MOST_WINDOW) throw windowTooLarge(this.name)
    this.hasChecksum = header.hasChecksum
    this.isFirst = true
    this.state = 'block'
    yield this.data(bytes.subarray(0, header.bytes))
    return header.bytes
  }

  private skippable(view: DataView): number {
    this.due = view.getUint32(4, true)
    this.state = this.due > 0 ? 'skip' : 'frame'
    return 8
  }

  private *block(bytes: Uint8Array): Generator<FramePart, number> {
    if (bytes.length < 3) return 0
    const header = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16)
    const type = (header >>> 1) & 3
    if (type === RESERVED_BLOCK) throw damaged(this.name)
    this.isLast = (header & 1) === 1
    this.due = type === RLE_BLOCK ? 1 : header >>> 3
    this.state = 'content'
    yield this.data(bytes.subarray(0, 3))
    if (this.due === 0) yield* this.contentEnded()
    return 3
  }

  private *checksum(bytes: Uint8Array): Generator<FramePart, number> {
    if (bytes.length < CHECKSUM_BYTES) return 0
    const view = new DataView(bytes.buffer, bytes.byteOffset, CHECKSUM_BYTES)
    // The decoder wants to see it too.
    yield this.data(bytes.subarray(0, CHECKSUM_BYTES))
    this.state = 'frame'
    yield { kind: 'end', checksum: view.getUint32(0, true) }
    return CHECKSUM_BYTES
  }

  private *contentEnded(): Generator<FramePart> {
    if (this.state === 'skip') this.state = 'frame'
    else if (!this.isLast) this.state = 'block'
    else if (this.hasChecksum) this.state = 'checksum'
    else {
      this.state = 'frame'
      yield { kind: 'end', checksum: null }
    }
  }

  private data(bytes: Uint8Array): FramePart {
    const begins = this.isFirst
    this.isFirst = false
    return { kind: 'data', bytes, begins }
  }
}

function headerOf(view: DataView, name: string): FrameHeader {
  if (view.getUint32(0, true) !== MAGIC) throw damaged(name)
  const flags = view.getUint8(4)
  const isSingle = (flags & 0x20) !== 0
  if ((flags & 0x08) !== 0) throw damaged(name)
  if ((flags & 3) !== 0)
    throw new UserError('the zstd archive needs a dictionary', name, 'pack it again without one')
  const contentBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >>> 6]
  const at = isSingle ? 5 : 6
  const bytes = at + contentBytes
  const window = isSingle ? contentSize(view, at, contentBytes) : windowSize(view.getUint8(5))
  return { bytes, hasChecksum: (flags & 4) !== 0, window }
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >>> 3))
  return base + (base / 8) * (descriptor & 7)
}

/** A window as large as the content: 256 is added to what two bytes say. */
function contentSize(view: DataView, at: number, bytes: number): number {
  if (at + bytes > view.byteLength) return 0
  if (bytes === 1) return view.getUint8(at)
  if (bytes === 2) return view.getUint16(at, true) + 256
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))
}

const windowTooLarge = (name: string): UserError =>
  new UserError('the zstd archive needs a window over 128 MiB', name, 'pack it again without --long')
